/**
 * The bus on Kafka. What rooms tell goes from their outboxes to `gomall.<room>.<kind>`, keyed by subject; each room
 * listens as the group `gomall.<room>`. Offsets move on when a message is handled, or is a row of the room that could
 * not handle it: such rows are tried again in the order of the subject, and later messages of the subject join them.
 * Without Kafka the outboxes keep what is told, and it goes out when Kafka is back.
 */
import type { Admin } from 'kafkajs';
import type { Database } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import type { Lease } from '#platform/outbox/lease.ts';
import { createOutbox } from '#platform/outbox/outbox.ts';
import type { DeadLetter, Subscription } from './bus.ts';
import { STOP_WITHIN_MS, type CarryingBus, type EmbeddedBusOptions } from './embedded.ts';
import { connectKafka, readAddresses } from './kafka-client.ts';
import { Listener } from './kafka-listener.ts';
import { readRecord } from './kafka-record.ts';
import { Sender } from './kafka-sender.ts';
import { KafkaSource } from './kafka-source.ts';
import { PARTITIONS, Topics, topicsOf } from './kafka-topics.ts';
import { groupQueues, watchQueues } from './kafka-rooms.ts';
import { matches } from './match.ts';

/** A process that starts before its Kafka waits so long for it. */
const REACH_WITHIN_MS = 15_000;
const REACH_PAUSE_MS = 500;
/** Watchers hear again what was told shortly before they began: clocks of producers may be off by so much. */
const WATCH_FROM_MS = 60_000;

export interface KafkaBusOptions extends Omit<EmbeddedBusOptions, 'rudeSeed'> {
  /** `host:port,host:port?prefix=gomall` */
  addresses: string;
  /** Every room of the mall, in this process or another: their topics are made, and `gomall.*.replies` means them. */
  rooms: readonly string[];
  partitions?: number;
  /** How long a start waits for a broker; 15 s. */
  reachWithinMs?: number;
  /** Given what tells the messages that wait for each room, for metrics. */
  onLag?(lag: () => Promise<{ room: string; topic: string; messages: number }[]>): void;
}

export function createKafkaBus(options: KafkaBusOptions): CarryingBus {
  const { clock, ids, log } = options;
  const { brokers, prefix } = readAddresses(options.addresses);
  const kafka = connectKafka(brokers, log);
  const admin = kafka.admin();
  const topics = new Topics(admin, clock, log, options.partitions ?? PARTITIONS);
  const createdMs = clock.nowMs();
  const sources: KafkaSource[] = [];
  const subscriptions: Subscription[] = [];
  const listeners: { room: string; topics: string[]; listener: Listener }[] = [];
  let running = false;

  const toKafka = (topic: string): string => prefix + topic.slice('gomall'.length);
  const nameOf = (topic: string): string => `gomall${topic.slice(prefix.length)}`;
  const onDelivery = options.onDelivery ?? (() => {});

  const sender = new Sender({
    kafka, topics, clock, log,
    onSent(topic, partition, offset) {
      for (const { listener } of listeners) listener.sawEnd(topic, partition, offset + 1);
    },
  });

  /** The database of the room that listens; a listener without one (in tests) has its rows with the first that tells. */
  const sourceOf = (room: string): KafkaSource | undefined => sources.find((source) => source.room === room) ?? sources[0];
  const subscriptionOf = (room: string, topic: string): Subscription | undefined =>
    subscriptions.find((each) => each.mode === 'group' && each.room === room && matches(each.topic, topic));

  const known = (): string[] => [...new Set([...options.rooms, ...sources.map(({ room }) => room), ...subscriptions.map(({ topic }) => topic.split('.')[1]!).filter((room) => room !== '*')])];

  function topicsFor(wanted: readonly Subscription[]): string[] {
    const all = known().flatMap(topicsOf);
    return all.filter((topic) => wanted.some((each) => matches(each.topic, topic))).map(toKafka);
  }

  function listen(room: string, groupId: string, wanted: readonly Subscription[], beginAt?: ReadonlyMap<string, number>): Listener {
    const parts = { room, subscriptions: wanted, log, clock, onDelivery, running: () => running };
    const source = sourceOf(room);
    const queues = beginAt || !source ? watchQueues(parts) : groupQueues(parts, source);
    const heard = topicsFor(wanted);
    const listener = new Listener({ kafka, admin, clock, log, groupId, topics: heard, ...(beginAt && { beginAt }), queues, nameOf, read: readRecord, joined: queues.joined });
    listeners.push({ room, topics: heard, listener });
    return listener;
  }

  async function openListeners(): Promise<void> {
    const groups = subscriptions.filter(({ mode }) => mode === 'group');
    const watching = subscriptions.filter(({ mode }) => mode === 'every');
    const opened = [...new Set(groups.map(({ room }) => room))].map((room) => listen(room, `${prefix}.${room}`, groups.filter((each) => each.room === room)));
    if (watching.length > 0) opened.push(listen('every', `${prefix}.every.${ids.uuid()}`, watching, await beginnings(admin, topicsFor(watching), createdMs - WATCH_FROM_MS)));
    await Promise.all(opened.map((listener) => listener.start()));
  }

  async function reach(): Promise<void> {
    const untilMs = clock.nowMs() + (options.reachWithinMs ?? REACH_WITHIN_MS);
    for (;;) {
      try {
        await admin.connect();
        return await topics.check();
      } catch (error) {
        if (error instanceof Fault) throw error;
        if (clock.nowMs() >= untilMs) {
          throw new Fault(
            'UNAVAILABLE',
            `KAFKA_BROKERS: no broker answers at ${brokers.join(', ')} (${(error as Error).message}). Start Kafka, or mend the address; a broker that is up must also name itself by an address that can be reached from here (advertised.listeners).`,
          );
        }
        await clock.sleep(REACH_PAUSE_MS);
      }
    }
  }

  async function close(): Promise<void> {
    await Promise.all([sender.stop(), admin.disconnect()].map((closing) => closing.catch((error) => log.warn({ err: error }, 'a connection to Kafka could not be closed'))));
  }

  const bus: CarryingBus = {
    subscribe(subscription) {
      if (running) throw new Error('subscribe before the bus starts');
      subscriptions.push(subscription);
    },
    attach(database: Database, lease: Lease) {
      const source: KafkaSource = new KafkaSource({
        database, lease, clock, ids, log, subscriptionOf, onDelivery,
        outbox: createOutbox({ room: database.room, clock, ids, committed: (entry) => source.relay.committed(entry) }),
        send: (entry, valid, acknowledged) => sender.add({ topic: toKafka(entry.topic), message: entry.message, valid, acknowledged }),
        ...(options.onMessage && { onMessage: options.onMessage }),
      });
      sources.push(source);
      options.onAttach?.(source.room, () => source.relay.inHand());
      return (entry) => source.relay.committed(entry);
    },
    wake(room) {
      for (const source of sources) if (source.room === room) source.relay.wake();
    },
    async start() {
      try {
        await reach();
        await topics.ensure(known().flatMap(topicsOf).map(toKafka));
        await sender.start();
        running = true;
        await Promise.all(sources.map((source) => source.start()));
        await openListeners();
        options.onLag?.(() => lagOf(admin, prefix, nameOf, listeners.filter(({ room }) => room !== 'every')));
      } catch (error) {
        await bus.stop();
        throw error;
      }
    },
    async stop() {
      running = false;
      // Set before anything is awaited, so that nothing makes a stop longer.
      const enough = Promise.withResolvers<void>();
      const cancel = clock.after(STOP_WITHIN_MS, () => enough.resolve());
      await Promise.all([...listeners.map(({ listener }) => listener.stop(enough.promise)), ...sources.map((source) => source.parked.stop(STOP_WITHIN_MS))]);
      await Promise.race([close(), enough.promise]);
      cancel();
      await Promise.all(sources.map((source) => source.stop()));
    },
    async abandon() {
      running = false;
      await Promise.all([...listeners.map(({ listener }) => listener.abandon()), ...sources.map((source) => source.abandon())]);
      await close();
    },
    ailment: () => (running && (sender.failing || listeners.some(({ listener }) => listener.lost)) ? 'kafka: does not serve; what rooms tell each other waits, so new orders stay PENDING until it is back' : null),
    async deadLetters(limit) {
      const found: DeadLetter[] = (await Promise.all(sources.map((source) => source.deliveries.deadLetters(limit)))).flat();
      return found.sort((a, b) => b.atMs - a.atMs).slice(0, limit);
    },
    async replay(id) {
      for (const source of sources) {
        const waiting = await source.deliveries.exhume(id, clock.nowMs());
        if (!waiting) continue;
        source.parked.take([waiting]);
        return true;
      }
      return false;
    },
    backlog() {
      const toSend = sources.reduce((sum, source) => sum + source.relay.inHand().messages, 0);
      const toHandle = listeners.map(({ listener }) => listener.unhandled());
      const parked = sources.map((source) => source.parked.state());
      const under = toSend + toHandle.reduce<number>((sum, count) => sum + (count ?? 0), 0);
      const waiting = parked.filter((state) => state.waiting > 0);
      const times = waiting.map((state) => state.nextAtMs);
      const behind = toHandle.includes(null) || sources.some((source) => source.relay.behind()) || parked.some((state) => state.behind);
      return {
        unhandled: under + waiting.reduce((sum, state) => sum + state.waiting, 0),
        behind,
        nextAtMs: under > 0 || behind || times.length === 0 || times.includes(null) ? null : Math.min(...(times as number[])),
      };
    },
  };
  return bus;
}

/** The first offset of each partition at this time (Unix ms), or its end. */
async function beginnings(admin: Admin, topics: readonly string[], sinceMs: number): Promise<Map<string, number>> {
  const found = await Promise.all(topics.map((topic) => admin.fetchTopicOffsetsByTimestamp(topic, sinceMs)));
  return new Map(found.flatMap((partitions, index) => partitions.map(({ partition, offset }) => [`${topics[index]} ${partition}`, Number(offset)] as const)));
}

/** What waits for each group, as the brokers tell it, whatever this process believes. */
async function lagOf(admin: Admin, prefix: string, nameOf: (topic: string) => string, listeners: readonly { room: string; topics: string[] }[]): Promise<{ room: string; topic: string; messages: number }[]> {
  const topics = [...new Set(listeners.flatMap((each) => each.topics))];
  const ends = new Map(await Promise.all(topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const)));
  const lags = await Promise.all(
    listeners.map(async ({ room, topics: heard }) => {
      const offsets = await admin.fetchOffsets({ groupId: `${prefix}.${room}`, topics: heard });
      return offsets.map(({ topic, partitions }) => {
        const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
        const messages = ends.get(topic)!.reduce((sum, { partition, high, low }) => sum + Math.max(0, Number(high) - Math.max(committed.get(partition) ?? -1, Number(low))), 0);
        return { room, topic: nameOf(topic), messages };
      });
    }),
  );
  return lags.flat();
}
