/**
 * Who does the background work of a room (relay, saga timers, tasks): one row with an epoch in the room's own database.
 * The epoch grows with every change of hands and never falls, so it serves as a fencing token
 * (https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html).
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/telemetry/log.ts';

/** A holder that has not renewed for so long has lost the lease. */
export const LEASE_MS = 30_000;
const RENEW_MS = LEASE_MS / 3;

export interface LeaseOptions {
  database: Database;
  name: string;
  /** Unlike any other process; a new one each start. */
  holder: string;
  clock: Clock;
  log: Logger;
  /**
   * Takes the lease at once, whoever holds it. For a database that only one process can have open (SQLite under the
   * lock of DATA_DIR): a holder that was killed must not make its successor wait.
   */
  takeOver: boolean;
}

export interface Lease {
  /** Takes the lease, or goes on trying in the background; `onGained` is called each time it is taken. */
  start(onGained: () => void): Promise<void>;
  /** False as soon as it could have passed to another holder. */
  held(): boolean;
  /** 0 before it was ever held. */
  epoch(): number;
  /** Gives it back, so that the next holder need not wait. */
  stop(): Promise<void>;
}

export function createLease(options: LeaseOptions): Lease {
  const { database, name, holder, clock, log } = options;
  let epoch = 0;
  let untilMs = 0;
  let takeOver = options.takeOver;
  let gained = () => {};
  let endTimer = () => {};
  let current: Promise<void> = Promise.resolve();

  async function acquire(): Promise<boolean> {
    const nowMs = clock.nowMs();
    return database.transaction(async (tx) => {
      if (await tx.insertIfAbsent('platform_lease', { name, holder, epoch: 1, until_ms: nowMs + LEASE_MS })) epoch = 1;
      else {
        const { changed } = await tx.execute(
          'update platform_lease set holder = ?, epoch = epoch + 1, until_ms = ? where name = ? and (until_ms < ? or 1 = ?)',
          [holder, nowMs + LEASE_MS, name, nowMs, takeOver ? 1 : 0],
        );
        if (changed === 0) return false;
        const [row] = await tx.query<{ epoch: number }>('select epoch from platform_lease where name = ?', [name]);
        epoch = Number(row!.epoch);
      }
      untilMs = nowMs + LEASE_MS;
      return true;
    });
  }

  async function renew(): Promise<boolean> {
    const nowMs = clock.nowMs();
    const { changed } = await database.transaction((tx) =>
      tx.execute('update platform_lease set until_ms = ? where name = ? and holder = ? and epoch = ?', [nowMs + LEASE_MS, name, holder, epoch]),
    );
    if (changed === 1) untilMs = nowMs + LEASE_MS;
    return changed === 1;
  }

  async function tick(): Promise<void> {
    try {
      // Only the first taking is by force: whoever takes it from us afterwards has a reason.
      if (untilMs > 0 && (await renew())) return;
      untilMs = 0;
      if (await acquire()) {
        takeOver = false;
        log.debug({ lease: name, room: database.room, epoch }, 'lease taken');
        gained();
      }
    } catch (error) {
      log.warn({ err: error, lease: name, room: database.room }, 'the lease could not be renewed; trying again');
    }
  }

  return {
    async start(onGained) {
      gained = onGained;
      await tick();
      endTimer = clock.every(RENEW_MS, () => {
        current = current.then(tick);
      });
    },
    held: () => untilMs > clock.nowMs(),
    epoch: () => epoch,
    async stop() {
      endTimer();
      await current;
      if (untilMs === 0) return;
      untilMs = 0;
      await database.transaction((tx) => tx.execute('update platform_lease set until_ms = 0 where name = ? and holder = ? and epoch = ?', [name, holder, epoch]));
    },
  };
}
