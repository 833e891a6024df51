/** One room's database on the bus: its outbox, carried while the lease is held, and the deliveries that wait in it. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Lease } from '#platform/outbox/lease.ts';
import { MAX_MESSAGE_BYTES, type OutboxEntry } from '#platform/outbox/outbox.ts';
import { Relay } from '#platform/outbox/relay.ts';
import { duringTerms, type Terms } from '#platform/outbox/terms.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Message, Outbox, Subscription } from './bus.ts';
import { Deliveries, type WaitingDelivery } from './deliveries.ts';
import { Parked } from './parked.ts';

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
  readonly #terms: Terms;

  constructor(options: SourceOptions) {
    const { database, lease, clock, ids, log, subscriptionOf, onDelivery } = options;
    this.#options = options;
    this.room = database.room;
    this.deliveries = new Deliveries(database, ids);
    this.relay = new Relay({ database, clock, log, shared: !lease.alone, keepSent: true, accept: (entry) => this.#accept(entry) });
    this.parked = new Parked({ deliveries: this.deliveries, lease, clock, log, subscriptionOf, onDelivery, bury: (delivery, attempts, error) => this.bury(delivery, attempts, error) });
    this.#terms = duringTerms({
      room: this.room, lease, clock, log,
      begin: async () => {
        this.relay.start();
        this.parked.start();
      },
      end: async () => void (await Promise.all([this.relay.stop(true), this.parked.stop(0)])),
    });
  }

  start(): Promise<void> {
    return this.#terms.start();
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
    await this.relay.stop(true);
    await this.#options.lease.stop();
    await this.#terms.settled();
  }

  async abandon(): Promise<void> {
    await Promise.all([this.relay.stop(false), this.parked.stop(0)]);
    this.#options.lease.abandon();
    await this.#terms.settled();
  }

  #accept(entry: OutboxEntry): void {
    const { lease, onMessage, send } = this.#options;
    const term = lease.term();
    if (!term) return;
    onMessage?.(entry);
    // Once false, false for good: what is behind it in the queue is refused too, and the next term begins anew from the rows.
    const valid = () => lease.term()?.epoch === term.epoch;
    send(entry, valid, () => this.relay.done(entry.message.id));
  }
}

/** A message that is nearly too large for an outbox is told of without what it said. */
function fitting<Data extends { message: Message }>(data: Data): Data {
  if (JSON.stringify(data).length < MAX_MESSAGE_BYTES - 4_096) return data;
  return { ...data, message: { ...data.message, data: null } };
}
