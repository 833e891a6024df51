/** Signing in. Whoever is no staff is told so afterwards, see `not-staff.tsx`. */
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginDocument, type SessionPartsFragment } from '../../shared/gql/graphql.ts';
import { ProblemError } from '../../shared/problem.ts';
import { problemText } from '../../shared/states.tsx';
import { every } from '../../shared/time.ts';
import type { Look } from '../app.tsx';
import { useDesk } from '../desk.tsx';
import { usePageTitle } from '../parts/page.tsx';
import { DoorPage } from './door.tsx';

export function SignIn({ look }: { look: Look }): ReactNode {
  const { t } = useTranslation();
  const { api, session } = useDesk();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [waitSeconds, setWaitSeconds] = useState(0);
  usePageTitle(t('door.title'));

  useEffect(() => {
    if (waitSeconds <= 0) return;
    return every(1000, () => setWaitSeconds((left) => Math.max(0, left - 1)));
  }, [waitSeconds > 0]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || waitSeconds > 0) return;
    if (!email.trim() || !password) return setRefused(t('door.missing'));
    setBusy(true);
    setRefused(null);
    try {
      const result = (await api.send(LoginDocument, { input: { email: email.trim(), password } })).login;
      if (result?.__typename === 'Session') {
        session.begin(result as SessionPartsFragment);
        api.live.reconnect();
        return;
      }
      if (result?.__typename === 'TooManyAttempts') setWaitSeconds(Math.ceil(result.retryAfterMs / 1000));
      setRefused(result && 'message' in result ? result.message : t('state.errorText'));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setRefused(problemText(error.problem, t));
    } finally {
      setBusy(false);
    }
  }

  return (
    <DoorPage look={look}>
      <h1>{t('door.title')}</h1>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate aria-busy={busy}>
        <div className="field">
          <label htmlFor="email">{t('door.email')}</label>
          <input id="email" className="input" type="email" autoComplete="username" inputMode="email" value={email} onChange={(event) => setEmail(event.target.value)} aria-invalid={refused !== null} autoFocus />
        </div>
        <div className="field">
          <label htmlFor="password">{t('door.password')}</label>
          <input id="password" className="input" type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} aria-invalid={refused !== null} />
        </div>
        <div role="alert">
          {refused && <p className="note bad">{refused}{waitSeconds > 0 && <> {t('door.wait', { seconds: waitSeconds })}</>}</p>}
        </div>
        <button type="submit" className="button wide" aria-disabled={busy || waitSeconds > 0}>{t(busy ? 'door.busy' : 'door.submit')}</button>
        <p className="soft tiny">{t('door.demo')}</p>
      </form>
    </DoorPage>
  );
}
