/**
 * The deliveries that wait in one database, tried again by the holder of its lease, in order for each subject. Whoever
 * parks a message need not be the holder: rows of other processes are found by a look every `RESCAN_MS`.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Lease } from '#platform/outbox/lease.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Subscription } from './bus.ts';
import type { Deliveries, WaitingDelivery } from './deliveries.ts';
import { Lanes, type Errand } from './lanes.ts';
import { polite } from './rude.ts';

const RESCAN_MS = 2_000;
/** Deliveries in memory; more wait in their rows. */
const MAX_KNOWN = 20_000;

export interface ParkedOptions {
  deliveries: Deliveries;
  lease: Lease;
  clock: Clock;
  log: Logger;
  /** Who handles it; undefined where the room does not listen to it any more. */
  subscriptionOf(room: string, topic: string): Subscription | undefined;
  onDelivery(room: string, topic: string, outcome: 'handled' | 'failed' | 'dead'): void;
  bury(delivery: WaitingDelivery, attempts: number, error: string): Promise<void>;
}

export class Parked {
  readonly #options: ParkedOptions;
  #lanes = new Map<Subscription, Lanes>();
  #known = new Set<string>();
  #running = false;
  /** Every row is known, so a new one can be taken without reading it back. */
  #caughtUp = false;
  #work: Promise<void> = Promise.resolve();
  #asked = false;
  #endRescan = () => {};

  constructor(options: ParkedOptions) {
    this.#options = options;
  }

  /** When the lease is taken. */
  start(): void {
    this.#drop();
    this.#endRescan();
    this.#running = true;
    this.#endRescan = this.#options.clock.every(RESCAN_MS, () => this.look());
    this.look();
  }

  /** Rows that were just committed in this process. */
  take(deliveries: readonly WaitingDelivery[]): void {
    if (!this.#running || !this.#options.lease.held()) return;
    if (!this.#caughtUp || this.#known.size + deliveries.length > MAX_KNOWN) return this.look();
    for (const delivery of deliveries) this.#push(delivery);
  }

  look(): void {
    if (!this.#running || this.#asked) return;
    this.#asked = true;
    this.#work = this.#work.then(() => this.#scan()).catch((error) => {
      this.#options.log.warn({ err: error }, 'the deliveries that wait could not be read; trying again');
    });
  }

  /** Deliveries to be tried; whether rows may wait that were not read; when the next is due, Unix ms, null for now. */
  state(): { waiting: number; behind: boolean; nextAtMs: number | null } {
    const busy = [...this.#lanes.values()].filter((lanes) => lanes.size() > 0);
    const times = busy.map((lanes) => lanes.nextAtMs());
    return {
      waiting: busy.reduce((sum, lanes) => sum + lanes.size(), 0),
      behind: this.#running && (this.#asked || (!this.#caughtUp && this.#options.lease.held())),
      nextAtMs: times.includes(null) || times.length === 0 ? null : Math.min(...(times as number[])),
    };
  }

  async stop(withinMs: number): Promise<void> {
    this.#running = false;
    this.#endRescan();
    await Promise.all([...this.#lanes.values()].map((lanes) => lanes.stop(withinMs)));
    this.#drop();
    await this.#work;
  }

  #drop(): void {
    for (const lanes of this.#lanes.values()) void lanes.stop(0);
    this.#lanes = new Map();
    this.#known = new Set();
    this.#caughtUp = false;
  }

  async #scan(): Promise<void> {
    this.#asked = false;
    if (!this.#options.lease.held()) return this.#drop();
    const rows = await this.#options.deliveries.waiting();
    if (!this.#running) return;
    for (const row of rows) this.#push(row);
    this.#caughtUp = rows.length < MAX_KNOWN;
  }

  #push(delivery: WaitingDelivery): void {
    const { room, topic, message } = delivery;
    const name = `${message.id} ${room}`;
    const subscription = this.#options.subscriptionOf(room, topic);
    if (!subscription || this.#known.has(name) || this.#known.size >= MAX_KNOWN) return;
    this.#known.add(name);
    let lanes = this.#lanes.get(subscription);
    if (!lanes) {
      lanes = new Lanes(subscription, this.#options.clock, polite);
      this.#lanes.set(subscription, lanes);
      lanes.start();
    }
    lanes.push(this.#errand(delivery, this.#known, name));
  }

  #errand(delivery: WaitingDelivery, known: Set<string>, name: string): Errand {
    const { deliveries, log, onDelivery, bury } = this.#options;
    const { room, topic, message, attempts, nextAtMs } = delivery;
    return {
      message, topic, attempts,
      notBeforeMs: nextAtMs,
      handled() {
        onDelivery(room, topic, 'handled');
        deliveries.handled(message.id, room)
          .catch((error) => log.warn({ err: error, room }, 'a handled delivery could not be removed; it will come again'))
          .finally(() => known.delete(name));
      },
      async postponed(made, atMs, error) {
        onDelivery(room, topic, 'failed');
        log.warn({ room, topic, type: message.type, messageId: message.id, attempt: made, error }, 'a message was not handled; trying again');
        await deliveries.postpone({ ...delivery, attempts: made, nextAtMs: atMs }, error);
      },
      async buried(made, error) {
        await bury(delivery, made, error);
        known.delete(name);
      },
    };
  }
}
