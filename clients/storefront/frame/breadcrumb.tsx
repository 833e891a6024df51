import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export interface Crumb { name: string; to?: string }

/** The way here; the last is where one is. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <nav className="crumbs" aria-label={t('nav.breadcrumb')}>
      <ol>
        <li><Link to="/">{t('nav.home')}</Link></li>
        {crumbs.map((crumb) => <li key={crumb.name}>{crumb.to ? <Link to={crumb.to}>{crumb.name}</Link> : <span aria-current="page">{crumb.name}</span>}</li>)}
      </ol>
    </nav>
  );
}
