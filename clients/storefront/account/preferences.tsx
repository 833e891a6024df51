/** What one wants to be told, and by which way; and the hours in which it is to be quiet. */
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { fieldProblem } from '../../shared/problem.ts';
import { Bone, Failed } from '../../shared/states.tsx';
import { Field } from '../form/field.tsx';
import { NoticePreferencesDocument, SaveNoticePreferencesDocument, type PreferencePartsFragment } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';

type Kind = PreferencePartsFragment['kinds'][number];
type Quiet = NonNullable<PreferencePartsFragment['quietHours']>;

export function Preferences(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const { data, loading, problem: unread, retry } = useData(NoticePreferencesDocument, {}, { always: true });
  const [kinds, setKinds] = useState<Kind[]>([]);
  const [quiet, setQuiet] = useState<Quiet | null>(null);
  const [saved, setSaved] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  const known = data?.notificationPreferences;
  useEffect(() => {
    if (!known) return;
    setKinds([...known.kinds]);
    setQuiet(known.quietHours ?? null);
  }, [known]);
  if (loading && !known) return <Bone height={420} radius={20} />;
  if (!known) return unread ? <Failed problem={unread} retry={retry} /> : null;

  const change = (kind: string, way: 'inbox' | 'email', on: boolean): void => {
    setSaved(false);
    setKinds(kinds.map((one) => (one.kind === kind ? { ...one, [way]: on } : one)));
  };
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSaved(false);
    await run(async () => {
      const input = { kinds: kinds.map(({ kind, inbox, email }) => ({ kind, inbox, email: email ?? false })), quietHours: quiet && { from: quiet.from, to: quiet.to, timeZone: quiet.timeZone } };
      const { saveNotificationPreferences } = await api.send(SaveNoticePreferencesDocument, { input });
      if (saveNotificationPreferences?.__typename !== 'NotificationPreferences') return say(saveNotificationPreferences?.message ?? t('state.errorText'));
      setSaved(true);
    });
  }
  const setHours = (part: Partial<Quiet>): void => {
    setSaved(false);
    setQuiet(quiet && { ...quiet, ...part });
  };

  return (
    <form className="panel stack" noValidate onSubmit={(event) => void save(event)}>
      <Link className="link" to={address.account('notifications')}>{t('notices.toInbox')}</Link>
      <h2>{t('notices.preferences')}</h2>
      <table className="notice-ways">
        <thead><tr><th scope="col">{t('notices.about')}</th><th scope="col">{t('notices.inbox')}</th><th scope="col">{t('notices.email')}</th></tr></thead>
        <tbody>
          {kinds.map(({ kind, inbox, email }) => {
            const name = t(`notices.kinds.${kind}`);
            return (
              <tr key={kind}>
                <th scope="row">{name}</th>
                <td><input type="checkbox" checked={inbox} aria-label={`${name}: ${t('notices.inbox')}`} onChange={(event) => change(kind, 'inbox', event.target.checked)} /></td>
                <td>{email === null || email === undefined ? <span className="soft tiny">{t('notices.never')}</span> : <input type="checkbox" checked={email} aria-label={`${name}: ${t('notices.email')}`} onChange={(event) => change(kind, 'email', event.target.checked)} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <label className="row"><input type="checkbox" name="quiet" checked={quiet !== null} onChange={(event) => { setSaved(false); setQuiet(event.target.checked ? { from: '22:00', to: '07:00', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : null); }} />{t('notices.quiet')}</label>
      <p className="soft small">{t('notices.quietHint')}</p>
      {quiet && (
        <div className="row wrap">
          <Field label={t('notices.from')} problem={fieldProblem(problem, 'from')}>{(parts) => <input {...parts} className="input" type="time" name="from" value={quiet.from} onChange={(event) => setHours({ from: event.target.value })} />}</Field>
          <Field label={t('notices.to')} problem={fieldProblem(problem, 'to')}>{(parts) => <input {...parts} className="input" type="time" name="to" value={quiet.to} onChange={(event) => setHours({ to: event.target.value })} />}</Field>
          <Field label={t('notices.timeZone')} problem={fieldProblem(problem, 'timeZone')}>
            {(parts) => <select {...parts} className="input" name="timeZone" value={quiet.timeZone} onChange={(event) => setHours({ timeZone: event.target.value })}>{zones(quiet.timeZone).map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}</select>}
          </Field>
        </div>
      )}
      {said && <p className="note bad" role="alert">{said}</p>}
      <div className="row"><button type="submit" className="button" aria-busy={busy}>{t('account.save')}</button>{saved && <span className="good" role="status">{t('account.saved')}</span>}</div>
    </form>
  );
}

/** The present one is among them, whatever the browser lists. */
const zones = (present: string): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present])].toSorted();
