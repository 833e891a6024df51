/** The cart beside the page. */
import { Drawer } from '@mantine/core';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '../look/cart.css';
import { IconShoppingBag } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../../shared/states.tsx';
import { preloadPlace } from '../pages.tsx';
import { address } from '../places.ts';
import { CartLines, CartTotals, CartTrouble, useCart } from './lines.tsx';

export default function CartDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { cart, state } = useCart();
  useEffect(() => {
    if (opened) void preloadPlace({ kind: 'checkout' });
  }, [opened]);
  return (
    <Drawer
      opened={opened} onClose={onClose} position="right" size={440} padding="lg" title={t('cart.title')} closeButtonProps={{ 'aria-label': t('nav.close'), size: 44, iconSize: 22 }}
      transitionProps={{ duration: 160 }} classNames={{ header: 'drawer-header', title: 'drawer-title', body: 'drawer-body', content: 'drawer-content' }}
    >
      {cart && cart.lines.length > 0 ? (
        <>
          <div className="drawer-scroll stack">
            <CartTrouble cart={cart} state={state} />
            <CartLines cart={cart} state={state} onLeave={onClose} />
          </div>
          <div className="drawer-foot stack">
            <CartTotals cart={cart} />
            <Link className="button wide" to={address.checkout} onClick={onClose}>{t('cart.checkout')}</Link>
            <Link className="button quiet wide" to={address.cart} onClick={onClose}>{t('cart.view')}</Link>
          </div>
        </>
      ) : (
        <Empty icon={<IconShoppingBag size={44} stroke={1.3} />} title={t('cart.empty')} text={t('cart.emptyHint')}>
          <button type="button" className="button" onClick={onClose}>{t('cart.browse')}</button>
        </Empty>
      )}
    </Drawer>
  );
}
