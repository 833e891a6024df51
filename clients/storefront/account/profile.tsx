import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { fieldProblem } from '../../shared/problem.ts';
import { Bone, Failed } from '../../shared/states.tsx';
import { Field } from '../form/field.tsx';
import { RequestEmailVerificationDocument, UpdateProfileDocument, ViewerDocument } from '../gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';

/** Name, language, and whether the e-mail address is proven. */
export function Profile(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const { data, loading, problem: unread, retry } = useData(ViewerDocument, {}, { always: true });
  const viewer = data?.viewer;
  const [displayName, setName] = useState('');
  const [language, setLanguage] = useState('en');
  const [saved, setSaved] = useState(false);
  const [letter, setLetter] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  useEffect(() => {
    if (!viewer) return;
    setName(viewer.displayName ?? '');
    setLanguage(viewer.language ?? 'en');
  }, [viewer?.id]);
  if (loading) return <Bone height={320} radius={20} />;
  if (!viewer) return unread ? <Failed problem={unread} retry={retry} /> : null;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSaved(false);
    await run(async () => {
      const { updateProfile } = await api.send(UpdateProfileDocument, { input: { displayName: displayName.trim(), language } });
      if (updateProfile?.__typename !== 'User') return say(updateProfile?.message ?? t('state.errorText'));
      setSaved(true);
      retry();
    });
  }
  async function sendLetter(): Promise<void> {
    await run(async () => {
      const { requestEmailVerification } = await api.send(RequestEmailVerificationDocument, {});
      if (requestEmailVerification?.__typename === 'User') setLetter(true);
      else say(requestEmailVerification?.message ?? t('state.errorText'));
    });
  }

  return (
    <form className="panel stack" noValidate onSubmit={(event) => void save(event)}>
      <h2>{t('account.profile')}</h2>
      <div className="row wrap">
        <span>{viewer.email}</span>
        <span className={`badge ${viewer.emailVerified ? 'good' : 'warn'}`}>{t(viewer.emailVerified ? 'account.emailVerified' : 'account.emailNotVerified')}</span>
        {!viewer.emailVerified && (letter ? <span className="small good" role="status">{t('account.verificationSent')}</span> : <button type="button" className="link small" onClick={() => void sendLetter()}>{t('account.sendVerification')}</button>)}
      </div>
      <Field label={t('account.name')} problem={fieldProblem(problem, 'displayName')}>
        {(parts) => <input {...parts} className="input" name="name" autoComplete="name" maxLength={80} value={displayName} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('account.language')} problem={fieldProblem(problem, 'language')}>
        {(parts) => <select {...parts} className="input" name="language" value={language} onChange={(event) => setLanguage(event.target.value)}><option value="en" lang="en">English</option><option value="zh" lang="zh">中文</option></select>}
      </Field>
      {said && <p className="note bad" role="alert">{said}</p>}
      <div className="row"><button type="submit" className="button" aria-busy={busy}>{t('account.save')}</button><span role="status" className="good small">{saved ? t('account.saved') : ''}</span></div>
    </form>
  );
}
