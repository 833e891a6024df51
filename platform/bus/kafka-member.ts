/**
 * A member of a consumer group, from its joining to the first thing that goes wrong with it: then it is given up with its
 * connections, and whoever has it makes another. What kafkajs gets over by itself in time does not count.
 */
import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Client } from './kafka-client.ts';
import type { Position } from './kafka-positions.ts';
import { countSeconds } from './kafka-patience.ts';
import { SESSION_MS } from './kafka-topics.ts';

/** An empty read waits so long at the broker, and a stop for it. Heartbeats are sent between reads, so it is well below the session. */
const READ_WAITS_MS = SESSION_MS / 3;
/** A rebalance waits so long for members that do not say that they are gone: longer than their session. */
const REBALANCE_MS = 5_000;
/** Without a heartbeat that was answered it does not hear, at least for now: two sessions. */
const DEAF_AFTER_S = (2 * SESSION_MS) / 1_000;
/**
 * And after so long it is given up: longer than a request that is not answered and one more, or a rebalance. A broker that
 * was hung takes itself for another when it goes on, and may leave a member that joins meanwhile without any answer.
 */
const GIVEN_UP_AFTER_S = 12;

export interface MemberOptions {
  open(): Client;
  log: Logger;
  groupId: string;
  topics: readonly string[];
  fromBeginning: boolean;
  onJoin(member: Member, assignment: Record<string, number[]>): void;
  /** What it was assigned may be another's by now. */
  onForget(): void;
  onBatch(payload: EachBatchPayload): Promise<void>;
  /** Told every second: whether a heartbeat or a read has been without answer for some seconds. */
  onDeaf(isDeaf: boolean): void;
  /** Told once, at the end of a member that did not leave. */
  onLost(reason: unknown): void;
}

export class Member {
  readonly #options: MemberOptions;
  readonly #client: Client;
  readonly #consumer: Consumer;
  /** Seconds since a heartbeat or a joining; and since each broker was asked for messages, until it answers. */
  #silentS = 0;
  readonly #readingS = new Map<string, number>();
  #isOver = false;
  #endWatch = () => {};

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#client = options.open();
    this.#consumer = this.#client.kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: SESSION_MS / 4,
      rebalanceTimeout: REBALANCE_MS,
      maxWaitTimeInMs: READ_WAITS_MS,
      allowAutoTopicCreation: false,
      retry: { retries: 5, restartOnFailure: async () => false },
    });
  }

  /** Resolves when it has begun to join, or is lost. */
  async open(): Promise<void> {
    const { topics, fromBeginning, onBatch } = this.#options;
    this.#listen();
    this.#endWatch = countSeconds(() => this.#look());
    try {
      await this.#consumer.connect();
      await this.#consumer.subscribe({ topics: [...topics], fromBeginning });
      await this.#consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: onBatch });
    } catch (error) {
      this.#lose(error);
    }
  }

  seek(topic: string, partition: number, offset: number): void {
    this.#consumer.seek({ topic, partition, offset: String(offset) });
  }

  commit(positions: Position[]): Promise<void> {
    return this.#consumer.commitOffsets(positions);
  }

  /** Leaves the group, so that nobody waits for the end of its session; when that takes longer than `enough`, without a word. */
  async leave(enough: Promise<unknown>): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#endWatch();
    const left = this.#consumer.disconnect().catch((error) => this.#options.log.warn({ err: error }, 'the group could not be left; its members wait until the session has ended'));
    await Promise.race([left, enough]);
    this.#client.cut();
  }

  #listen(): void {
    const { onJoin, onForget } = this.#options;
    const consumer = this.#consumer;
    const unlessOver = (work: () => void) => {
      if (!this.#isOver) work();
    };
    consumer.on('consumer.group_join', ({ payload }) => unlessOver(() => {
      this.#silentS = 0;
      this.#readingS.clear();
      onJoin(this, payload.memberAssignment);
    }));
    consumer.on('consumer.heartbeat', () => void (this.#silentS = 0));
    consumer.on('consumer.fetch_start', ({ payload }) => void this.#readingS.set(String(payload.nodeId), 0));
    consumer.on('consumer.fetch', ({ payload }) => void this.#readingS.delete(String((payload as { nodeId?: unknown }).nodeId)));
    consumer.on('consumer.rebalancing', () => unlessOver(onForget));
    consumer.on('consumer.crash', ({ payload }) => this.#lose(payload.error));
  }

  #look(): void {
    this.#silentS++;
    let longestS = this.#silentS;
    for (const [node, seconds] of this.#readingS) {
      this.#readingS.set(node, seconds + 1);
      longestS = Math.max(longestS, seconds + 1);
    }
    if (longestS >= GIVEN_UP_AFTER_S) this.#lose(new Error(`Kafka has answered nothing for ${longestS} s`));
    else this.#options.onDeaf(longestS >= DEAF_AFTER_S);
  }

  #lose(reason: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#endWatch();
    this.#client.cut();
    this.#options.onLost(reason);
  }
}
