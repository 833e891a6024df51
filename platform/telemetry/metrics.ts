/** The numbers a mall is watched by (Prometheus: https://prometheus.io/docs/practices/naming/), one registry a process. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export const registry = new Registry();

const labelNames = ['room'] as const;
const registers = [registry];

export const deliveries = new Counter({
  name: 'gomall_bus_deliveries_total', help: 'Messages given to a room, by outcome: handled, failed, dead.', labelNames: ['room', 'topic', 'outcome'], registers,
});
export const sagaOutcomes = new Counter({
  name: 'gomall_saga_outcomes_total', help: 'Sagas that ended, or got stuck, by state.', labelNames: ['room', 'saga', 'state'], registers,
});
export const writeTransactions = new Histogram({
  name: 'gomall_write_transaction_seconds', help: 'How long write transactions held the database of a room.', labelNames,
  buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10], registers,
});

/** Asked at each scrape: what the relay of a room has in hand. */
const outboxes = new Map<string, () => { messages: number; oldestMs: number }>();
export const watchOutbox = (room: string, inHand: () => { messages: number; oldestMs: number }): void => void outboxes.set(room, inHand);

new Gauge({
  name: 'gomall_outbox_messages', help: 'Messages of a room that are not yet handled by every room that listens.', labelNames, registers,
  collect() {
    for (const [room, inHand] of outboxes) this.set({ room }, inHand().messages);
  },
});
new Gauge({
  name: 'gomall_outbox_lag_seconds', help: 'How long the oldest of these messages has been waiting.', labelNames, registers,
  collect() {
    for (const [room, inHand] of outboxes) this.set({ room }, inHand().oldestMs / 1_000);
  },
});

/** Asked at each scrape: whether a real engine serves. */
const engines = new Map<string, () => boolean>();
export const watchEngine = (engine: string, serves: () => boolean): void => void engines.set(engine, serves);

new Gauge({
  name: 'gomall_engine_up', help: '1 while a real engine serves, 0 while the mall does without it.', labelNames: ['engine'], registers,
  collect() {
    for (const [engine, serves] of engines) this.set({ engine }, serves() ? 1 : 0);
  },
});

type Lag = { room: string; topic: string; messages: number }[];
let askLag: (() => Promise<Lag>) | null = null;
let lag: Lag = [];
let asking = false;
/** `ask` is a question to the brokers: a scrape shows the answer to that of the scrape before, so none waits for a broker. */
export const watchLag = (ask: () => Promise<Lag>): void => void (askLag = ask);

new Gauge({
  name: 'gomall_bus_consumer_lag', help: 'Messages of a topic that a room (all its processes) has not yet handled or put aside.', labelNames: ['room', 'topic'], registers,
  collect() {
    this.reset();
    for (const { room, topic, messages } of lag) this.set({ room, topic }, messages);
    if (!askLag || asking) return;
    asking = true;
    askLag()
      .then((answer) => void (lag = answer), () => void (lag = []))
      .finally(() => void (asking = false));
  },
});

const longest = new Map<string, number>();
new Gauge({
  name: 'gomall_write_transaction_longest_seconds', help: 'The longest write transaction of a room since the last scrape.', labelNames, registers,
  collect() {
    for (const [room, heldMs] of longest) this.set({ room }, heldMs / 1_000);
    for (const room of longest.keys()) longest.set(room, 0);
  },
});

export function observeTransaction(room: string, heldMs: number): void {
  writeTransactions.observe({ room }, heldMs / 1_000);
  if (heldMs > (longest.get(room) ?? -1)) longest.set(room, heldMs);
}

/** CPU, memory, garbage collection and the lag of the event loop (`gomall_nodejs_eventloop_lag_…`). Once a process. */
export function watchProcess(): void {
  collectDefaultMetrics({ register: registry, prefix: 'gomall_' });
}
