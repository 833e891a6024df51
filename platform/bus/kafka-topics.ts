/** What the mall needs of a Kafka cluster before it sends the first message: brokers that answer, their settings, topics. */
import type { Admin } from 'kafkajs';
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { Fault } from '#platform/errors.ts';
import type { Questions } from './kafka-admin.ts';

/** Partitions of a topic: as many processes of one room can share its messages. */
export const PARTITIONS = 6;
/** Kept by so many brokers, where there are so many. */
const REPLICAS = 3;
/** Longer than any outage a room should sleep through, shorter than its inbox remembers (INBOX_DAYS). */
export const RETENTION_MS = 7 * 86_400_000;
/** A member of a group that is silent for so long is replaced. */
export const SESSION_MS = 3_000;
/** ConfigResourceTypes.BROKER, which kafkajs does not export by name to modules. */
const BROKER = 4;
const SESSION_SETTING = 'group.min.session.timeout.ms';

/** New partitions are named by the controller before their leaders answer. */
const LED_WITHIN_MS = 15_000;
const LED_PAUSE_MS = 100;

const KINDS = ['events', 'commands', 'replies'] as const;

/** The topics a room talks on. Its dead letters have one more, made when there is one. */
export const topicsOf = (room: string): string[] => KINDS.map((kind) => `gomall.${room}.${kind}`);

/** Throws a fault that names the setting when a broker would refuse the sessions of the mall. */
export async function checkBrokers(admin: Admin): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: brokers.map(({ nodeId }) => ({ type: BROKER, name: String(nodeId), configNames: [SESSION_SETTING] })),
  });
  for (const { resourceName, configEntries } of resources) {
    const value = Number(configEntries.find(({ configName }) => configName === SESSION_SETTING)?.configValue ?? 0);
    if (value > SESSION_MS) {
      throw new Fault(
        'UNAVAILABLE',
        `KAFKA_BROKERS: broker ${resourceName} has ${SESSION_SETTING}=${value}, and the mall needs ${SESSION_MS} or less, so that a process that was killed is replaced in ${SESSION_MS / 1_000} s. ` +
          `Set ${SESSION_SETTING}=1000 in server.properties (KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS of the container) and start the broker again.`,
      );
    }
  }
}

/** Kafka answers, and is not yet as it will be: waited for, with the reason told. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

export class Topics {
  readonly #questions: Questions;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #partitions: number;
  readonly #named: number;
  readonly #known = new Set<string>();

  /** `named`: the brokers that the mall was told of. */
  constructor(questions: Questions, clock: Clock, log: Logger, { partitions, named }: { partitions: number; named: number }) {
    this.#questions = questions;
    this.#clock = clock;
    this.#log = log;
    this.#partitions = partitions;
    this.#named = named;
  }

  async check(): Promise<void> {
    await this.#questions.ask(checkBrokers);
  }

  /** Makes the topics that are not there; throws a fault where one has too few partitions. */
  async ensure(topics: readonly string[]): Promise<void> {
    const unknown = topics.filter((topic) => !this.#known.has(topic));
    if (unknown.length === 0) return;
    const there = new Set(await this.#questions.ask((admin) => admin.listTopics()));
    const missing = unknown.filter((topic) => !there.has(topic));
    if (missing.length > 0) await this.#create(missing);
    const { topics: found } = await this.#patiently((admin) => admin.fetchTopicMetadata({ topics: [...unknown] }));
    for (const { name, partitions } of found) this.#checkPartitions(name, partitions.length);
    for (const topic of unknown) this.#known.add(topic);
  }

  async #create(topics: readonly string[]): Promise<void> {
    const brokers = (await this.#questions.ask((admin) => admin.describeCluster())).brokers.length;
    const replicationFactor = Math.min(REPLICAS, Math.max(brokers, this.#named));
    // Copies are not added later, so a cluster that is just starting must not make do with one.
    if (brokers < replicationFactor) throw new NotYet(`KAFKA_BROKERS: names ${this.#named} brokers and ${brokers} of them ${brokers === 1 ? 'is' : 'are'} up; topics are made when there are ${replicationFactor}. Start them, or name those that there are.`);
    await this.#questions.ask((admin) => admin.createTopics({
      // Waited for below: this client takes a topic that a broker has not heard of yet for an error.
      waitForLeaders: false,
      topics: topics.map((topic) => ({
        topic,
        numPartitions: this.#partitions,
        replicationFactor,
        configEntries: [
          { name: 'retention.ms', value: String(RETENTION_MS) },
          { name: 'cleanup.policy', value: 'delete' },
          // With three copies a message that was acknowledged outlives any one broker.
          { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
        ],
      })),
    }));
    await this.#patiently((admin) => Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic))));
    this.#log.info({ topics, partitions: this.#partitions, replicationFactor }, 'topics made');
  }

  /** Again until a new topic is known and led everywhere. */
  async #patiently<Result>(question: (admin: Admin) => Promise<Result>): Promise<Result> {
    const untilMs = this.#clock.nowMs() + LED_WITHIN_MS;
    for (;;) {
      try {
        return await this.#questions.ask(question);
      } catch (error) {
        if (this.#clock.nowMs() >= untilMs) throw error;
        await this.#clock.sleep(LED_PAUSE_MS);
      }
    }
  }

  #checkPartitions(topic: string, partitions: number): void {
    if (partitions >= this.#partitions) return;
    throw new Fault(
      'UNAVAILABLE',
      `KAFKA_BROKERS: the topic ${topic} has ${partitions} ${partitions === 1 ? 'partition' : 'partitions'}, and the mall needs ${this.#partitions}. ` +
        `While no message waits in it (messages of one subject change their partition): kafka-topics.sh --alter --topic ${topic} --partitions ${this.#partitions}`,
    );
  }
}
