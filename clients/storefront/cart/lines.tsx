/** The lines of the cart, in the drawer and on the page: change, remove with a way back, and what stands in the way. */
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { announce } from '../../shared/announce.tsx';
import { Picture } from '../catalogue/card.tsx';
import { optionValue } from '../catalogue/names.ts';
import { address } from '../places.ts';
import { useFormat, useShop } from '../shop.tsx';
import { shown, troubled, type Cart, type CartLine, type CartState } from './cart.ts';

const MOST_OF_A_LINE = 999;

export function useCart(): { cart: Cart | null; state: CartState } {
  const { cart } = useShop();
  const state = useSyncExternalStore(cart.subscribe, cart.state, cart.state);
  return { cart: shown(state), state };
}

export function CartLines({ cart, state, onLeave }: { cart: Cart; state: CartState; onLeave?: () => void }): ReactNode {
  return (
    <ul className="cart-lines">
      {cart.lines.map((line) => <Line key={line.id} line={line} refusal={state.refusals[String(line.id)]} onLeave={onLeave} />)}
    </ul>
  );
}

function Line({ line, refusal, onLeave }: { line: CartLine; refusal: string | undefined; onLeave: (() => void) | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { cart } = useShop();
  const { variant } = line;
  const name = variant?.product.name ?? variant?.name ?? t('cart.variantGone');
  const id = String(line.id);
  const set = (quantity: number): void => void cart.setQuantity(id, Math.min(quantity, MOST_OF_A_LINE));
  function remove(): void {
    void cart.setQuantity(id, 0);
    announce(t('cart.removed', { name }));
  }
  const problems = [...line.problems.map((problem) => problem.message), ...(refusal ? [refusal] : [])];
  return (
    <li className="cart-line" data-troubled={problems.length > 0 || undefined}>
      <span className="cart-picture"><Picture image={variant?.image ?? null} alt="" size={96} /></span>
      <div className="cart-line-main">
        <div className="cart-line-head">
          <h3 className="cart-line-name">{variant?.product.slug ? <Link to={address.product(variant.product.slug)} onClick={onLeave}>{name}</Link> : name}</h3>
          <span className="number cart-line-total">{format.money(line.lineTotal)}</span>
        </div>
        <p className="soft tiny">{variant?.options.map((option) => optionValue(option.value, t)).join(' · ')}{variant && variant.options.length > 0 && line.quantity > 1 && ' · '}{line.quantity > 1 && <span className="number">{format.money(line.unitPrice)}</span>}</p>
        {problems.map((problem) => <p key={problem} className="note warn" role="status">{problem}</p>)}
        <div className="row between">
          <div className="stepper small-stepper" role="group" aria-label={t('cart.quantityOf', { name })}>
            <button type="button" className="icon-button" aria-label={t('product.less')} onClick={() => (line.quantity > 1 ? set(line.quantity - 1) : remove())}><IconMinus size={16} stroke={1.8} /></button>
            <output className="number">{line.quantity}</output>
            <button type="button" className="icon-button" aria-label={t('product.moreOf')} disabled={line.quantity >= MOST_OF_A_LINE} onClick={() => set(line.quantity + 1)}><IconPlus size={16} stroke={1.8} /></button>
          </div>
          <button type="button" className="icon-button soft" aria-label={t('cart.removeItem', { name })} onClick={remove}><IconTrash size={20} stroke={1.5} /></button>
        </div>
      </div>
    </li>
  );
}

/** Subtotal, discount, shipping; tax comes with the country. */
export function CartTotals({ cart }: { cart: Cart }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const shipping = cart.shippingEstimate;
  return (
    <dl className="totals">
      <div><dt>{t('cart.subtotal')}</dt><dd className="number">{format.money(cart.subtotal)}</dd></div>
      {cart.discount.amountMinor > 0 && <div><dt>{t('cart.discount')}</dt><dd className="number good">−{format.money(cart.discount)}</dd></div>}
      <div><dt>{t('cart.shipping')} <span className="soft tiny">({t('checkout.estimated')})</span></dt><dd className="number">{shipping.amountMinor === 0 ? t('cart.free') : format.money(shipping)}</dd></div>
      <div className="totals-sum"><dt>{t('cart.total')}</dt><dd className="number" data-testid="cart-total">{format.money({ ...cart.total, amountMinor: cart.total.amountMinor + shipping.amountMinor })}</dd></div>
    </dl>
  );
}

/** What stands in the way as a whole, with the button that takes today's prices. */
export function CartTrouble({ cart, state }: { cart: Cart; state: CartState }): ReactNode {
  const { t } = useTranslation();
  const store = useShop().cart;
  const lines = troubled(cart);
  const moved = lines.some((line) => line.problems.some((problem) => problem.code === 'PRICE_MOVED'));
  const refusal = state.refusals[''];
  if (lines.length === 0 && !refusal) return null;
  return (
    <div className="note warn" role="status">
      {lines.length > 0 && <strong>{t('cart.problems', { count: lines.length })}</strong>}
      {refusal && <span>{t('cart.refused', { message: refusal })}</span>}
      {moved && <button type="button" className="link accept-prices" onClick={() => void store.acceptPrices()}>{t('cart.accept')}</button>}
    </div>
  );
}
