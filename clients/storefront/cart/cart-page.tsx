/** The cart on a page of its own. */
import { IconShoppingBag } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Bone, Empty, Loading } from '../../shared/states.tsx';
import { Recommended } from '../catalogue/recommended.tsx';
import '../look/cart.css';
import { useTitle } from '../frame/arrival.ts';
import { address } from '../places.ts';
import type { Cart } from './cart.ts';
import { CartLines, CartTotals, CartTrouble, useCart } from './lines.tsx';

export default function CartPage(): ReactNode {
  const { t } = useTranslation();
  const { cart, state } = useCart();
  useTitle(t('cart.title'));
  if (state.loading && !cart) {
    return <div className="page stack"><h1>{t('cart.title')}</h1><Loading><div className="stack"><Bone height={110} radius={12} /><Bone height={110} radius={12} /></div></Loading></div>;
  }
  if (!cart || cart.lines.length === 0) {
    return (
      <div className="page stack">
        <h1>{t('cart.title')}</h1>
        <Empty icon={<IconShoppingBag size={44} stroke={1.3} />} title={t('cart.empty')} text={t('cart.emptyHint')}><Link className="button" to={address.products}>{t('cart.browse')}</Link></Empty>
        <Recommended />
      </div>
    );
  }
  return (
    <div className="page stack">
      <h1>{t('cart.title')}</h1>
      <div className="cart-page">
        <section className="stack" aria-label={t('cart.title')}>
          <CartTrouble cart={cart} state={state} />
          <CartLines cart={cart} state={state} />
          <p className="soft tiny">{t('cart.live')}</p>
        </section>
        <aside className="panel stack cart-sum" aria-label={t('cart.total')}>
          <CartTotals cart={cart} />
          <p className="soft tiny">{t('cart.taxLater')}</p>
          <Link className="button wide" to={address.checkout}>{t('cart.checkout')}</Link>
          <Link className="button quiet wide" to={address.products}>{t('cart.continue')}</Link>
        </aside>
      </div>
      <Recommended basedOn={productsOf(cart)} />
    </div>
  );
}

/** Each once, in one order, so that another quantity asks nothing anew. */
const productsOf = ({ lines }: Cart): string[] => [...new Set(lines.flatMap(({ variant }) => (variant ? [String(variant.product.id)] : [])))].sort();
