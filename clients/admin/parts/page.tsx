/** What every page begins with: its title, also the tab's, and its actions. */
import { IconChevronLeft } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function usePageTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · GoMall ${t('nav.admin')}`;
  }, [title, t]);
}

interface PageHeadParts {
  title: string;
  /** Beside the title, e.g. a badge. */
  beside?: ReactNode;
  /** One line below. */
  under?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}

export function PageHead({ title, beside, under, back, children }: PageHeadParts): ReactNode {
  usePageTitle(title);
  return (
    <div className="page-head">
      <div>
        {back && <Link className="back" to={back.to}><IconChevronLeft size={15} stroke={2} aria-hidden="true" />{back.label}</Link>}
        <div className="page-title"><h1>{title}</h1>{beside}</div>
        {under && <p className="soft small">{under}</p>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </div>
  );
}
