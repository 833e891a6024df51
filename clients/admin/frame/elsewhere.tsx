/** Addresses without a page, and pages without a permission. */
import { IconLock, IconMapOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../../shared/states.tsx';
import { usePageTitle } from '../parts/page.tsx';

export function NotFound(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('elsewhere.missing'));
  return (
    <Empty icon={<IconMapOff size={40} stroke={1.4} />} title={t('elsewhere.missing')} text={t('elsewhere.missingText')}>
      <Link className="button" to="/">{t('elsewhere.home')}</Link>
    </Empty>
  );
}

export function NotAllowed({ scope }: { scope: string }): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('elsewhere.locked'));
  return (
    <Empty icon={<IconLock size={40} stroke={1.4} />} title={t('elsewhere.locked')} text={t('elsewhere.lockedText', { scope })}>
      <Link className="button" to="/">{t('elsewhere.home')}</Link>
    </Empty>
  );
}
