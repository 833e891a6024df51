/** One room's database on the bus: its outbox, carried while the lease is held, and the deliveries that wait in it. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Lease } from '#platform/outbox/lease.ts';
import { MAX_MESSAGE_BYTES, type OutboxEntry } from '#platform/outbox/outbox.ts';
import { Relay } from '#platform/outbox/relay.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Message, Outbox, Subscription } from './bus.ts';
import { Deliveries, type WaitingDelivery } from './deliveries.ts';
import { Parked } from './parked.ts';

/** How soon it is noticed that the lease is back after a renewal that was late. */
const LEASE_LOOK_MS = 100;
/** Of a dead letter's error, in its topic. */
const MAX_ERROR_LENGTH = 2_000;

export interface SourceOptions {
  database: Database;
  lease: Lease;
  clock: Clock;
  ids: Ids;
  log: Logger;
  outbox: Outbox;
  subscriptionOf(room: string, topic: string): Subscription | undefined;
  onDelivery(room: string, topic: string, outcome: 'handled' | 'failed' | 'dead'): void;
  onMessage?(entry: OutboxEntry): void;
  send(entry: OutboxEntry, valid: () => boolean, acknowledged: () => void): void;
}

export class KafkaSource {
  readonly room: string;
  readonly relay: Relay;
  readonly deliveries: Deliveries;
  readonly parked: Parked;
  readonly #options: SourceOptions;
  /** A message was dropped because the lease was not held. */
  #stale = false;
  #restarting: Promise<void> = Promise.resolve();
  #endLooks = () => {};

  constructor(options: SourceOptions) {
    const { database, lease, clock, ids, log, subscriptionOf, onDelivery } = options;
    this.#options = options;
    this.room = database.room;
    this.deliveries = new Deliveries(database, ids);
    this.relay = new Relay({ database, clock, log, accept: (entry) => this.#accept(entry) });
    this.parked = new Parked({ deliveries: this.deliveries, lease, clock, log, subscriptionOf, onDelivery, bury: (delivery, attempts, error) => this.bury(delivery, attempts, error) });
  }

  async start(): Promise<void> {
    const { lease, clock } = this.#options;
    this.#endLooks = clock.every(LEASE_LOOK_MS, () => {
      if (this.#stale && lease.held()) this.#carry();
    });
    await lease.start(() => {
      this.#carry();
      this.parked.start();
    });
  }

  /** Rows may be waiting that are not in hand. */
  behind(): boolean {
    return this.#stale || this.relay.behind();
  }

  /** The delivery becomes a dead letter, and tells so on `gomall.<room>.dead`. */
  async bury({ room, topic, message }: WaitingDelivery, attempts: number, error: string): Promise<void> {
    const { clock, log, onDelivery, outbox } = this.#options;
    await this.deliveries.bury(room, topic, message, attempts, error, clock.nowMs(), async (tx, deadLetterId) => {
      const data = { deadLetterId, topic, attempts, error: error.slice(0, MAX_ERROR_LENGTH), message };
      await outbox.add(tx, { topic: `gomall.${room}.dead`, type: 'message.dead', version: 1, subject: message.subject, data: fitting(data) });
    });
    onDelivery(room, topic, 'dead');
    log.error({ room, topic, type: message.type, messageId: message.id, error }, 'a message became a dead letter');
  }

  /** After the parked deliveries and the sender have stopped. */
  async stop(): Promise<void> {
    this.#endLooks();
    await this.#restarting;
    await this.relay.stop(true);
    await this.#options.lease.stop();
  }

  async abandon(): Promise<void> {
    this.#endLooks();
    await Promise.all([this.relay.stop(false), this.parked.stop(0)]);
  }

  /** Begins anew with what the rows say. */
  #carry(): void {
    this.#stale = false;
    this.#restarting = this.#restarting.then(async () => {
      await this.relay.stop(false);
      this.relay.start();
    });
  }

  #accept(entry: OutboxEntry): void {
    const { lease, onMessage, send } = this.#options;
    const epoch = lease.epoch();
    onMessage?.(entry);
    const valid = () => {
      if (lease.held() && lease.epoch() === epoch) return true;
      this.#stale = true;
      return false;
    };
    send(entry, valid, () => this.relay.done(entry.message.id));
  }
}

/** A message that is nearly too large for an outbox is told of without what it said. */
function fitting<Data extends { message: Message }>(data: Data): Data {
  if (JSON.stringify(data).length < MAX_MESSAGE_BYTES - 4_096) return data;
  return { ...data, message: { ...data.message, data: null } };
}
