/**
 * The embedded bus: the outboxes of this process delivered in it. The outbox row is the durable record of a message
 * until every room that listens has handled it, or has taken it over as a delivery row of its own after a failure; so a
 * message that is handled at once costs no write here, and one that was not is delivered again after a crash.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Lease, Term } from '#platform/outbox/lease.ts';
import type { OutboxEntry } from '#platform/outbox/outbox.ts';
import { Relay } from '#platform/outbox/relay.ts';
import { duringTerms, type Terms } from '#platform/outbox/terms.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Bus, DeadLetter, Subscription } from './bus.ts';
import { Deliveries, type WaitingDelivery } from './deliveries.ts';
import { Lanes } from './lanes.ts';
import { matches } from './match.ts';
import { polite, rude } from './rude.ts';

/** How long a stop waits for the handlers in hand. */
export const STOP_WITHIN_MS = 10_000;

export interface EmbeddedBusOptions {
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** Tests: deliver late, twice and shuffled between keys, the same way for the same seed. */
  rudeSeed?: number;
  /** Told each message as it comes out of an outbox, for tests. */
  onMessage?(entry: OutboxEntry): void;
  /** Given what tells how much of a room's outbox is in hand, for metrics. */
  onAttach?(room: string, inHand: () => { messages: number; oldestMs: number }): void;
  /** Told each outcome, for metrics. */
  onDelivery?(room: string, topic: string, outcome: 'handled' | 'failed' | 'dead'): void;
}

/** A bus that carries the outboxes of rooms. */
export interface CarryingBus extends Bus {
  /** Before `start`: carries the outbox in this database while the lease is held. The answer is told every commit. */
  attach(database: Database, lease: Lease): (entry: OutboxEntry) => void;
  /** Another process has committed something to the outbox of this room. */
  wake(room: string): void;
  /**
   * How many deliveries are to be made; whether rows may be waiting that were not read yet; and, when all that is left
   * waits for its time, that time (Unix ms).
   */
  backlog(): { unhandled: number; behind: boolean; nextAtMs: number | null };
  /** What is wrong while it cannot carry, and what that means; null when all is well. Only where something outside can fail. */
  ailment?(): string | null;
  /** False while answers that other rooms have given may not arrive, so that nobody takes it for silence. */
  hears?(): boolean;
  /** Stops like a killed process: forgets everything that is not in a row. */
  abandon(): Promise<void>;
}

interface Source {
  room: string;
  lease: Lease;
  terms: Terms;
  relay: Relay;
  deliveries: Deliveries;
  /** `messageId room` of deliveries that a row exists for. */
  stored: Set<string>;
}

export function createEmbeddedBus(options: EmbeddedBusOptions): CarryingBus {
  const { clock, log } = options;
  const mood = options.rudeSeed === undefined ? polite : rude(options.rudeSeed);
  const sources: Source[] = [];
  const lanes: Lanes[] = [];
  const byTopic = new Map<string, Lanes[]>();
  let running = false;

  function listeners(topic: string): Lanes[] {
    let found = byTopic.get(topic);
    if (!found) byTopic.set(topic, (found = lanes.filter(({ subscription }) => matches(subscription.topic, topic))));
    return found;
  }

  function accept(source: Source, { topic, message }: OutboxEntry): void {
    const term = source.lease.term();
    if (!term) return;
    const targets = listeners(topic);
    options.onMessage?.({ topic, message });
    let open = 1;
    const close = () => {
      if (--open === 0) source.relay.done(message.id);
    };
    for (const target of targets) {
      const { mode, room } = target.subscription;
      if (mode === 'every') pushWatched(target, topic, message);
      else if (!source.stored.has(`${message.id} ${room}`)) {
        open++;
        pushGroup(source, term, target, { room, topic, message, attempts: 0, nextAtMs: 0 }, close);
      }
    }
    close();
  }

  /** `release` is called once, when the outbox row is not needed for this room any more. */
  function pushGroup(source: Source, term: Term, target: Lanes, { room, topic, message, attempts, nextAtMs }: WaitingDelivery, release: () => void): void {
    const name = `${message.id} ${room}`;
    let released = false;
    const releaseOnce = () => {
      if (!released) release();
      released = true;
    };
    target.push({
      message,
      topic,
      attempts,
      notBeforeMs: nextAtMs,
      valid() {
        // What has a delivery row may go on in the next term: it is not read again while it is known here.
        if (source.stored.has(name) ? source.lease.held() : source.lease.term()?.epoch === term.epoch) return true;
        source.stored.delete(name);
        return false;
      },
      handled() {
        options.onDelivery?.(room, topic, 'handled');
        if (source.stored.delete(name)) {
          source.deliveries.handled(message.id, room).catch((error) => log.warn({ err: error, room }, 'a handled delivery could not be removed; it will come again'));
        }
        releaseOnce();
      },
      async postponed(made, atMs, error) {
        options.onDelivery?.(room, topic, 'failed');
        log.warn({ room, topic, type: message.type, messageId: message.id, attempt: made, error }, 'a message was not handled; trying again');
        await source.deliveries.postpone({ room, topic, message, attempts: made, nextAtMs: atMs }, error);
        source.stored.add(name);
        releaseOnce();
      },
      async buried(made, error) {
        await source.deliveries.bury(room, topic, message, made, error, clock.nowMs());
        options.onDelivery?.(room, topic, 'dead');
        log.error({ room, topic, type: message.type, messageId: message.id, error }, 'a message became a dead letter');
        source.stored.delete(name);
        releaseOnce();
      },
    });
  }

  function pushWatched(target: Lanes, topic: string, message: OutboxEntry['message']): void {
    const { room } = target.subscription;
    const report = async (_: number, atMsOrError: number | string, error?: string) => {
      log.warn({ room, topic, type: message.type, error: error ?? atMsOrError }, 'a watcher failed');
    };
    target.push({ message, topic, attempts: 0, notBeforeMs: 0, handled() {}, postponed: report, buried: report });
  }

  async function begin(source: Source, term: Term): Promise<void> {
    if (!running) return;
    for (const waiting of await source.deliveries.waiting()) {
      const name = `${waiting.message.id} ${waiting.room}`;
      const target = listeners(waiting.topic).find(({ subscription }) => subscription.mode === 'group' && subscription.room === waiting.room);
      if (!target || source.stored.has(name)) continue;
      source.stored.add(name);
      pushGroup(source, term, target, waiting, () => {});
    }
    if (!term.over.aborted) source.relay.start();
  }

  async function end(forget: boolean): Promise<void> {
    running = false;
    await Promise.all(lanes.map((each) => each.stop(forget ? STOP_WITHIN_MS : 0)));
    await Promise.all(sources.map((source) => source.relay.stop(forget)));
    for (const source of sources) source.stored.clear();
  }

  return {
    subscribe(subscription: Subscription) {
      if (running) throw new Error('subscribe before the bus starts');
      lanes.push(new Lanes(subscription, clock, mood));
      byTopic.clear();
    },
    attach(database, lease) {
      const { room } = database;
      const source: Source = {
        room,
        lease,
        terms: duringTerms({ room, lease, clock, log, begin: (term) => begin(source, term), end: () => source.relay.stop(true) }),
        deliveries: new Deliveries(database, options.ids),
        relay: new Relay({ database, clock, log, shared: !lease.alone, accept: (entry) => accept(source, entry) }),
        stored: new Set(),
      };
      sources.push(source);
      options.onAttach?.(source.room, () => source.relay.inHand());
      return (entry) => source.relay.committed(entry);
    },
    wake(room) {
      for (const source of sources) if (source.room === room) source.relay.wake();
    },
    async start() {
      running = true;
      for (const each of lanes) each.start();
      await Promise.all(sources.map((source) => source.terms.start()));
    },
    async stop() {
      await end(true);
      await Promise.all(sources.map((source) => source.lease.stop()));
      await Promise.all(sources.map((source) => source.terms.settled()));
    },
    async abandon() {
      await end(false);
      for (const source of sources) source.lease.abandon();
      await Promise.all(sources.map((source) => source.terms.settled()));
    },
    async deadLetters(limit) {
      const found: DeadLetter[] = (await Promise.all(sources.map((source) => source.deliveries.deadLetters(limit)))).flat();
      return found.sort((a, b) => b.atMs - a.atMs).slice(0, limit);
    },
    async replay(id) {
      for (const source of sources) {
        const waiting = await source.deliveries.exhume(id, clock.nowMs());
        if (!waiting) continue;
        const target = listeners(waiting.topic).find(({ subscription }) => subscription.mode === 'group' && subscription.room === waiting.room);
        source.stored.add(`${waiting.message.id} ${waiting.room}`);
        const term = source.lease.term();
        if (target && running && term) pushGroup(source, term, target, waiting, () => {});
        return true;
      }
      return false;
    },
    backlog() {
      const waiting = lanes.filter((each) => each.size() > 0).map((each) => each.nextAtMs());
      return {
        unhandled: lanes.reduce((sum, each) => sum + each.size(), 0),
        behind: sources.some((source) => source.relay.behind()),
        nextAtMs: waiting.includes(null) || waiting.length === 0 ? null : Math.min(...(waiting as number[])),
      };
    },
  };
}
