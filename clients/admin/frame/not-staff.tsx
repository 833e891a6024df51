/** Signed in, but with an account that does not work here. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Look } from '../app.tsx';
import { useDesk, useSignedIn } from '../desk.tsx';
import { usePageTitle } from '../parts/page.tsx';
import { DoorPage } from './door.tsx';

export function NotStaff({ look }: { look: Look }): ReactNode {
  const { t } = useTranslation();
  const { session, language } = useDesk();
  const signedIn = useSignedIn();
  usePageTitle(t('door.notStaff'));
  return (
    <DoorPage look={look}>
      <h1>{t('door.notStaff')}</h1>
      <p className="soft">{t('door.notStaffText', { email: signedIn?.user.email ?? '' })}</p>
      <div className="stack tight">
        <button type="button" className="button wide" onClick={() => void session.end()}>{t('door.other')}</button>
        <a className="button plain wide" href={language === 'zh' ? '/zh' : '/'}>{t('door.toShop')}</a>
      </div>
    </DoorPage>
  );
}
