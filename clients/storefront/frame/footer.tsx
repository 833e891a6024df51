import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { inLanguagePath } from '../../shared/language.ts';
import { address } from '../places.ts';
import { useShop } from '../shop.tsx';

export function Footer(): ReactNode {
  const { t } = useTranslation();
  const { language } = useShop();
  const { pathname, search } = useLocation();
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <footer className="footer">
      <div className="footer-in">
        <p className="soft small">{t('nav.promise')}</p>
        <nav className="footer-links" aria-label={t('nav.footerShop')}>
          <Link to={address.products}>{t('nav.all')}</Link>
          <Link to={address.account('orders')}>{t('nav.orders')}</Link>
          <a href="/graphql">{t('nav.sandbox')}</a>
          <a href="/admin/">{t('nav.admin')}</a>
          <a href={inLanguagePath(other, pathname) + search} hrefLang={other} lang={other}>{t('nav.language')}</a>
        </nav>
      </div>
    </footer>
  );
}
