/** The frame around every page: navigation at the side (a drawer on the phone), tools on top, the page below. */
import { Drawer } from '@mantine/core';
import { IconExternalLink, IconLogout, IconMenu2, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import type { Look } from '../app.tsx';
import { useDesk, useMay, useSignedIn } from '../desk.tsx';
import { PLACES } from '../places.ts';
import { LanguageLink, LookButton } from './door.tsx';
import { Logo } from './logo.tsx';
import { Palette } from './palette.tsx';

export function Shell({ look, children }: { look: Look; children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const { pathname } = useLocation();
  const content = useRef<HTMLElement>(null);
  const first = useRef(true);

  useEffect(() => {
    setMenu(false);
    if (first.current) first.current = false;
    else {
      window.scrollTo(0, 0);
      content.current?.focus({ preventScroll: true });
    }
  }, [pathname]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      const asked = (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) || (event.key === '/' && !typing);
      if (!asked || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      setPalette(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="shell">
      <a className="skip" href="#content">{t('nav.skip')}</a>
      <aside className="side"><Logo /><Navigation /><Person /></aside>
      <header className="top">
        <button type="button" className="tool menu-button" aria-label={t('nav.menu')} aria-expanded={menu} onClick={() => setMenu(true)}><IconMenu2 size={20} stroke={1.7} /></button>
        <button type="button" className="palette-button" onClick={() => setPalette(true)} aria-haspopup="dialog">
          <IconSearch size={16} stroke={1.8} aria-hidden="true" />
          <span>{t('palette.open')}</span>
          <kbd aria-hidden="true">{/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <div className="top-tools"><LanguageLink /><LookButton look={look} /></div>
      </header>
      <main id="content" className="content" tabIndex={-1} ref={content}>{children}</main>
      <Drawer opened={menu} onClose={() => setMenu(false)} size={280} title={<Logo />} closeButtonProps={{ 'aria-label': t('nav.close'), size: 44, iconSize: 20 }} transitionProps={{ duration: 160 }} classNames={{ content: 'drawer-content', body: 'drawer-body', header: 'drawer-head' }}>
        <Navigation />
        <Person />
      </Drawer>
      {palette && <Palette close={() => setPalette(false)} look={look} />}
    </div>
  );
}

function Navigation(): ReactNode {
  const { t } = useTranslation();
  const { language } = useDesk();
  const may = useMay();
  return (
    <nav className="side-nav" aria-label={t('nav.main')}>
      <ul>
        {PLACES.filter(({ scope }) => scope === null || may(scope)).map(({ name, path, icon: Icon }) => (
          <li key={name}>
            <NavLink to={path} end={path === '/'} className="side-link"><Icon size={18} stroke={1.6} aria-hidden="true" />{t(`nav.${name}`)}</NavLink>
          </li>
        ))}
      </ul>
      <a className="side-link quiet" href={language === 'zh' ? '/zh' : '/'}><IconExternalLink size={18} stroke={1.6} aria-hidden="true" />{t('nav.shop')}</a>
    </nav>
  );
}

function Person(): ReactNode {
  const { t } = useTranslation();
  const { session, api } = useDesk();
  const signedIn = useSignedIn();
  if (!signedIn) return null;
  const { displayName, email, roles } = signedIn.user;
  return (
    <div className="person">
      <div className="person-name">
        <strong>{displayName ?? email}</strong>
        <span className="soft tiny">{roles.filter((role) => role !== 'customer').map((role) => t(`roles.${role}`)).join(t('list.comma'))}</span>
      </div>
      <button type="button" className="tool" aria-label={t('nav.signOut')} title={t('nav.signOut')} onClick={() => void session.end().then(() => api.live.reconnect())}>
        <IconLogout size={18} stroke={1.6} />
      </button>
    </div>
  );
}
