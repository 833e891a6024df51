/** The states every page has besides its content: loading, empty, error with a retry, partial, offline. */
import { useEffect, useState, useSyncExternalStore, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconCloudOff, IconMoodConfuzed } from '@tabler/icons-react';
import type { Problem } from './problem.ts';
import { after } from './time.ts';

/** A box of the shape of what comes. */
export function Bone({ height, width, radius, style }: { height: number | string; width?: number | string; radius?: number; style?: CSSProperties }): ReactNode {
  return <span className="skeleton" aria-hidden="true" style={{ height, width: width ?? '100%', borderRadius: radius, ...style }} />;
}

/** Tells a screen reader that something is on its way, around skeletons. */
export function Loading({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  return (
    <div aria-busy="true">
      <span className="hidden-text" role="status">{t('state.loading')}</span>
      {children}
    </div>
  );
}

export function Empty({ icon, title, text, children }: { icon?: ReactNode; title: string; text?: string; children?: ReactNode }): ReactNode {
  return (
    <div className="state">
      {icon}
      <h2>{title}</h2>
      {text && <p className="soft">{text}</p>}
      {children}
    </div>
  );
}

export function problemText(problem: Problem, t: (key: any) => string): string {
  if (problem.kind === 'offline') return t('state.offlineText');
  if (problem.code === 'LIMITED') return t('state.limited');
  if (problem.code === 'UNAVAILABLE') return t('state.unavailable');
  if (problem.code === 'INTERNAL' || problem.code === null) return t('state.errorText');
  return problem.message;
}

/** What happened, a retry, and the trace id for whoever has to look for it. */
export function Failed({ problem, retry }: { problem: Problem; retry: () => void }): ReactNode {
  const { t } = useTranslation();
  const offline = problem.kind === 'offline';
  return (
    <div className="state" role="alert">
      {offline ? <IconCloudOff size={44} stroke={1.4} /> : <IconMoodConfuzed size={44} stroke={1.4} />}
      <h2>{t(offline ? 'state.offlineTitle' : 'state.errorTitle')}</h2>
      <p className="soft">{problemText(problem, t)}</p>
      <button type="button" className="button" onClick={retry}>{t('state.retry')}</button>
      {problem.traceId && <p className="trace">{t('state.trace', { id: problem.traceId })}</p>}
    </div>
  );
}

/** A part of the page is missing; the rest works. */
export function Partial({ problem, retry }: { problem: Problem; retry?: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="note warn row between wrap" role="status">
      <span>
        {t('state.partial')} {problem.traceId && <span className="trace">{t('state.trace', { id: problem.traceId })}</span>}
      </span>
      {retry && <button type="button" className="link" onClick={retry}>{t('state.retry')}</button>}
    </div>
  );
}

const subscribeOnline = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

export const useOnline = (): boolean => useSyncExternalStore(subscribeOnline, () => navigator.onLine, () => true);

export function OfflineBanner(): ReactNode {
  const { t } = useTranslation();
  const online = useOnline();
  return <div role="status">{!online && <div className="offline">{t('state.offline')}</div>}</div>;
}

/** False for the first `delayMs`: so that quick answers do not flash a skeleton. */
export function useDelayed(delayMs: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => after(delayMs, () => setLate(true)), [delayMs]);
  return late;
}
