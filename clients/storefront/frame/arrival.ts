/** What a page load does by itself and a change of address does not: scroll, focus, title, saying where one is. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { after } from '../../shared/time.ts';
import { readStoredJson, writeStored } from '../../shared/storage.ts';

const STORED = 'gomall.scroll';
const MOST_REMEMBERED = 50;
/** A list may still be loading when one comes back to it: the place is tried for this long. */
const SETTLE_TRIES = 20;
const SETTLE_STEP_MS = 50;

type Places = [string, number][];
const isPlaces = (value: unknown): value is Places => Array.isArray(value) && value.every((one) => Array.isArray(one) && typeof one[0] === 'string');

/** Back returns to the same place on the page; a new page begins at its top, with the focus on its heading. */
export function useArrival(pageKey: string): void {
  const { key: entry, hash } = useLocation();
  const how = useNavigationType();
  const first = useRef(true);
  const entryNow = useRef(entry);

  useLayoutEffect(() => {
    window.history.scrollRestoration = 'manual';
  }, []);

  useEffect(() => {
    entryNow.current = entry;
    const remember = (): void => rememberPlace(entryNow.current, window.scrollY);
    let scheduled = false;
    const onScroll = (): void => {
      if (scheduled) return;
      scheduled = true;
      after(100, () => {
        scheduled = false;
        remember();
      });
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('pagehide', remember);
    // A click may lead away before the last scrolling is noted, and so does the back button.
    document.addEventListener('click', remember, true);
    window.addEventListener('popstate', remember, true);
    return () => {
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('pagehide', remember);
      document.removeEventListener('click', remember, true);
      window.removeEventListener('popstate', remember, true);
    };
  }, [entry]);

  useEffect(() => {
    const arrivedFirst = first.current;
    first.current = false;
    if (hash && !hash.startsWith('#t=') && document.getElementById(hash.slice(1))) {
      document.getElementById(hash.slice(1))!.scrollIntoView();
      return undefined;
    }
    if (how === 'POP') return comeBack(placeOfEntry(entry));
    window.scrollTo(0, 0);
    if (!arrivedFirst) return after(0, () => document.getElementById('content')?.focus({ preventScroll: true }));
    return undefined;
    // Another filter of the same list is no arrival.
  }, [pageKey, how === 'POP' ? entry : '']);
}

function comeBack(top: number): (() => void) | undefined {
  let tries = 0;
  let stop: (() => void) | undefined;
  const attempt = (): void => {
    window.scrollTo(0, top);
    if (Math.abs(window.scrollY - top) > 2 && tries++ < SETTLE_TRIES) stop = after(SETTLE_STEP_MS, attempt);
  };
  attempt();
  return () => stop?.();
}

function rememberPlace(entry: string, top: number): void {
  const places = (readStoredJson(STORED, isPlaces, 'session') ?? []).filter(([key]) => key !== entry);
  writeStored(STORED, JSON.stringify([...places, [entry, Math.round(top)]].slice(-MOST_REMEMBERED)), 'session');
}

const placeOfEntry = (entry: string): number => (readStoredJson(STORED, isPlaces, 'session') ?? []).find(([key]) => key === entry)?.[1] ?? 0;

/** The document's title, while the component is there. */
export function useTitle(title: string | undefined, shopName = 'GoMall'): void {
  useEffect(() => {
    if (title) document.title = `${title} · ${shopName}`;
  }, [title, shopName]);
}
