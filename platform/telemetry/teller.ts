/** Tells a trouble once and its end once, however many connections and callers run into it. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from './log.ts';

/** The same trouble is told again at most so often while it lasts. */
export const REMIND_MS = 60_000;
/** Different words at a time; an outage has two or three. */
const MAX_WORDS = 50;

export interface Teller {
  trouble(words: string): void;
  /** Silent when there was no trouble since the last time. */
  well(words: string): void;
}

export function createTeller(engine: string, { clock, log }: { clock: Clock; log: Logger }): Teller {
  const toldMs = new Map<string, number>();
  return {
    trouble(words) {
      const nowMs = clock.nowMs();
      if (nowMs - (toldMs.get(words) ?? -Infinity) < REMIND_MS) return;
      if (toldMs.size >= MAX_WORDS) toldMs.clear();
      toldMs.set(words, nowMs);
      log.warn({ engine }, words);
    },
    well(words) {
      if (toldMs.size === 0) return;
      toldMs.clear();
      // As loud as the trouble was, so that whoever saw that sees this.
      log.warn({ engine }, words);
    },
  };
}
