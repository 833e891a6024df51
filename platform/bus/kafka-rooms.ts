/** What a room does with the messages its listener reads: handle, park, bury. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { pauseAfter } from './backoff.ts';
import { Unhandleable, type Subscription } from './bus.ts';
import type { WaitingDelivery } from './deliveries.ts';
import { UNREADABLE } from './kafka-record.ts';
import type { KafkaSource } from './kafka-source.ts';
import { matches } from './match.ts';
import type { Item, QueueHandlers } from './subject-queues.ts';

/** Between two attempts to write down that something failed. */
const PARK_PAUSE_MS = 500;

export interface RoomParts {
  room: string;
  subscriptions: readonly Subscription[];
  log: Logger;
  clock: Clock;
  onDelivery(room: string, topic: string, outcome: 'handled' | 'failed' | 'dead'): void;
  /** False once the bus stops: what is not written down by then comes again. */
  running(): boolean;
}

export type RoomQueues = QueueHandlers & { joined(): Promise<void> };

/** Handlers of a group: what fails becomes rows in the room's database, in the order of its subject. */
export function groupQueues({ room, subscriptions, log, clock, onDelivery, running }: RoomParts, source: KafkaSource): RoomQueues {
  /** Subjects that may have rows. Only the owner of a partition adds any, so what is not here has none. */
  let waiting = new Set<string>();

  async function save(items: readonly Item[], error: unknown): Promise<void> {
    const nowMs = clock.nowMs();
    const text = error === undefined ? null : describe(error);
    const [head] = items as [Item];
    if (error instanceof Unhandleable) return source.bury({ room, topic: head.topic, message: head.message, attempts: 0, nextAtMs: 0 }, 1, text!);
    const deliveries = items.map(({ topic, message, offset }, index): WaitingDelivery => {
      const failed = index === 0 && error !== undefined;
      return { room, topic, message, place: offset, attempts: failed ? 1 : 0, nextAtMs: failed ? nowMs + pauseAfter(1) : nowMs };
    });
    await source.deliveries.park(deliveries, text);
    source.parked.take(deliveries);
    if (error === undefined) return;
    onDelivery(room, head.topic, 'failed');
    log.warn({ room, topic: head.topic, type: head.message.type, messageId: head.message.id, attempt: 1, error: text }, 'a message was not handled; trying again');
  }

  return {
    async joined() {
      waiting = new Set(await source.deliveries.waitingSubjects(room));
    },
    async handle({ topic, message }) {
      if (message.type === UNREADABLE) throw new Unhandleable(`what is on ${topic} is not a CloudEvent in JSON`);
      for (const each of subscriptions) if (matches(each.topic, topic)) await each.handle(message, { attempt: 1 });
      onDelivery(room, topic, 'handled');
    },
    async mustWait(key) {
      if (!waiting.has(key)) return false;
      const [topic, subject] = key.split('\n') as [string, string];
      try {
        if (await source.deliveries.waits(room, topic, subject)) return true;
        waiting.delete(key);
        return false;
      } catch (error) {
        // Nobody can tell: then it waits, and parking it is tried until the database answers.
        log.warn({ err: error, room }, 'the room could not look for deliveries that wait');
        return true;
      }
    },
    async park(key, items, error) {
      while (running()) {
        try {
          // Known before it is written, so that a message of the subject that comes meanwhile looks for the row.
          if (!(error instanceof Unhandleable)) waiting.add(key);
          await save(items, error);
          return true;
        } catch (cause) {
          log.warn({ err: cause, room }, 'a failure could not be written down; trying again');
          await clock.sleep(PARK_PAUSE_MS);
        }
      }
      return false;
    },
    final: (error) => error instanceof Unhandleable,
  };
}

/** Handlers of watchers: nothing is remembered, a failure is told to the log. */
export function watchQueues({ subscriptions, log }: RoomParts): RoomQueues {
  return {
    joined: async () => {},
    async handle({ topic, message }) {
      for (const each of subscriptions) {
        if (!matches(each.topic, topic)) continue;
        try {
          await each.handle(message, { attempt: 1 });
        } catch (error) {
          log.warn({ room: each.room, topic, type: message.type, error: describe(error) }, 'a watcher failed');
        }
      }
    },
    mustWait: async () => false,
    park: async () => true,
    final: () => true,
  };
}

const describe = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
