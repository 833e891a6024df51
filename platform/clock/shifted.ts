/** A clock for tests: it runs like the machine's, and can be put forward; what was due in between is then done at once. */
import type { Clock } from './clock.ts';

export interface ShiftedClock extends Clock {
  /**
   * Puts the clock forward. Single timers due until then run in their order, each at its own time, and what they
   * set off gets its turn before the next; periodic work runs once at the end, as after a machine has slept.
   */
  advance(byMs: number): Promise<void>;
  /** Drops every timer, as a crash does. */
  clear(): void;
}

interface Timer {
  atMs: number;
  periodMs: number;
  work: () => void;
}

/** Single timers that one advance may run, so that timers that set timers come to an end. */
const MAX_FIRED = 100_000;
/** Turns of the event loop that set-off work gets before the clock goes on. */
const TURNS = 3;

export function createShiftedClock(): ShiftedClock {
  const timers = new Set<Timer>();
  let offsetMs = 0;
  let armed: NodeJS.Timeout | undefined;
  let frozenAtMs: number | undefined;

  const nowMs = () => frozenAtMs ?? Date.now() + offsetMs;

  function add(timer: Timer): () => void {
    timers.add(timer);
    arm();
    return () => void timers.delete(timer);
  }

  const earliest = (single: boolean): Timer | undefined => {
    let found: Timer | undefined;
    for (const timer of timers) if ((!single || timer.periodMs === 0) && (!found || timer.atMs < found.atMs)) found = timer;
    return found;
  };

  function arm(): void {
    clearTimeout(armed);
    const next = earliest(false);
    if (!next || frozenAtMs !== undefined) return;
    armed = setTimeout(fireDue, Math.max(0, Math.min(next.atMs - nowMs(), 2_147_483_647)));
    armed.unref();
  }

  function fire(timer: Timer): void {
    if (!timers.has(timer)) return;
    if (timer.periodMs > 0) timer.atMs = nowMs() + timer.periodMs;
    else timers.delete(timer);
    timer.work();
  }

  function fireDue(): void {
    const now = nowMs();
    for (const timer of [...timers].filter(({ atMs }) => atMs <= now).sort((a, b) => a.atMs - b.atMs)) fire(timer);
    arm();
  }

  const turns = async () => {
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  return {
    nowMs,
    elapsedMs: nowMs,
    after: (delayMs, work) => add({ atMs: nowMs() + delayMs, periodMs: 0, work }),
    every: (periodMs, work) => add({ atMs: nowMs() + periodMs, periodMs, work }),
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          cancel();
          reject(signal!.reason);
        };
        const cancel = add({
          atMs: nowMs() + delayMs,
          periodMs: 0,
          work() {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        });
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async advance(byMs) {
      const targetMs = nowMs() + byMs;
      for (let fired = 0; fired < MAX_FIRED; fired++) {
        const next = earliest(true);
        if (!next || next.atMs > targetMs) break;
        frozenAtMs = Math.max(next.atMs, nowMs());
        fire(next);
        await turns();
      }
      offsetMs = targetMs - Date.now();
      frozenAtMs = undefined;
      for (const timer of [...timers]) if (timer.periodMs > 0 && timer.atMs <= targetMs) fire(timer);
      arm();
      await turns();
    },
    clear() {
      timers.clear();
      clearTimeout(armed);
    },
  };
}
