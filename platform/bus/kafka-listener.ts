/**
 * One member of a consumer group. Messages go on to subject queues as they are read; an offset is committed when
 * everything before it is handled or parked. After a rebalance what was not begun is forgotten, since its new owner
 * reads it again; what was, ends, and is known by the inbox when it comes again.
 */
import type { EachBatchPayload } from 'kafkajs';
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Message } from './bus.ts';
import type { Questions } from './kafka-admin.ts';
import type { Client } from './kafka-client.ts';
import { Member } from './kafka-member.ts';
import { within } from './kafka-patience.ts';
import { Positions } from './kafka-positions.ts';
import { SubjectQueues, type Item, type QueueHandlers } from './subject-queues.ts';

/** Messages of one listener in memory; the rest stays in Kafka. */
const MAX_IN_HAND = 2_000;
/** A crash repeats what was handled since; the inbox knows it. */
const COMMIT_EVERY_MS = 1_000;
const COMMIT_WITHIN_S = 10;
const JOIN_WITHIN_MS = 30_000;
const RETRY_MS = 500;

export interface ListenerOptions {
  open(): Client;
  questions: Questions;
  clock: Clock;
  log: Logger;
  groupId: string;
  /** As Kafka names them. */
  topics: readonly string[];
  /** Offsets to begin from whenever it joins, and none committed: for listeners without memory. */
  beginAt?: ReadonlyMap<string, number>;
  queues: QueueHandlers;
  /** The topic as the mall names it. */
  nameOf(topic: string): string;
  /** A record as a message; what is none is made into one that cannot be handled. */
  read(topic: string, partition: number, record: { key: Buffer | null; value: Buffer | null; offset: string }): Message;
  /** After each joining, before the first message. */
  joined(): Promise<void>;
}

export class Listener {
  /** It has not joined, or its member was given up and the next has not joined. */
  #isGone = true;
  /** Nothing has been answered for some seconds. The member may get over it without joining anew. */
  #isDeaf = false;
  readonly #options: ListenerOptions;
  readonly #positions = new Positions();
  readonly #queues: SubjectQueues;
  readonly #stopped = Promise.withResolvers<void>();
  readonly #joinedOnce = Promise.withResolvers<void>();
  #member: Member | null = null;
  /** Where a listener without memory goes on after it had to join again. */
  readonly #reached = new Map<string, number>();
  #assigned: readonly { topic: string; partition: number }[] = [];
  #generation = 0;
  #ready: Promise<void> = Promise.resolve();
  #isReady = false;
  #running = false;
  #committing = false;
  #endCommits = () => {};

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#queues = new SubjectQueues(options.queues);
  }

  /** Resolves when it has joined its group, or has tried in vain for a while and goes on trying. */
  async start(): Promise<void> {
    const { clock, groupId, log } = this.#options;
    this.#running = true;
    this.#endCommits = clock.every(COMMIT_EVERY_MS, () => void this.#commit());
    this.#open();
    const cancel = clock.after(JOIN_WITHIN_MS, () => {
      log.error({ groupId }, `KAFKA_BROKERS: the group could not be joined within ${JOIN_WITHIN_MS / 1_000} s; is the coordinator of the cluster (__consumer_offsets) up?`);
      this.#joinedOnce.resolve();
    });
    await Promise.race([this.#joinedOnce.promise, this.#stopped.promise]).finally(cancel);
  }

  /** It does not hear. */
  get lost(): boolean {
    return this.#isGone || this.#isDeaf;
  }

  /** Messages known to be there and not handled; null while it has not joined. */
  unhandled(): number | null {
    return this.#isReady ? this.#positions.lag() : null;
  }

  /** The partition holds messages before this offset. */
  sawEnd(topic: string, partition: number, end: number): void {
    this.#positions.sawEnd(topic, partition, end);
  }

  /** Ends the handlers in hand, at most until `enough`; commits, and leaves the group. */
  async stop(enough: Promise<unknown>): Promise<void> {
    this.#running = false;
    this.#endCommits();
    await this.#queues.close(enough);
    this.#stopped.resolve();
    await Promise.race([this.#commit(), enough]);
    await this.#member?.leave(enough);
  }

  /** Forgets everything, like a process that was killed; the group is left so that tests need not wait for the session. */
  async abandon(): Promise<void> {
    this.#running = false;
    this.#endCommits();
    await this.#queues.close(Promise.resolve());
    this.#stopped.resolve();
    await this.#member?.leave(new Promise(() => {}));
  }

  #open(): void {
    const { open, log, groupId, topics, beginAt } = this.#options;
    const member = new Member({
      open, log, groupId, topics,
      fromBeginning: beginAt === undefined,
      onJoin: (joined, assignment) => this.#onJoin(joined, assignment),
      onForget: () => this.#forget(),
      onBatch: (payload) => this.#onBatch(payload),
      onDeaf: (isDeaf) => (this.#isDeaf = isDeaf),
      onLost: (error) => {
        this.#forget();
        this.#isGone = true;
        log.warn({ err: error, groupId }, 'a listener lost Kafka; it begins again');
        this.#reopen();
      },
    });
    this.#member = member;
    void member.open();
  }

  #reopen(): void {
    this.#member = null;
    this.#options.clock.after(RETRY_MS, () => {
      if (this.#running && !this.#member) this.#open();
    });
  }

  #forget(): void {
    this.#generation++;
    this.#isReady = false;
    this.#queues.drop();
    if (this.#options.beginAt) for (const { topic, partition, offset } of this.#positions.all()) this.#reached.set(`${topic} ${partition}`, Number(offset));
    this.#positions.clear();
  }

  #onJoin(member: Member, assignment: Record<string, number[]>): void {
    this.#forget();
    const generation = this.#generation;
    this.#assigned = Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
    if (this.#options.beginAt) {
      for (const { topic, partition } of this.#assigned) member.seek(topic, partition, this.#beginAt(`${topic} ${partition}`) ?? 0);
    }
    this.#ready = this.#prepare(generation);
  }

  #beginAt(partition: string): number | undefined {
    return this.#reached.get(partition) ?? this.#options.beginAt?.get(partition);
  }

  /** Learns where the partitions stand; again and again until it is known, or another assignment has come. */
  async #prepare(generation: number): Promise<void> {
    while (this.#running && generation === this.#generation) {
      try {
        const assigned = await this.#standing();
        await this.#options.joined();
        if (generation !== this.#generation) return;
        this.#positions.assign(assigned);
        this.#isReady = true;
        this.#isGone = false;
        this.#isDeaf = false;
        this.#joinedOnce.resolve();
        return;
      } catch (error) {
        this.#options.log.warn({ err: error, groupId: this.#options.groupId }, 'offsets could not be read; trying again');
        await this.#options.clock.sleep(RETRY_MS);
      }
    }
  }

  async #standing(): Promise<{ topic: string; partition: number; offset: number; end: number }[]> {
    const { questions, groupId, beginAt } = this.#options;
    const topics = [...new Set(this.#assigned.map(({ topic }) => topic))];
    if (topics.length === 0) return [];
    const [groupOffsets, ...ends] = await questions.ask((admin) => Promise.all([admin.fetchOffsets({ groupId, topics }), ...topics.map((topic) => admin.fetchTopicOffsets(topic))]));
    const committed = new Map<string, number>(groupOffsets.flatMap(({ topic, partitions }) => partitions.map(({ partition, offset }) => [`${topic} ${partition}`, Number(offset)] as const)));
    const bounds = new Map<string, { low: number; high: number }>(topics.flatMap((topic, index) => ends[index]!.map(({ partition, low, high }) => [`${topic} ${partition}`, { low: Number(low), high: Number(high) }] as const)));
    return this.#assigned.map(({ topic, partition }) => {
      const key = `${topic} ${partition}`;
      const { low, high } = bounds.get(key) ?? { low: 0, high: 0 };
      const at = beginAt ? (this.#beginAt(key) ?? low) : (committed.get(key) ?? low);
      return { topic, partition, offset: Math.max(at, low), end: high };
    });
  }

  async #onBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const { clock, nameOf, read } = this.#options;
    const generation = this.#generation;
    const name = nameOf(topic);
    const current = () => this.#running && generation === this.#generation && isRunning() && !isStale();
    while (!this.#isReady && current()) {
      await Promise.race([this.#ready, clock.sleep(RETRY_MS), this.#stopped.promise]);
      await heartbeat();
    }
    this.#positions.sawEnd(topic, partition, Number(batch.highWatermark));
    for (const record of batch.messages) {
      while (this.#queues.size >= MAX_IN_HAND && current()) {
        await this.#queues.below(MAX_IN_HAND, Promise.race([clock.sleep(RETRY_MS), this.#stopped.promise]));
        await heartbeat();
      }
      if (!current()) return;
      const offset = Number(record.offset);
      const item: Item = { topic: name, message: read(name, partition, record), offset, release: this.#positions.begin(topic, partition, offset) };
      this.#queues.push(item);
      resolveOffset(record.offset);
    }
    if (current()) this.#positions.passed(topic, partition, Number(batch.lastOffset()) + 1);
  }

  async #commit(): Promise<void> {
    if (this.#committing || this.#options.beginAt || !this.#member) return;
    const positions = this.#positions.uncommitted();
    if (positions.length === 0) return;
    this.#committing = true;
    try {
      await within(COMMIT_WITHIN_S, 'a commit of offsets', this.#member.commit(positions));
      this.#positions.committed(positions);
    } catch (error) {
      this.#options.log.debug({ err: error, groupId: this.#options.groupId }, 'offsets were not committed; what is behind them may come again');
    } finally {
      this.#committing = false;
    }
  }
}
