/**
 * The relay of a room's outbox. It reads unsent rows, not from a cursor (numbers commit out of order), when it is woken
 * by a commit, wherever it was made (`hints.ts`), and every `RESCAN_MS`, and hands each message on once. While everything
 * unsent is known to it, a message committed in this process is handed on without reading it back.
 *
 * One relay a room, that of the lease's holder. Two may overlap all the same: who was paused at the wrong moment goes on for
 * a step with what was in its hands. Why that breaks nothing: what one relay hands on of a subject, in one term, has no gap
 * (it begins with the first unsent row, and what is refused once its term is over is refused from there on: a new term
 * begins anew from the rows), and a row goes only when its message was acknowledged. So whichever relay is the first to
 * hand a message on, all before it of the subject were handed on earlier, by it or before it began. However two such rows
 * of messages are mixed, the first copies are in order; the others are what the inbox knows already.
 */
import type { Message } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { placeholders, type Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { OutboxEntry } from './outbox.ts';

export const RESCAN_MS = 5_000;
/** Where other processes commit to the outbox and a hint of theirs may be lost. */
export const SHARED_RESCAN_MS = 1_000;
/** Rows read at once. */
const BATCH = 500;
/** Messages of one room kept in memory; more wait in their rows. */
export const MAX_IN_HAND = 20_000;
/** Rows of messages that are done are removed together: so late, or so many. */
const FORGET_AFTER_MS = 250;
const FORGET_AT = 400;

export interface RelayOptions {
  database: Database;
  clock: Clock;
  log: Logger;
  /** Other processes commit to this outbox too. */
  shared?: boolean;
  /** Rows of messages that were sent stay for a while, marked (`retention.ts`): for a bus that may be brought back empty. */
  keepSent?: boolean;
  /** Takes the message; calls `done(message.id)` when its row may go. */
  accept(entry: OutboxEntry): void;
}

export class Relay {
  readonly #options: RelayOptions;
  /** Every unsent row this process knows of, and since when (Unix ms), until the row is gone. */
  readonly #inHand = new Map<string, number>();
  #finished = new Set<string>();
  #caughtUp = false;
  #dirty = false;
  #running = false;
  #work: Promise<void> = Promise.resolve();
  #scanAsked = false;
  #cancelForget: (() => void) | undefined;
  #endRescan = () => {};

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Reads the backlog, and goes on until `stop`. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#endRescan = this.#options.clock.every(this.#options.shared ? SHARED_RESCAN_MS : RESCAN_MS, () => this.#askScan());
    this.#askScan();
  }

  /** A commit of this process. */
  committed(entry: OutboxEntry): void {
    if (!this.#running) return;
    // One writer commits in the order of the numbers; where there are several, only the rows tell the order.
    const oneWriter = this.#options.database.dialect === 'sqlite' && !this.#options.shared;
    if (this.#caughtUp && oneWriter && this.#inHand.size < MAX_IN_HAND) {
      this.#inHand.set(entry.message.id, this.#options.clock.nowMs());
      this.#options.accept(entry);
      return;
    }
    this.#dirty = true;
    this.#caughtUp = false;
    this.#askScan();
  }

  /** Rows may have been committed by others. */
  wake(): void {
    if (!this.#running) return;
    this.#dirty = true;
    this.#askScan();
  }

  done(messageId: string): void {
    if (!this.#running) return;
    this.#finished.add(messageId);
    if (this.#finished.size >= FORGET_AT) this.#enqueue(() => this.#forget());
    else this.#cancelForget ??= this.#options.clock.after(FORGET_AFTER_MS, () => this.#enqueue(() => this.#forget()));
  }

  /** Messages that are not yet done, and for how long (ms) the oldest of them is known. */
  inHand(): { messages: number; oldestMs: number } {
    for (const [id, sinceMs] of this.#inHand) {
      if (!this.#finished.has(id)) return { messages: this.#inHand.size - this.#finished.size, oldestMs: this.#options.clock.nowMs() - sinceMs };
    }
    return { messages: 0, oldestMs: 0 };
  }

  /** True while rows may be waiting that are not in memory. */
  behind(): boolean {
    return this.#running && (!this.#caughtUp || this.#dirty || this.#scanAsked);
  }

  /** Stops handing on; with `forget` the rows of finished messages are removed first. */
  async stop(forget: boolean): Promise<void> {
    this.#running = false;
    this.#caughtUp = false;
    this.#endRescan();
    this.#cancelForget?.();
    this.#cancelForget = undefined;
    await this.#work;
    if (forget) await this.#forget();
    this.#inHand.clear();
    this.#finished.clear();
  }

  #askScan(): void {
    if (this.#scanAsked) return;
    this.#scanAsked = true;
    this.#enqueue(() => this.#scan());
  }

  /** Scans and removals never overlap, so a scan cannot bring back a row that was just removed. */
  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error) => {
      this.#options.log.warn({ err: error, room: this.#options.database.room }, 'the outbox could not be read; trying again');
    });
  }

  async #scan(): Promise<void> {
    const { database, clock, accept } = this.#options;
    this.#scanAsked = false;
    do {
      if (!this.#running || this.#inHand.size >= MAX_IN_HAND) return;
      this.#dirty = false;
      // All numbers in one look: those who write one subject wait for each other, so a message is never seen without its
      // forerunners. Page by page it could be: a forerunner may be committed after its page was read.
      const numbers = await database.query<{ seq: number; id: string }>(`select seq, id from platform_outbox where sent_at_ms is null order by seq limit ${MAX_IN_HAND}`);
      const unknown = numbers.filter(({ id }) => !this.#inHand.has(id)).map(({ seq }) => seq);
      for (let from = 0; from < unknown.length; from += BATCH) {
        if (!this.#running || this.#inHand.size >= MAX_IN_HAND) return;
        const batch = unknown.slice(from, from + BATCH);
        const rows = await database.query<{ id: string; topic: string; message: string }>(
          `select id, topic, message from platform_outbox where seq in (${placeholders(batch.length)}) order by seq`,
          batch,
        );
        if (!this.#running) return;
        for (const row of rows) {
          this.#inHand.set(row.id, clock.nowMs());
          accept({ topic: row.topic, message: JSON.parse(row.message) as Message });
        }
      }
      if (!this.#running || this.#inHand.size >= MAX_IN_HAND) return;
      // Again, when something was committed while we read; its row may have any number.
    } while (this.#dirty);
    this.#caughtUp = true;
  }

  async #forget(): Promise<void> {
    this.#cancelForget?.();
    this.#cancelForget = undefined;
    const ids = [...this.#finished];
    if (ids.length === 0) return;
    try {
      await this.#options.database.transaction(async (tx) => {
        for (let from = 0; from < ids.length; from += FORGET_AT) {
          const batch = ids.slice(from, from + FORGET_AT);
          const which = `where id in (${placeholders(batch.length)})`;
          if (this.#options.keepSent) await tx.execute(`update platform_outbox set sent_at_ms = ? ${which}`, [this.#options.clock.nowMs(), ...batch]);
          else await tx.execute(`delete from platform_outbox ${which}`, batch);
        }
      });
    } catch (error) {
      this.#options.log.warn({ err: error, room: this.#options.database.room }, 'sent messages could not be removed; trying again');
      this.#cancelForget ??= this.#options.clock.after(RESCAN_MS, () => this.#enqueue(() => this.#forget()));
      return;
    }
    const wasFull = this.#inHand.size >= MAX_IN_HAND;
    for (const id of ids) {
      this.#finished.delete(id);
      this.#inHand.delete(id);
    }
    if (wasFull && this.#running) this.#askScan();
  }
}
