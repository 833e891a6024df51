/** The checkout as it went: a step a row, with its tick, its tries and why it was refused. */
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconCircleDashed, IconClock, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WholeOrderFragment } from '../gql/graphql.ts';

type Saga = NonNullable<WholeOrderFragment['saga']>;

const MARKS: Record<string, { tone: string; icon: typeof IconCheck }> = {
  PENDING: { tone: 'soft', icon: IconCircleDashed },
  ASKED: { tone: 'warn', icon: IconClock },
  WAITING: { tone: 'warn', icon: IconClock },
  DONE: { tone: 'good', icon: IconCheck },
  REFUSED: { tone: 'bad', icon: IconX },
  UNDOING: { tone: 'warn', icon: IconArrowBackUp },
  UNDONE: { tone: 'soft', icon: IconArrowBackUp },
  SKIPPED: { tone: 'soft', icon: IconMinus },
  STUCK: { tone: 'bad', icon: IconAlertTriangle },
};
const TONES: Record<Saga['state'], string> = { RUNNING: 'warn', DONE: 'good', UNDOING: 'warn', UNDONE: '', STUCK: 'bad' };

export function SagaTable({ saga }: { saga: Saga | null }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel flush">
      <h2 className="panel-title">{t('saga.title')}{saga && <span className={`badge ${TONES[saga.state]}`}>{t(`saga.state.${saga.state}`)}</span>}</h2>
      {!saga ? <p className="panel-note soft">{t('saga.none')}</p> : (
        <table className="table plain saga">
          <caption className="hidden-text">{t('saga.title')}</caption>
          <thead><tr><th scope="col">{t('saga.step')}</th><th scope="col">{t('saga.stepState')}</th><th scope="col" className="end">{t('saga.attempts')}</th><th scope="col">{t('saga.error')}</th></tr></thead>
          <tbody>
            {saga.steps.map((step) => {
              const { tone, icon: Icon } = MARKS[step.state] ?? MARKS.PENDING!;
              return (
                <tr key={step.name} className={step.state === 'STUCK' ? 'wrong' : undefined}>
                  <td data-label={t('saga.step')}><span className="two-lines"><span>{t(`saga.name.${step.name}`, { defaultValue: step.name })}</span><span className="soft tiny mono">{step.name}</span></span></td>
                  <td data-label={t('saga.stepState')}><span className={`mark ${tone}`}><Icon size={16} stroke={2.2} aria-hidden="true" />{t(`saga.step_.${step.state}`, { defaultValue: step.state })}</span></td>
                  <td className="end number" data-label={t('saga.attempts')}>{step.attempts}</td>
                  <td data-label={t('saga.error')}>{step.error ? <span className="bad small">{step.error}</span> : <span className="soft" aria-hidden="true">–</span>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
