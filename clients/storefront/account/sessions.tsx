import { IconDevices } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { Bone, Failed } from '../../shared/states.tsx';
import { EndSessionDocument, MySessionsDocument } from '../gql/graphql.ts';
import { useFormat, useShop } from '../shop.tsx';
import { useSending } from './send.ts';

/** Where one is signed in, and how to end it there. */
export function Sessions(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { api } = useShop();
  const { data, loading, problem, retry } = useData(MySessionsDocument, {}, { always: true });
  const { said, say, run } = useSending();
  const sessions = data?.viewer?.sessions;
  if (loading) return <Bone height={240} radius={20} />;
  if (!sessions) return problem ? <Failed problem={problem} retry={retry} /> : null;
  const end = (id: string | number): Promise<void> => run(async () => {
    const { endSession } = await api.send(EndSessionDocument, { id });
    if (endSession?.__typename === 'User') retry();
    else say(endSession?.message ?? t('state.errorText'));
  });
  return (
    <>
      <p className="soft">{t('account.sessionsHint')}</p>
      {said && <p className="note bad" role="alert">{said}</p>}
      <ul className="stack">
        {sessions.map((one) => (
          <li key={one.id} className="panel row between wrap">
            <span className="row"><IconDevices size={26} stroke={1.4} aria-hidden="true" /><span className="stack tight"><span>{t('account.sessionUsed', { date: format.date(one.lastUsedAt, 'moment') })}</span><span className="soft tiny">{t('account.sessionSince', { date: format.date(one.createdAt, 'moment') })}</span></span></span>
            {one.current ? <span className="badge good">{t('account.sessionHere')}</span> : <button type="button" className="button plain" onClick={() => void end(one.id)}>{t('account.endSession')}</button>}
          </li>
        ))}
      </ul>
    </>
  );
}
