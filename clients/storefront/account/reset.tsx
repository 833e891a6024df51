import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fieldProblem } from '../../shared/problem.ts';
import { useTitle } from '../frame/arrival.ts';
import { ResetPasswordDocument } from '../gql/graphql.ts';
import '../look/checkout.css';
import { address } from '../places.ts';
import { useShop } from '../shop.tsx';
import { useLetterToken } from './letter-token.ts';
import { useSending } from './send.ts';
import { PasswordField } from './sign.tsx';

/** A new password with the token of the letter. */
export default function Reset(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const token = useLetterToken();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  useTitle(t('account.resetTitle'));

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!token || password.length < 8) return;
    await run(async () => {
      const { resetPassword } = await api.send(ResetPasswordDocument, { input: { token, newPassword: password } });
      if (resetPassword?.__typename === 'User') setDone(true);
      else say(resetPassword?.message ?? t('state.errorText'));
    });
  }

  return (
    <div className="page">
      <form className="narrow stack" noValidate onSubmit={(event) => void save(event)}>
        <h1>{t('account.resetTitle')}</h1>
        {!token && <p className="note bad" role="alert">{t('account.tokenMissing')}</p>}
        {done ? (
          <><p className="note good" role="status">{t('account.resetDone')}</p><Link className="button wide" to={address.signIn}>{t('account.signIn')}</Link></>
        ) : token && (
          <>
            {said && <p className="note bad" role="alert">{said}</p>}
            <PasswordField label={t('account.newPassword')} value={password} onChange={setPassword} autoComplete="new-password" hint={t('account.passwordHint')} problem={(tried && password.length < 8 && t('account.passwordShort')) || fieldProblem(problem, 'newPassword')} />
            <button type="submit" className="button wide" aria-busy={busy}>{t('account.resetSave')}</button>
          </>
        )}
      </form>
    </div>
  );
}
