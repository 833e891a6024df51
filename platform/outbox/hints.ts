/**
 * Where a room has several processes, those without its lease tell the one with it that there is something in the outbox,
 * and who gives the lease back tells the others that it is free. A hint may be lost: the relay looks by itself every
 * `SHARED_RESCAN_MS`, and so do those who wait for the lease.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Live } from '#platform/live/live.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Lease } from './lease.ts';

/** One hint in so long at most: commits that follow closely share one. */
export const HINT_EVERY_MS = 4;
const COMMITTED = 'committed';
const FREE = 'free';

export interface HintsOptions {
  room: string;
  lease: Pick<Lease, 'alone' | 'held' | 'look'>;
  live: Live;
  clock: Clock;
  log: Logger;
  /** Rows may be waiting that this process has not heard of. */
  wake(): void;
}

export interface Hints {
  /** This process has committed something to the outbox. */
  committed(): void;
  start(): void;
  /** After the lease was given back. */
  stop(): void;
}

/** Silent, and deaf, where there can be no other process. */
export function createHints({ room, lease, live, clock, log, wake }: HintsOptions): Hints {
  const channel = `outbox:${room}`;
  let resting = false;
  let again = false;
  let stopped: AbortController | null = null;

  function send(): void {
    live.publish(channel, COMMITTED);
    resting = true;
    clock.after(HINT_EVERY_MS, () => {
      resting = false;
      if (again && !lease.held()) send();
      again = false;
    });
  }

  async function listen(signal: AbortSignal): Promise<void> {
    for await (const hint of live.listen(channel, signal)) {
      if (hint === FREE) lease.look();
      else if (lease.held()) wake();
    }
  }

  return {
    committed() {
      if (lease.alone || lease.held()) return;
      if (resting) again = true;
      else send();
    },
    start() {
      if (lease.alone) return;
      stopped = new AbortController();
      listen(stopped.signal).catch((error: unknown) => log.error({ err: error, room }, 'hints of other processes are not heard; the outbox is looked at once a second'));
    },
    stop() {
      if (!stopped) return;
      stopped.abort();
      stopped = null;
      live.publish(channel, FREE);
    },
  };
}
