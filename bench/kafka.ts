/**
 * What a message costs on Kafka: from a commit of one room to the effect of another, both on SQLite files in this
 * process. `KAFKA_BROKERS=… node bench/kafka.ts [messages]` prints a line for each kind of load.
 */
import { systemClock } from '#platform/clock/system.ts';
import { eventually, KafkaWorld } from '#platform/bus/kafka-world.ts';

const FLOOD = Number(process.argv[2] ?? 20_000);
const TRICKLE = 500;
const TRICKLE_EVERY_MS = 20;
const AT_ONCE = 64;

const addresses = process.env.KAFKA_BROKERS;
if (!addresses) throw new Error('KAFKA_BROKERS must hold the address of a broker');
const world = await KafkaWorld.open(addresses);
const toldAtMs = new Map<string, number>();
const tookMs: number[] = [];
const { bus, tell } = world.process(async ({ subject, data }) => {
  const atMs = toldAtMs.get(`${subject} ${data}`);
  if (atMs !== undefined) tookMs.push(performance.now() - atMs);
});
await bus.start();

let number = 0;
async function one(): Promise<void> {
  const mine = number++;
  const subject = `s${mine % 1_000}`;
  await tell(subject, mine);
  toldAtMs.set(`${subject} ${mine}`, performance.now());
}
async function measured(name: string, count: number, work: () => Promise<unknown>): Promise<void> {
  const from = await world.count();
  tookMs.length = 0;
  const cpu = process.cpuUsage();
  const beganMs = performance.now();
  await work();
  await eventually(async () => (await world.count()) >= from + count, 120_000);
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - beganMs;
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => (tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? 0).toFixed(1);
  console.log(`${name}: ${count} messages, ${((count / wallMs) * 1_000).toFixed(0)}/s, ${((user + system) / 1_000 / count).toFixed(3)} ms CPU a message; commit to handler p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

await measured('warm-up', 2_000, () => Promise.all(Array.from({ length: 2_000 }, one)));
let left = FLOOD;
await measured(`flood, ${AT_ONCE} at once`, FLOOD, () => Promise.all(Array.from({ length: AT_ONCE }, async () => {
  while (left-- > 0) await one();
})));
await measured(`trickle, ${1_000 / TRICKLE_EVERY_MS} a second`, TRICKLE, async () => {
  for (let index = 0; index < TRICKLE; index++) {
    await one();
    await systemClock.sleep(TRICKLE_EVERY_MS);
  }
});
await measured('alone, one after the other', 200, async () => {
  for (let index = 0; index < 200; index++) {
    await one();
    await eventually(async () => (await world.count()) >= number);
  }
});
const cpu = process.cpuUsage();
await systemClock.sleep(5_000);
const { user, system } = process.cpuUsage(cpu);
console.log(`idle: ${((user + system) / 1_000 / 5).toFixed(1)} ms CPU a second`);
await world.close();
