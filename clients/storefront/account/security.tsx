import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldProblem } from '../../shared/problem.ts';
import { ChangePasswordDocument } from '../gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';
import { PasswordField } from './sign.tsx';

/** A new password; all other devices are signed out. */
export function Security(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  async function change(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setDone(false);
    if (!currentPassword || newPassword.length < 8) return;
    await run(async () => {
      const { changePassword } = await api.send(ChangePasswordDocument, { input: { currentPassword, newPassword } });
      if (changePassword?.__typename !== 'User') return say(changePassword?.message ?? t('state.errorText'));
      setDone(true);
      setTried(false);
      setCurrent('');
      setNew('');
    });
  }
  return (
    <form className="panel stack" noValidate onSubmit={(event) => void change(event)}>
      <h2>{t('account.changePassword')}</h2>
      {said && <p className="note bad" role="alert">{said}</p>}
      {done && <p className="note good" role="status">{t('account.passwordChanged')}</p>}
      <PasswordField label={t('account.currentPassword')} value={currentPassword} onChange={setCurrent} autoComplete="current-password" problem={(tried && !currentPassword && t('account.passwordMissing')) || fieldProblem(problem, 'currentPassword')} />
      <PasswordField label={t('account.newPassword')} value={newPassword} onChange={setNew} autoComplete="new-password" hint={t('account.passwordHint')} problem={(tried && newPassword.length < 8 && t('account.passwordShort')) || fieldProblem(problem, 'newPassword')} />
      <div><button type="submit" className="button" aria-busy={busy}>{t('account.changePassword')}</button></div>
    </form>
  );
}
