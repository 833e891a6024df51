import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { RegisterDocument } from '../../shared/gql/graphql.ts';
import { fieldProblem } from '../../shared/problem.ts';
import { Field } from '../form/field.tsx';
import { useTitle } from '../frame/arrival.ts';
import '../look/checkout.css';
import { address } from '../places.ts';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';
import { PasswordField, useLeaveWhenSignedIn } from './sign.tsx';

const SHORTEST_PASSWORD = 8;

/** A new account; a guest's cart is kept. */
export default function SignUp(): ReactNode {
  const { t } = useTranslation();
  const { api, session, cart } = useShop();
  const { search } = useLocation();
  const [displayName, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  useTitle(t('account.signUp'));
  useLeaveWhenSignedIn();
  const emailFine = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());

  async function signUp(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!displayName.trim() || !emailFine || password.length < SHORTEST_PASSWORD) return;
    await run(async () => {
      const { register } = await api.send(RegisterDocument, { input: { email: email.trim(), password, displayName: displayName.trim(), cartId: cart.id() } });
      if (register?.__typename === 'Session') return session.begin(register);
      say(register?.message ?? t('state.errorText'));
    });
  }

  return (
    <div className="page">
      <form className="narrow stack" noValidate onSubmit={(event) => void signUp(event)}>
        <h1>{t('account.signUpTitle')}</h1>
        <p className="soft">{t('account.signUpText')}</p>
        {said && <p className="note bad" role="alert">{said}</p>}
        <Field label={t('account.name')} problem={(tried && !displayName.trim() && t('account.nameMissing')) || fieldProblem(problem, 'displayName')}>
          {(parts) => <input {...parts} className="input" name="name" autoComplete="name" required maxLength={80} value={displayName} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('account.email')} problem={(tried && !emailFine && t('checkout.emailInvalid')) || fieldProblem(problem, 'email')}>
          {(parts) => <input {...parts} className="input" type="email" name="email" autoComplete="username" inputMode="email" required maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />}
        </Field>
        <PasswordField label={t('account.password')} value={password} onChange={setPassword} autoComplete="new-password" hint={t('account.passwordHint')} problem={(tried && password.length < SHORTEST_PASSWORD && t('account.passwordShort')) || fieldProblem(problem, 'password')} />
        <button type="submit" className="button wide" aria-busy={busy}>{t('account.signUp')}</button>
        <p className="small">{t('account.hasAccount')} <Link className="link" to={address.signIn + search}>{t('account.signIn')}</Link></p>
      </form>
    </div>
  );
}
