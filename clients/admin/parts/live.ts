/** What keeps a page up to date without anybody pressing reload. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Typed } from '../../shared/graphql.ts';
import { after } from '../../shared/time.ts';
import { useDesk } from '../desk.tsx';

const LIT_MS = 2_500;
/** A busy shop changes many times a second; a list is asked for anew no more often than this. */
const REFRESH_MS = 1_000;

/** Events of a subscription, as long as the page is shown. */
export function useLive<Result, Variables extends object>(document: Typed<Result, Variables>, variables: Variables, onNext: (data: Result) => void, pause = false): void {
  const { api } = useDesk();
  const listener = useRef(onNext);
  listener.current = onNext;
  const said = JSON.stringify(variables);
  useEffect(() => {
    if (pause) return;
    return api.live.subscribe(document, JSON.parse(said) as Variables, (data) => listener.current(data));
  }, [api, document, said, pause]);
}

/** Asks anew soon, however often it is called; and when the person comes back to the tab or the net comes back. */
export function useRefresh(retry: () => void): () => void {
  const latest = useRef(retry);
  latest.current = retry;
  const waiting = useRef<(() => void) | null>(null);
  const soon = useCallback(() => {
    waiting.current ??= after(REFRESH_MS, () => {
      waiting.current = null;
      latest.current();
    });
  }, []);
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') soon();
    };
    window.addEventListener('online', soon);
    document.addEventListener('visibilitychange', back);
    return () => {
      window.removeEventListener('online', soon);
      document.removeEventListener('visibilitychange', back);
      waiting.current?.();
      waiting.current = null;
    };
  }, [soon]);
  return soon;
}

/** Rows that changed just now. */
export function useLit(): { lit: ReadonlySet<string>; light(key: string): void } {
  const [lit, setLit] = useState<ReadonlySet<string>>(new Set());
  const light = useCallback((key: string) => {
    setLit((now) => new Set(now).add(key));
    after(LIT_MS, () => setLit((now) => new Set([...now].filter((one) => one !== key))));
  }, []);
  return { lit, light };
}
