/**
 * What a lone message costs where every room is a process: one room asks two others in turn, six messages a talk, ten
 * talks a second, with the topics of the whole mall. `KAFKA_BROKERS=… KAFKA_PID=<pid of the broker> node bench/kafka-talk.ts [seconds]`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOM_NAMES } from '#app/modules.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { CarryingBus } from '#platform/bus/embedded.ts';
import { createKafkaBus } from '#platform/bus/kafka.ts';
import { openSqlite } from '#platform/database/sqlite.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLease } from '#platform/outbox/lease.ts';
import { createOutbox } from '#platform/outbox/outbox.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { removeTopics } from '#platform/testing/buses.ts';

const SECONDS = Number(process.argv[2] ?? 20);
const TALKS_A_SECOND = 10;
const ASKED = ['inventory', 'payments', 'inventory'];
const MESSAGES_A_TALK = 2 * ASKED.length;
const JIFFY_MS = 10;

const brokers = process.env.KAFKA_BROKERS;
if (!brokers) throw new Error('KAFKA_BROKERS must hold the address of a broker');
const place = mkdtempSync(join(tmpdir(), 'gomall-talk-'));
const addresses = `${brokers}?prefix=${basename(place)}`;
const log = createLogger('warn');
const ends: (() => Promise<unknown>)[] = [];

/** A room on a bus of its own, as in a process of its own. */
async function open(room: string): Promise<{ bus: CarryingBus; tell(topic: `gomall.${string}.commands` | `gomall.${string}.replies`, subject: string, data: unknown): Promise<unknown> }> {
  const database = await openSqlite({ room, file: join(place, `${room}.sqlite`), entities: [], migrations: platformMigrations, clock: systemClock });
  const bus = createKafkaBus({ addresses, rooms: ROOM_NAMES, clock: systemClock, ids: systemIds, log });
  const lease = createLease({ database, holder: systemIds.uuid(), clock: systemClock, log, alone: true });
  const outbox = createOutbox({ room, clock: systemClock, ids: systemIds, committed: bus.attach(database, lease) });
  ends.push(async () => {
    await bus.stop();
    await database.close();
  });
  return { bus, tell: (topic, subject, data) => database.transaction((tx) => outbox.add(tx, { topic, type: 'talk', version: 1, subject, data })) };
}

const begunAtMs = new Map<string, number>();
const tookMs: number[] = [];
const orders = await open('orders');
const step = (subject: string, number: number) => orders.tell(`gomall.${ASKED[number]!}.commands`, subject, { number, filler: 'x'.repeat(300) });
orders.bus.subscribe({
  topic: 'gomall.*.replies', room: 'orders', mode: 'group',
  async handle(message) {
    const { number } = message.data as { number: number };
    if (number + 1 < ASKED.length) await step(message.subject, number + 1);
    else tookMs.push(performance.now() - begunAtMs.get(message.subject)!);
  },
});
for (const room of new Set(ASKED)) {
  const { bus, tell } = await open(room);
  bus.subscribe({ topic: `gomall.${room}.commands`, room, mode: 'group', handle: async (message) => void (await tell(`gomall.${room}.replies`, message.subject, message.data)) });
  await bus.start();
}
await orders.bus.start();

const brokerMs = (): number => {
  const fields = readFileSync(`/proc/${process.env.KAFKA_PID}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * JIFFY_MS;
};
async function measured(work: () => Promise<void>): Promise<{ mall: number; broker: number }> {
  const cpu = process.cpuUsage();
  const broker = process.env.KAFKA_PID ? brokerMs() : 0;
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { mall: (user + system) / 1_000, broker: process.env.KAFKA_PID ? brokerMs() - broker : 0 };
}
let talk = 0;
async function talks(seconds: number): Promise<void> {
  for (let index = 0; index < seconds * TALKS_A_SECOND; index++) {
    const subject = `talk-${talk++}`;
    begunAtMs.set(subject, performance.now());
    await step(subject, 0);
    await systemClock.sleep(1_000 / TALKS_A_SECOND);
  }
  while (tookMs.length < talk) await systemClock.sleep(5);
}
await talks(8);
const idle = await measured(() => systemClock.sleep(SECONDS * 1_000));
const from = tookMs.length;
const busy = await measured(() => talks(SECONDS));
const took = tookMs.slice(from).sort((a, b) => a - b);
const messages = took.length * MESSAGES_A_TALK;
const at = (share: number) => (took[Math.floor(took.length * share)]! / MESSAGES_A_TALK).toFixed(1);
console.log(`idle, three processes: mall ${(idle.mall / SECONDS).toFixed(1)}, broker ${(idle.broker / SECONDS).toFixed(1)} ms CPU a second`);
console.log(`${TALKS_A_SECOND * MESSAGES_A_TALK} messages a second: mall ${(busy.mall / messages).toFixed(2)}, broker ${(busy.broker / messages).toFixed(2)} ms CPU a message (idle costs included); beyond idle ${((busy.mall - idle.mall) / messages).toFixed(2)} and ${((busy.broker - idle.broker) / messages).toFixed(2)}`);
console.log(`commit to commit, a message: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
for (const end of ends) await end();
await removeTopics(addresses);
rmSync(place, { recursive: true, force: true });
