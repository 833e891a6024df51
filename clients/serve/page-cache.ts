/** Rendered documents, kept for some seconds and up to a number; one that is being made is waited for, not made twice. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '#platform/clock/clock.ts';

export interface Rendered {
  status: number;
  html: string;
  /** Where to go instead. */
  location?: string;
  /** False when a part was missing: the next reader gets another try. */
  keep: boolean;
}

interface Kept { rendered: Rendered; untilMs: number; zipped?: Promise<Buffer<ArrayBuffer>> }

const KEEP_MS = 15_000;
const MOST_PAGES = 500;

export interface PageCache {
  get(key: string, make: () => Promise<Rendered>): Promise<Kept>;
  clear(): void;
}

export function createPageCache(clock: Pick<Clock, 'nowMs'>): PageCache {
  const kept = new Map<string, Kept>();
  const making = new Map<string, Promise<Kept>>();
  return {
    async get(key, make) {
      const found = kept.get(key);
      if (found && found.untilMs > clock.nowMs()) return found;
      let one = making.get(key);
      if (!one) {
        one = make()
          .then((rendered) => {
            const page = { rendered, untilMs: clock.nowMs() + KEEP_MS };
            if (rendered.keep) {
              kept.delete(key);
              const oldest = kept.size >= MOST_PAGES ? kept.keys().next().value : undefined;
              if (oldest !== undefined) kept.delete(oldest);
              kept.set(key, page);
            }
            return page;
          })
          .finally(() => making.delete(key));
        making.set(key, one);
      }
      return await one;
    },
    clear: () => kept.clear(),
  };
}

/** Compressed once a page, however many read it. */
export function zippedPage(page: Kept): Promise<Buffer<ArrayBuffer>> {
  page.zipped ??= promisify(gzip)(page.rendered.html, { level: 5 }) as Promise<Buffer<ArrayBuffer>>;
  return page.zipped;
}
