/**
 * The bus on Kafka. What rooms tell goes from their outboxes to `gomall.<room>.<kind>`, keyed by subject; each room
 * listens as the group `gomall.<room>`. Offsets move on when a message is handled, or is a row of the room that could
 * not handle it: such rows are tried again in the order of the subject, and later messages of the subject join them.
 * Without Kafka the outboxes keep what is told, and it goes out when Kafka is back.
 */
import type { Database } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import type { Lease } from '#platform/outbox/lease.ts';
import { createOutbox } from '#platform/outbox/outbox.ts';
import type { DeadLetter, Subscription } from './bus.ts';
import { STOP_WITHIN_MS, type CarryingBus, type EmbeddedBusOptions } from './embedded.ts';
import { Questions } from './kafka-admin.ts';
import { openClient, readAddresses } from './kafka-client.ts';
import { lagOf } from './kafka-lag.ts';
import { Listener } from './kafka-listener.ts';
import { readRecord } from './kafka-record.ts';
import { Sender } from './kafka-sender.ts';
import { KafkaSource } from './kafka-source.ts';
import { NotYet, PARTITIONS, Topics, topicsOf } from './kafka-topics.ts';
import { groupQueues, watchQueues } from './kafka-rooms.ts';
import { matches } from './match.ts';

/** A start waits so long for Kafka to answer; then the process goes on without, and connects when it does. */
const REACH_WITHIN_MS = 5_000;
const REACH_PAUSE_MS = 500;
/** And so long, once it has answered, until topics are made and groups are joined. */
const READY_WITHIN_MS = 30_000;
/** How often the log says again why Kafka is not reached. */
const SAY_EVERY_MS = 30_000;
/** Watchers hear again what was told shortly before they began: clocks of producers may be off by so much. */
const WATCH_FROM_MS = 60_000;

const CONSEQUENCE = 'what rooms tell each other waits, so new orders stay PENDING until it is back';

export interface KafkaBusOptions extends Omit<EmbeddedBusOptions, 'rudeSeed'> {
  /** `host:port,host:port?prefix=gomall` */
  addresses: string;
  /** Every room of the mall, in this process or another: their topics are made, and `gomall.*.replies` means them. */
  rooms: readonly string[];
  partitions?: number;
  /** How long a start waits for a broker; 5 s. */
  reachWithinMs?: number;
  /** Given what tells the messages that wait for each room, for metrics. */
  onLag?(lag: () => Promise<{ room: string; topic: string; messages: number }[]>): void;
}

export function createKafkaBus(options: KafkaBusOptions): CarryingBus {
  const { clock, ids, log } = options;
  const { brokers, prefix } = readAddresses(options.addresses);
  const open = () => openClient(brokers, log);
  const questions = new Questions(open);
  const topics = new Topics(questions, clock, log, { partitions: options.partitions ?? PARTITIONS, named: new Set(brokers).size });
  const createdMs = clock.nowMs();
  const sources: KafkaSource[] = [];
  const subscriptions: Subscription[] = [];
  const listeners: { room: string; topics: string[]; listener: Listener }[] = [];
  const stopped = Promise.withResolvers<void>();
  let running = false;
  /** Kafka has answered since the start, and has what the mall needs. */
  let reached = false;

  const toKafka = (topic: string): string => prefix + topic.slice('gomall'.length);
  const nameOf = (topic: string): string => `gomall${topic.slice(prefix.length)}`;
  const onDelivery = options.onDelivery ?? (() => {});

  const sender = new Sender({
    open, topics, clock, log,
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
    const listener = new Listener({ open, questions, clock, log, groupId, topics: heard, ...(beginAt && { beginAt }), queues, nameOf, read: readRecord, joined: queues.joined });
    listeners.push({ room, topics: heard, listener });
    return listener;
  }

  async function openListeners(): Promise<void> {
    const groups = subscriptions.filter(({ mode }) => mode === 'group');
    const watching = subscriptions.filter(({ mode }) => mode === 'every');
    const beginAt = watching.length > 0 ? await beginnings(topicsFor(watching), createdMs - WATCH_FROM_MS) : new Map<string, number>();
    if (!running) return;
    const opened = [...new Set(groups.map(({ room }) => room))].map((room) => listen(room, `${prefix}.${room}`, groups.filter((each) => each.room === room)));
    if (watching.length > 0) opened.push(listen('every', `${prefix}.every.${ids.uuid()}`, watching, beginAt));
    reached = true;
    await Promise.all(opened.map((listener) => listener.start()));
  }

  /** The first offset of each partition at this time (Unix ms), or its end. */
  async function beginnings(heard: readonly string[], sinceMs: number): Promise<Map<string, number>> {
    const found = await questions.ask((admin) => Promise.all(heard.map((topic) => admin.fetchTopicOffsetsByTimestamp(topic, sinceMs))));
    return new Map(found.flatMap((partitions, index) => partitions.map(({ partition, offset }) => [`${heard[index]} ${partition}`, Number(offset)] as const)));
  }

  /** Goes on until Kafka has answered, has what the mall needs, and is listened to; throws what refuses it. */
  async function reach(onAnswer: () => void, mayRefuse: () => boolean): Promise<void> {
    let sayAgainMs = 0;
    while (running) {
      try {
        await topics.check();
        onAnswer();
        await topics.ensure(known().flatMap(topicsOf).map(toKafka));
        return await openListeners();
      } catch (error) {
        if (!running) return;
        if (error instanceof Fault && mayRefuse()) throw error;
        if (clock.nowMs() >= sayAgainMs) {
          log.error(`${error instanceof Fault || error instanceof NotYet ? error.message : unreachable(brokers, error)} New orders stay PENDING until it is mended; nothing needs to be started again.`);
          sayAgainMs = clock.nowMs() + SAY_EVERY_MS;
        }
        await Promise.race([clock.sleep(REACH_PAUSE_MS), stopped.promise]);
      }
    }
  }

  /** Resolves when Kafka is reached, or is late and is waited for in the background. Rejects when it refuses in time. */
  async function reachInTime(): Promise<void> {
    const late = Promise.withResolvers<void>();
    let isLate = false;
    const giveUp = () => {
      isLate = true;
      late.resolve();
    };
    let cancel = clock.after(options.reachWithinMs ?? REACH_WITHIN_MS, giveUp);
    let answered = false;
    const onAnswer = () => {
      if (answered || isLate) return;
      answered = true;
      cancel();
      cancel = clock.after(READY_WITHIN_MS, giveUp);
    };
    await Promise.race([reach(onAnswer, () => !isLate), late.promise]).finally(() => cancel());
  }

  const hears = () => running && reached && !sender.failing && !listeners.some(({ listener }) => listener.lost);

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
        running = true;
        sender.start();
        await Promise.all(sources.map((source) => source.start()));
        await reachInTime();
        options.onLag?.(() => lagOf(questions, prefix, nameOf, listeners.filter(({ room }) => room !== 'every')));
      } catch (error) {
        await bus.stop();
        throw error;
      }
    },
    async stop() {
      running = false;
      stopped.resolve();
      // Set before anything is awaited, so that nothing makes a stop longer.
      const enough = Promise.withResolvers<void>();
      const cancel = clock.after(STOP_WITHIN_MS, () => enough.resolve());
      await Promise.all([...listeners.map(({ listener }) => listener.stop(enough.promise)), ...sources.map((source) => source.parked.stop(STOP_WITHIN_MS))]);
      questions.close();
      await Promise.race([sender.stop(), enough.promise]);
      cancel();
      await Promise.all(sources.map((source) => source.stop()));
    },
    async abandon() {
      running = false;
      stopped.resolve();
      await Promise.all([...listeners.map(({ listener }) => listener.abandon()), ...sources.map((source) => source.abandon())]);
      questions.close();
      await sender.stop();
    },
    ailment() {
      if (!running) return null;
      if (!reached) return `kafka: not reached since the start, the log has the reason; ${CONSEQUENCE}`;
      return hears() ? null : `kafka: does not serve; ${CONSEQUENCE}`;
    },
    hears,
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
      const behind = !reached || toHandle.includes(null) || sources.some((source) => source.relay.behind()) || parked.some((state) => state.behind);
      return {
        unhandled: under + waiting.reduce((sum, state) => sum + state.waiting, 0),
        behind,
        nextAtMs: under > 0 || behind || times.length === 0 || times.includes(null) ? null : Math.min(...(times as number[])),
      };
    },
  };
  return bus;
}

const unreachable = (brokers: readonly string[], error: unknown): string =>
  `KAFKA_BROKERS: no broker answers at ${brokers.join(', ')} (${(error as Error).message}). Start Kafka, or mend the address; a broker that is up must also name itself by an address that can be reached from here (advertised.listeners).`;
