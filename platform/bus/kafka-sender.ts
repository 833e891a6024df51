/**
 * Sends what comes out of the outboxes: one batch after the other for all rooms of the process, in the order given, by
 * an idempotent producer with acks from all replicas. A batch that is not acknowledged is sent again until it is; nothing
 * overtakes it.
 */
import { CompressionTypes, Partitioners, type Producer } from 'kafkajs';
import type { Clock } from '#platform/clock/clock.ts';
import type { Message } from '#platform/bus/bus.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Client } from './kafka-client.ts';
import { countSeconds, within } from './kafka-patience.ts';
import type { Topics } from './kafka-topics.ts';

/** Messages, and bytes of them, in one batch. A broker takes 1 MB for a partition by default. */
const BATCH = 500;
const BATCH_BYTES = 700_000;
const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
const ACK_WITHIN_MS = 5_000;
/** Not acknowledged for so long, it is said that Kafka does not serve; and then the producer is given up for a new one. */
const SLOW_AFTER_S = 5;
const GIVEN_UP_AFTER_S = 15;
const STRUCTURED = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };

export interface Parcel {
  /** As Kafka names it. */
  topic: string;
  message: Message;
  /** False when another process carries this outbox by now: then it is dropped. */
  valid(): boolean;
  acknowledged(): void;
}

/** A parcel and its message as text. */
interface Sealed {
  parcel: Parcel;
  value: string;
}

export interface SenderOptions {
  open(): Client;
  topics: Topics;
  clock: Clock;
  log: Logger;
  /** Told before `acknowledged`: the partition holds messages up to this offset at least. */
  onSent(topic: string, partition: number, offset: number): void;
}

export class Sender {
  readonly #options: SenderOptions;
  #current: { client: Client; producer: Promise<Producer> } | null = null;
  /** The last batch was not acknowledged, or this one is not yet, after some seconds. */
  failing = false;
  #queue: Sealed[] = [];
  #running = false;
  #work: Promise<void> | null = null;
  readonly #stopped = Promise.withResolvers<void>();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** What is added from now on is sent as soon as there is a broker. */
  start(): void {
    this.#running = true;
  }

  add(parcel: Parcel): void {
    if (!this.#running) return;
    this.#queue.push({ parcel, value: JSON.stringify(parcel.message) });
    // One turn later, so that what was committed together travels together.
    this.#work ??= Promise.resolve().then(() => this.#sendAll());
  }

  /** Waits for the batch under way, if it goes well so far; the rest stays in its rows. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#queue = [];
    this.#stopped.resolve();
    if (this.failing) this.#giveUp();
    await this.#work;
    this.#giveUp();
  }

  #giveUp(): void {
    this.#current?.client.cut();
    this.#current = null;
  }

  #connect(): { client: Client; producer: Promise<Producer> } {
    const client = this.#options.open();
    const producer = client.kafka.producer({
      idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 3 },
    });
    return { client, producer: producer.connect().then(() => producer) };
  }

  async #sendAll(): Promise<void> {
    while (this.#running && this.#queue.length > 0) {
      const batch = this.#take();
      for (let attempt = 1; this.#running; attempt++) {
        try {
          await this.#send(batch);
          this.failing = false;
          break;
        } catch (error) {
          this.failing = true;
          this.#options.log.warn({ err: error, messages: batch.length }, 'Kafka did not acknowledge messages; they wait in their outboxes and are sent again');
          await this.#recover(attempt);
        }
      }
    }
    // In the same turn as the look at the queue, so that whoever adds to it later begins anew.
    this.#work = null;
  }

  #take(): Sealed[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < BATCH && bytes < BATCH_BYTES) bytes += this.#queue[count++]!.value.length;
    return this.#queue.splice(0, count);
  }

  async #send(all: readonly Sealed[]): Promise<void> {
    const batch = all.filter(({ parcel }) => parcel.valid());
    if (batch.length === 0) return;
    const byTopic = new Map<string, Sealed[]>();
    for (const sealed of batch) {
      const same = byTopic.get(sealed.parcel.topic);
      if (same) same.push(sealed);
      else byTopic.set(sealed.parcel.topic, [sealed]);
    }
    const endLook = countSeconds((seconds) => {
      if (seconds >= SLOW_AFTER_S) this.failing = true;
    });
    try {
      await this.#options.topics.ensure([...byTopic.keys()]);
      const acks = await within(GIVEN_UP_AFTER_S, 'a batch', this.#produce(byTopic));
      for (const { topicName, partition, baseOffset } of acks) if (baseOffset !== undefined) this.#options.onSent(topicName, partition, Number(baseOffset));
    } finally {
      endLook();
    }
    for (const { parcel } of batch) parcel.acknowledged();
  }

  async #produce(byTopic: ReadonlyMap<string, readonly Sealed[]>) {
    this.#current ??= this.#connect();
    const producer = await this.#current.producer;
    return producer.sendBatch({
      acks: -1,
      timeout: ACK_WITHIN_MS,
      compression: CompressionTypes.None,
      topicMessages: [...byTopic].map(([topic, ofTopic]) => ({
        topic,
        messages: ofTopic.map(({ parcel, value }) => ({ key: parcel.message.subject, value, headers: STRUCTURED })),
      })),
    });
  }

  /** A pause, and a new producer: after a doubtful batch the numbers of the old one may be refused for ever. */
  async #recover(attempt: number): Promise<void> {
    this.#giveUp();
    await Promise.race([this.#options.clock.sleep(Math.min(PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)), this.#stopped.promise]);
  }
}
