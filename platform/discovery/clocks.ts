/**
 * Clocks of machines that are apart: what processes say to each other is signed for a while, and by a clock that is off by
 * more than `CLOCK_SKEW_MS` it is refused. So they are told of before that, from the `Date` that every answer about health
 * carries (RFC 9110, section 6.6.1; whole seconds).
 */
import type { Clock } from '#platform/clock/clock.ts';
import { CLOCK_SKEW_MS } from '#platform/subgraph/signed-context.ts';
import type { Teller } from '#platform/telemetry/teller.ts';

/** Apart by at least so much. */
export const CLOCK_WARNING_MS = 3_000;
/** A process that was stopped for a while may tell an old second once. */
const LOOKS_IN_A_ROW = 3;
const SECOND_MS = 1_000;

export interface Clocks {
  /** An answer of `url` said `date`; it was asked for at `askedMs` and has come now. */
  seen(url: string, date: string | null, askedMs: number): void;
  /** `url` is not looked at any more. */
  forget(url: string): void;
  /** Milliseconds that the clock there is ahead of ours (behind: less than 0), for those that are far apart. */
  apart(): ReadonlyMap<string, number>;
}

export function createClocks(clock: Pick<Clock, 'nowMs'>, teller: Teller): Clocks {
  const differing = new Map<string, { looks: number; aheadMs: number }>();
  const isApart = ({ looks }: { looks: number }) => looks >= LOOKS_IN_A_ROW;

  return {
    seen(url, date, askedMs) {
      const saidMs = date === null ? NaN : Date.parse(date);
      if (Number.isNaN(saidMs)) return;
      // The least that it can be: the answer was made while we waited, within the second that it names.
      const ahead = saidMs - clock.nowMs();
      const behind = askedMs - (saidMs + SECOND_MS);
      const aheadMs = ahead > CLOCK_WARNING_MS ? ahead : behind > CLOCK_WARNING_MS ? -behind : 0;
      if (aheadMs === 0) {
        if (differing.delete(url) && differing.size === 0) teller.well('The clocks of the other processes agree with ours again.');
        return;
      }
      const looks = (differing.get(url)?.looks ?? 0) + 1;
      differing.set(url, { looks, aheadMs });
      if (looks === LOOKS_IN_A_ROW) teller.trouble(`The clock at ${new URL(url).host} is ${inWords(aheadMs)} ours: set the clocks of both machines (NTP). Apart by over ${CLOCK_SKEW_MS / SECOND_MS} s their processes refuse each other's requests.`);
    },
    forget: (url) => void differing.delete(url),
    apart: () => new Map([...differing].filter(([, each]) => isApart(each)).map(([url, { aheadMs }]) => [url, aheadMs])),
  };
}

/** `at least 180 s behind`, to go before "ours". */
export const inWords = (aheadMs: number): string => `at least ${Math.floor(Math.abs(aheadMs) / SECOND_MS)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
