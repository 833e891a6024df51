/** The broker killed, and hung with its port open, in the middle of messages. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { eventually, KafkaWorld } from '#platform/bus/kafka-world.ts';
import { openOwnKafka, type OwnKafka } from './own-kafka.ts';

const START_WITHIN_MS = 180_000;
const RECOVERS_WITHIN_MS = 90_000;

let kafka: OwnKafka;
beforeAll(async () => void (kafka = await openOwnKafka()), START_WITHIN_MS);
afterAll(async () => kafka?.remove(), START_WITHIN_MS);

let world: KafkaWorld;
afterEach(async () => {
  await kafka.act('start');
  await world.close();
}, START_WITHIN_MS);

test('four processes start at once on a Kafka that has nothing yet: each begins to listen, none ends', async () => {
  world = await KafkaWorld.open(kafka.addresses);
  const rooms = Array.from({ length: 12 }, (_, index) => `room${index}`);
  const processes = Array.from({ length: 4 }, () => world.process(undefined, { rooms: ['mill', 'baker', ...rooms] }));
  await Promise.all(processes.map(({ bus }) => bus.start()));
  expect(processes.map(({ bus }) => bus.ailment!())).toEqual([null, null, null, null]);
  for (let number = 0; number < 20; number++) await processes[number % 4]!.tell(`s${number}`, number);
  await whole(20);
}, START_WITHIN_MS);

test('a process that starts without Kafka says so, takes what is told, and goes on when Kafka comes', async () => {
  world = await KafkaWorld.open(kafka.addresses);
  await kafka.act('kill');
  const { bus, tell } = world.process(undefined, { reachWithinMs: 500 });
  await bus.start();
  expect(bus.ailment!()).toMatch(/^kafka: not reached since the start/);
  for (let number = 0; number < 20; number++) await tell(`s${number % 7}`, number);
  expect(await world.count()).toBe(0);
  await kafka.act('start');
  await whole(20);
  await eventually(() => bus.ailment!() === null);
}, START_WITHIN_MS);

test('a silence too short for anybody to leave the group is told of, and forgotten when it is over', async () => {
  world = await KafkaWorld.open(kafka.addresses);
  const { bus, tell } = world.process();
  await bus.start();
  for (let round = 0; round < 3; round++) {
    await tell('a', round);
    await kafka.act('pause');
    await eventually(() => bus.ailment!() !== null);
    await kafka.act('resume');
    await eventually(() => bus.ailment!() === null, RECOVERS_WITHIN_MS);
  }
  await whole(3);
}, START_WITHIN_MS);

/** Tells 20 messages a second until told to end. */
function shopper(tell: (subject: string, number: number) => Promise<unknown>) {
  let open = true;
  let told = 0;
  const work = (async () => {
    while (open) {
      await tell(`s${told % 7}`, told++);
      await systemClock.sleep(50);
    }
  })();
  return {
    told: () => told,
    async end() {
      open = false;
      await work;
      return told;
    },
  };
}

async function whole(told: number): Promise<void> {
  await eventually(async () => (await world.count()) >= told, RECOVERS_WITHIN_MS);
  const effects = await world.effects();
  expect([...effects.values()].flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: told }, (_, index) => index));
  for (const [subject, of] of effects) expect([subject, of]).toEqual([subject, of.toSorted((a, b) => a - b)]);
  await eventually(async () => (await world.mill.query('select id from platform_outbox where sent_at_ms is null')).length === 0);
}

test.each([
  ['killed and started again', 'kill', 'start'],
  ['hung with its port open, and let go', 'pause', 'resume'],
] as const)('%s: what was told meanwhile waits in its outbox and goes on, nothing lost, nothing twice', async (_, down, up) => {
  world = await KafkaWorld.open(kafka.addresses);
  const { bus, tell } = world.process();
  await bus.start();
  const { told, end } = shopper(tell);
  await eventually(async () => (await world.count()) > 20);
  await kafka.act(down);
  await systemClock.sleep(8_000);
  const before = told();
  await eventually(() => told() > before + 20);
  expect((await world.mill.query('select id from platform_outbox where sent_at_ms is null')).length).toBeGreaterThan(20);
  await kafka.act(up);
  const upAtMs = systemClock.nowMs();
  const held = told();
  await eventually(async () => (await world.count()) >= held, RECOVERS_WITHIN_MS);
  process.stdout.write(`${down}: everything that waited was handled ${((systemClock.nowMs() - upAtMs) / 1000).toFixed(1)} s after the broker answered\n`);
  await whole(await end());
  await eventually(() => bus.ailment!() === null, RECOVERS_WITHIN_MS);
}, START_WITHIN_MS);
