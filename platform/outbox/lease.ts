/**
 * Who does the background work of a room (relay, saga timers, tasks): one row with an epoch in the room's own database.
 * The epoch grows with every taking and never falls, so it serves as a fencing token
 * (https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html).
 *
 * A holder counts its time from before it asked for it, the row from when the server wrote it: so the holder has given up
 * before anybody else can take. A term that is over, be it for a moment, never goes on: the next one has another epoch.
 * Nobody can stop a process between its last look at `held` and what it does then (it may be paused right there), so what
 * a lease allows must be harmless when it is done late; see `relay.ts` for messages, `task-runs.ts` for tasks, and sagas
 * are decided by their own rows.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { leaseRow, type Seen } from './lease-row.ts';

/** The lease that a room's background work is done under. */
export const BACKGROUND = 'background';
/** A holder that has not renewed for so long has lost the lease. */
export const LEASE_MS = 3_000;
/** Between renewals, and between looks of those who wait for it. */
export const RENEW_MS = 1_000;
/** After a renewal that failed. */
const RETRY_MS = 250;
/** Beyond the time when a lease lapses, so that the server agrees that it has. */
const LAPSED_BY_MS = 10;
/** What a clock may be off from the server's before the server's counts; and before it is said. */
const CLOCKS_AGREE_MS = 1_000;
const CLOCK_IS_OFF_MS = 5_000;

export interface LeaseOptions {
  database: Database;
  /** `BACKGROUND`, but for tests. */
  name?: string;
  /** Unlike any other process; a new one each start. */
  holder: string;
  clock: Clock;
  log: Logger;
  /**
   * No other process can have the database open (SQLite under the lock of DATA_DIR): the lease is taken at once, whoever
   * held it, and kept without renewals until it is given back.
   */
  alone: boolean;
}

/** From a taking until it is given back, lost, or not renewed in time. */
export interface Term {
  epoch: number;
  over: AbortSignal;
}

export interface Lease {
  readonly alone: boolean;
  /** Tries to take the lease once, then goes on in the background; `onGained` is called each time it is taken. */
  start(onGained: (term: Term) => void): Promise<void>;
  /** Null as soon as the lease could have passed to another holder: never older than its deadline, whatever timers do. */
  term(): Term | null;
  held(): boolean;
  /** The clock that all processes of the room have in common: the server's where there is one, else this process's. Unix ms. */
  nowMs(): number;
  /** Somebody says that it is free: looks now rather than in a second. */
  look(): void;
  /** Gives it back, so that the next holder need not wait. */
  stop(): Promise<void>;
  /** Ends like a killed process: the row stays as it is. */
  abandon(): void;
}

interface Held extends Term {
  ended: AbortController;
  /** By the clock on the wall and by the one that nobody puts back; whichever is over first. */
  untilMs: number;
  untilElapsedMs: number;
}

export function createLease({ database, name = BACKGROUND, holder, clock, log, alone }: LeaseOptions): Lease {
  const row = leaseRow(database, name, LEASE_MS, clock);
  const says = { lease: name, room: database.room };
  let held: Held | null = null;
  let running = false;
  let gained: (term: Term) => void = () => {};
  let current: Promise<void> | null = null;
  let cancelTick = () => {};
  let cancelDeadline = () => {};
  let offMs = 0;
  let saidOff = false;
  /** What the row looked like when it last changed, and since when by our own clock. */
  let unchanged = { mark: '', sinceMs: 0 };

  function present(): Held | null {
    // Kept for good, so nothing to compare: this is asked for every message.
    if (alone) return held;
    if (held && (clock.nowMs() >= held.untilMs || clock.elapsedMs() >= held.untilElapsedMs)) {
      log.warn({ ...says, epoch: held.epoch }, 'the lease was not renewed in time; its work stops here');
      end();
      if (running) plan(0);
    }
    return held;
  }

  function end(): void {
    cancelDeadline();
    const former = held;
    held = null;
    former?.ended.abort(new Error('the lease is over'));
  }

  /** The deadline counts from `sent`, whatever came between. */
  function extend(of: Held, sent: { ms: number; elapsedMs: number }): void {
    of.untilMs = sent.ms + LEASE_MS;
    of.untilElapsedMs = sent.elapsedMs + LEASE_MS;
    cancelDeadline();
    cancelDeadline = clock.after(Math.max(1, of.untilMs - clock.nowMs()), () => void present());
  }

  function begin(epoch: number, sent: { ms: number; elapsedMs: number } | null): void {
    const ended = new AbortController();
    held = { epoch, over: ended.signal, ended, untilMs: Infinity, untilElapsedMs: Infinity };
    if (sent) extend(held, sent);
    const term = present();
    if (!term) return;
    log.debug({ ...says, epoch }, 'lease taken');
    gained(term);
  }

  const stamp = () => ({ ms: clock.nowMs(), elapsedMs: clock.elapsedMs() });

  function compareClocks(serverMs: number, before: { elapsedMs: number }): void {
    const halfMs = (clock.elapsedMs() - before.elapsedMs) / 2;
    const off = Math.round(serverMs - (clock.nowMs() - halfMs));
    if (halfMs > CLOCKS_AGREE_MS / 2) return;
    offMs = Math.abs(off) < CLOCKS_AGREE_MS ? 0 : off;
    if (Math.abs(offMs) >= CLOCK_IS_OFF_MS && !saidOff) log.warn({ ...says, offMs: -offMs }, 'the clock of this process is off from that of its database; timers go by the database, but set the clock right (NTP)');
    saidOff = Math.abs(offMs) >= CLOCK_IS_OFF_MS;
  }

  /** How long to wait until the next look; 0 when it may be taken. */
  function waitFor(seen: Seen | null, lookedMs: number): number {
    if (!seen || seen.holder === holder || seen.untilMs <= seen.nowMs) return 0;
    const mark = `${seen.epoch} ${seen.untilMs}`;
    if (mark !== unchanged.mark) unchanged = { mark, sinceMs: lookedMs };
    // By whatever clock: who has not renewed while we watched for the whole length has lost it. The server's may have been put back.
    const watchedMs = clock.elapsedMs() - unchanged.sinceMs;
    if (watchedMs >= LEASE_MS + LAPSED_BY_MS) return 0;
    return Math.min(seen.untilMs - seen.nowMs, LEASE_MS - watchedMs) + LAPSED_BY_MS;
  }

  async function tryToTake(): Promise<number> {
    if (alone) {
      const epoch = await row.seize(holder);
      if (running) begin(epoch, null);
      return Infinity;
    }
    const before = stamp();
    const seen = await row.look();
    if (seen) compareClocks(seen.nowMs, before);
    // Counted from after the look: a row seen then cannot have been renewed before.
    const waitMs = waitFor(seen, clock.elapsedMs());
    if (waitMs > 0) return Math.min(waitMs, RENEW_MS);
    let sent = stamp();
    const epoch = await row.take(seen, holder, () => (sent = stamp()));
    if (epoch !== null && running) begin(epoch, sent);
    return RENEW_MS;
  }

  async function renew(of: Held): Promise<number> {
    let sent = stamp();
    const serverMs = await row.renew(holder, of.epoch, () => (sent = stamp()));
    // Too late: it is over, and what the row says now is for the next taking.
    if (held !== of || present() === null) return 0;
    if (serverMs !== null) {
      compareClocks(serverMs, sent);
      extend(of, sent);
      return RENEW_MS;
    }
    log.warn({ ...says, epoch: of.epoch }, 'another process has taken the lease');
    end();
    return RENEW_MS;
  }

  async function tick(): Promise<number> {
    try {
      const now = present();
      return now ? await renew(now) : await tryToTake();
    } catch (error) {
      log.warn({ ...says, err: error }, 'the lease could not be renewed; trying again');
      return RETRY_MS;
    }
  }

  /** One tick at a time; the next when the last one says. */
  function plan(inMs: number): void {
    cancelTick();
    if (!running || current || inMs === Infinity) return;
    cancelTick = clock.after(Math.max(1, inMs), () => void run());
  }

  function run(): Promise<void> {
    cancelTick();
    current ??= tick().then((nextMs) => {
      current = null;
      plan(nextMs);
    });
    return current;
  }

  return {
    alone,
    async start(onGained) {
      gained = onGained;
      running = true;
      await run();
    },
    term: present,
    held: () => present() !== null,
    nowMs: () => clock.nowMs() + offMs,
    look() {
      if (running && !held) plan(0);
    },
    async stop() {
      running = false;
      cancelTick();
      await current;
      const former = present();
      if (!former) return;
      end();
      try {
        await row.release(holder, former.epoch);
      } catch (error) {
        log.warn({ ...says, err: error }, `the lease could not be given back; it ends by itself within ${LEASE_MS} ms`);
      }
    },
    abandon() {
      running = false;
      cancelTick();
      end();
    },
  };
}
