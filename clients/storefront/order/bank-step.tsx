import { IconBuildingBank } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { every, nowMs } from '../../shared/time.ts';

/** The bank wants a word (3-D Secure): where to go, and how long there is. */
export function BankStep({ url, expiresAt }: { url: string; expiresAt: string | null }): ReactNode {
  const { t } = useTranslation();
  const untilMs = expiresAt ? Date.parse(expiresAt) : null;
  const [leftMs, setLeftMs] = useState(() => (untilMs === null ? null : untilMs - nowMs()));
  useEffect(() => (untilMs === null ? undefined : every(1000, () => setLeftMs(untilMs - nowMs()))), [untilMs]);
  const over = leftMs !== null && leftMs <= 0;
  return (
    <section className="note warn bank-step stack" aria-label={t('order.action')}>
      <p className="row"><IconBuildingBank size={26} stroke={1.5} aria-hidden="true" /><strong>{t('order.action')}</strong></p>
      {over ? <p>{t('order.actionExpired')}</p> : (
        <>
          {leftMs !== null && <p className="number" role="timer">{t('order.actionText', { time: clock(leftMs) })}</p>}
          <a className="button" href={url}>{t('order.actionButton')}</a>
        </>
      )}
    </section>
  );
}

function clock(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
