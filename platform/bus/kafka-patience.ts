/** How long the bus waits for the client of Kafka, which may wait for ever: after this it is given up and made anew. */
import { systemClock } from '#platform/clock/system.ts';

const TICK_MS = 1_000;

/**
 * Calls `tick` every second with the seconds that have gone by; the answer ends it. They are seconds of the machine, since
 * a broker knows no other clock, and counted: a process that was stopped, or starved, has missed them, and so have the
 * answers that it waits for.
 */
export function countSeconds(tick: (seconds: number) => void): () => void {
  let seconds = 0;
  return systemClock.every(TICK_MS, () => tick(++seconds));
}

/** What the promise brings, or a rejection that names `what` when it has brought nothing after so many seconds. */
export function within<Result>(limitS: number, what: string, promise: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const end = countSeconds((seconds) => {
    if (seconds >= limitS) late.reject(new Error(`${what}: no answer within ${limitS} s`));
  });
  return Promise.race([promise, late.promise]).finally(end);
}
