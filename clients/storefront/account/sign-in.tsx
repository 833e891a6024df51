import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { LoginDocument } from '../../shared/gql/graphql.ts';
import { fieldProblem } from '../../shared/problem.ts';
import { Field } from '../form/field.tsx';
import { useTitle } from '../frame/arrival.ts';
import '../look/checkout.css';
import { address } from '../places.ts';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';
import { PasswordField, useLeaveWhenSignedIn, useWait } from './sign.tsx';

/** Signing in; a guest's cart goes along. */
export default function SignIn(): ReactNode {
  const { t } = useTranslation();
  const { api, session, cart } = useShop();
  const { search } = useLocation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  const [seconds, wait] = useWait();
  useTitle(t('account.signIn'));
  useLeaveWhenSignedIn();

  async function signIn(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!email.trim() || !password || seconds > 0) return;
    await run(async () => {
      const { login } = await api.send(LoginDocument, { input: { email: email.trim(), password, cartId: cart.id() } });
      if (login?.__typename === 'Session') return session.begin(login);
      if (login?.__typename === 'TooManyAttempts') wait(login.retryAfterMs);
      say(login?.message ?? t('state.errorText'));
    });
  }

  return (
    <div className="page">
      <form className="narrow stack" noValidate onSubmit={(event) => void signIn(event)}>
        <h1>{t('account.signInTitle')}</h1>
        {said && <p className="note bad" role="alert">{said} {seconds > 0 && t('account.wait', { seconds })}</p>}
        <Field label={t('account.email')} problem={(tried && !email.trim() && t('checkout.required')) || fieldProblem(problem, 'email')}>
          {(parts) => <input {...parts} className="input" type="email" name="email" autoComplete="username" inputMode="email" required maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />}
        </Field>
        <PasswordField label={t('account.password')} value={password} onChange={setPassword} autoComplete="current-password" problem={(tried && !password && t('account.passwordMissing')) || fieldProblem(problem, 'password')} />
        <button type="submit" className="button wide" aria-busy={busy} aria-disabled={seconds > 0 || undefined}>{t('account.signIn')}</button>
        <p className="row between wrap small"><Link className="link" to={address.forgotten}>{t('account.forgotten')}</Link><span>{t('account.noAccount')} <Link className="link" to={address.signUp + search}>{t('account.signUp')}</Link></span></p>
        <p className="note small">{t('account.demo')}</p>
      </form>
    </div>
  );
}
