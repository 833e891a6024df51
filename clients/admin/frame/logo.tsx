import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function Logo(): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="logo">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="var(--accent)" />
        <path d="M10 12h12l1.2 11.2a1.6 1.6 0 0 1-1.6 1.8H10.4a1.6 1.6 0 0 1-1.6-1.8L10 12Zm2.6 2.6V11a3.4 3.4 0 0 1 6.8 0v3.6" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span>GoMall</span>
      <span className="logo-where">{t('nav.admin')}</span>
    </span>
  );
}
