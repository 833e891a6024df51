/** Work that is done while a lease is held: begun with each term, ended with it, one after the other. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Lease, Term } from './lease.ts';

/** Between attempts to begin, while the term lasts. */
const RETRY_MS = 500;

export interface TermsOptions {
  room: string;
  lease: Lease;
  clock: Clock;
  log: Logger;
  begin(term: Term): Promise<void>;
  /** Called the moment the term is over; the next one begins when it has resolved. */
  end(): Promise<void>;
}

export interface Terms {
  /** Resolves when the lease was asked for and, if it was had, the work was begun. */
  start(): Promise<void>;
  /** After the lease was stopped: when all has ended. */
  settled(): Promise<void>;
}

export function duringTerms({ room, lease, clock, log, begin, end }: TermsOptions): Terms {
  let turn: Promise<void> = Promise.resolve();

  async function serve(term: Term): Promise<void> {
    while (!term.over.aborted) {
      try {
        return await begin(term);
      } catch (error) {
        log.warn({ err: error, room }, 'the background work could not begin; trying again');
        // Not cut short by the end of the term: the next look sees it.
        await clock.sleep(RETRY_MS);
      }
    }
  }

  function gained(term: Term): void {
    const former = turn;
    const begun = former.then(() => serve(term));
    turn = begun;
    term.over.addEventListener('abort', () => {
      const ended = end();
      turn = begun.then(() => ended);
    }, { once: true });
  }

  return {
    async start() {
      await lease.start(gained);
      await turn;
    },
    settled: () => turn,
  };
}
