/**
 * Sends what comes out of the outboxes: one batch after the other for all rooms of the process, in the order given, by
 * an idempotent producer with acks from all replicas. A batch that is not acknowledged is sent again until it is; nothing
 * overtakes it.
 */
import { CompressionTypes, Partitioners, type Kafka, type Producer } from 'kafkajs';
import type { Clock } from '#platform/clock/clock.ts';
import type { Message } from '#platform/bus/bus.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Topics } from './kafka-topics.ts';

/** Messages, and bytes of them, in one batch. A broker takes 1 MB for a partition by default. */
const BATCH = 500;
const BATCH_BYTES = 700_000;
const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
const ACK_WITHIN_MS = 5_000;
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
  kafka: Kafka;
  topics: Topics;
  clock: Clock;
  log: Logger;
  /** Told before `acknowledged`: the partition holds messages up to this offset at least. */
  onSent(topic: string, partition: number, offset: number): void;
}

export class Sender {
  readonly #options: SenderOptions;
  #producer: Producer | null = null;
  /** The last batch was not acknowledged. */
  failing = false;
  #queue: Sealed[] = [];
  #running = false;
  #work: Promise<void> | null = null;
  readonly #stopped = new AbortController();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    await this.#connect();
  }

  add(parcel: Parcel): void {
    if (!this.#running) return;
    this.#queue.push({ parcel, value: JSON.stringify(parcel.message) });
    // One turn later, so that what was committed together travels together.
    this.#work ??= Promise.resolve().then(() => this.#sendAll()).finally(() => (this.#work = null));
  }

  /** Waits for the batch under way; the rest stays in its rows. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#queue = [];
    this.#stopped.abort(new Error('the bus stops'));
    await this.#work;
    await this.#producer?.disconnect();
  }

  async #connect(): Promise<void> {
    const former = this.#producer;
    this.#producer = null;
    await former?.disconnect();
    const producer = this.#options.kafka.producer({
      idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 3 },
    });
    await producer.connect();
    this.#producer = producer;
  }

  async #sendAll(): Promise<void> {
    while (this.#running && this.#queue.length > 0) {
      const batch = this.#take();
      for (let attempt = 1; this.#running; attempt++) {
        try {
          await this.#send(batch.filter(({ parcel }) => parcel.valid()));
          this.failing = false;
          break;
        } catch (error) {
          this.failing = true;
          this.#options.log.warn({ err: error, messages: batch.length }, 'Kafka did not acknowledge messages; they wait in their outboxes and are sent again');
          await this.#recover(attempt);
        }
      }
    }
  }

  #take(): Sealed[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < BATCH && bytes < BATCH_BYTES) bytes += this.#queue[count++]!.value.length;
    return this.#queue.splice(0, count);
  }

  async #send(batch: readonly Sealed[]): Promise<void> {
    if (batch.length === 0) return;
    const byTopic = new Map<string, Sealed[]>();
    for (const sealed of batch) {
      const same = byTopic.get(sealed.parcel.topic);
      if (same) same.push(sealed);
      else byTopic.set(sealed.parcel.topic, [sealed]);
    }
    await this.#options.topics.ensure([...byTopic.keys()]);
    if (!this.#producer) await this.#connect();
    const acks = await this.#producer!.sendBatch({
      acks: -1,
      timeout: ACK_WITHIN_MS,
      compression: CompressionTypes.None,
      topicMessages: [...byTopic].map(([topic, ofTopic]) => ({
        topic,
        messages: ofTopic.map(({ parcel, value }) => ({ key: parcel.message.subject, value, headers: STRUCTURED })),
      })),
    });
    for (const { topicName, partition, baseOffset } of acks) if (baseOffset !== undefined) this.#options.onSent(topicName, partition, Number(baseOffset));
    for (const { parcel } of batch) parcel.acknowledged();
  }

  /** A pause, and a new producer: after a doubtful batch the numbers of the old one may be refused for ever. */
  async #recover(attempt: number): Promise<void> {
    try {
      await this.#options.clock.sleep(Math.min(PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS), this.#stopped.signal);
      await this.#connect();
    } catch (error) {
      if (this.#running) this.#options.log.debug({ err: error }, 'Kafka cannot be reached yet');
    }
  }
}
