/** The head of every page: name, search, language, light or dark, account, cart; below it the categories. */
import { IconMoon, IconShoppingBag, IconSun, IconUser } from '@tabler/icons-react';
import { useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import type { Appearance } from '../../shared/appearance.ts';
import { useData } from '../../shared/graphql.ts';
import { inLanguagePath } from '../../shared/language.ts';
import { itemCount } from '../cart/cart.ts';
import { useCartDrawer } from '../cart/drawer-host.tsx';
import { NavigationDocument } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useShop, useSignedIn } from '../shop.tsx';
import { Bell } from './bell.tsx';
import { SearchBox } from './search-box.tsx';

export function Header({ look, switchLook }: { look: Appearance; switchLook: () => void }): ReactNode {
  const { t } = useTranslation();
  const { language } = useShop();
  const { pathname, search, hash } = useLocation();
  const signedIn = useSignedIn();
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <>
      <a className="skip" href="#content" onClick={focusContent}>{t('nav.skip')}</a>
      <header className="header">
        <div className="header-in">
          <Link to="/" className="logo" aria-label={`${t('shop.name')}, ${t('nav.home')}`}><Logo />{t('shop.name')}</Link>
          <SearchBox />
          <div className="header-tools">
            <a className="icon-button text" href={inLanguagePath(other, pathname) + search + hash} hrefLang={other} lang={other} aria-label={`${t('nav.language')}: ${t('nav.languageLabel')}`}>{t('nav.language')}</a>
            <button type="button" className="icon-button" onClick={switchLook} aria-label={t(look === 'dark' ? 'nav.toLight' : 'nav.toDark')}>
              {look === 'dark' ? <IconSun size={22} stroke={1.6} /> : <IconMoon size={22} stroke={1.6} />}
            </button>
            {signedIn && <Bell userId={signedIn.user.id} />}
            <Link className="icon-button" to={signedIn ? address.account('orders') : address.signIn} aria-label={signedIn ? t('nav.account') : t('nav.signIn')}>
              <IconUser size={22} stroke={1.6} />
              {signedIn && <span className="dot" />}
            </Link>
            <CartButton />
          </div>
        </div>
        <Categories />
      </header>
    </>
  );
}

export function Logo(): ReactNode {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <rect x="1" y="6" width="24" height="19" rx="6" fill="var(--accent)" />
      <path d="M8 11V7.5a5 5 0 0 1 10 0V11" fill="none" stroke="var(--ink)" strokeWidth="2" strokeLinecap="round" />
      <path d="M9 16.5c1 2.200 2.500 3 4 3s3-.8 4-3" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

function focusContent(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function CartButton(): ReactNode {
  const { t } = useTranslation();
  const { cart } = useShop();
  const { open } = useCartDrawer();
  const count = useSyncExternalStore(cart.subscribe, () => itemCount(cart.state()), () => 0);
  const onClick = (event: MouseEvent): void => {
    // With a modifier it is a link like any other.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  };
  return (
    <Link to={address.cart} className="icon-button" onClick={onClick} aria-label={t('nav.cartCount', { count })} aria-haspopup="dialog">
      <IconShoppingBag size={22} stroke={1.6} />
      {count > 0 && <span className="count number" data-testid="cart-count">{count > 99 ? '99+' : count}</span>}
    </Link>
  );
}

function Categories(): ReactNode {
  const { t } = useTranslation();
  const { data } = useData(NavigationDocument, {});
  return (
    <nav className="categories-bar" aria-label={t('nav.categories')}>
      <ul>
        <li><NavLink to={address.products} end>{t('nav.all')}</NavLink></li>
        {data?.categories?.map((category) => (
          <li key={category.id}><NavLink to={address.category(category.slug)}>{category.name}</NavLink></li>
        ))}
      </ul>
    </nav>
  );
}
