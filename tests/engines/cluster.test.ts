/**
 * Three brokers in the middle of messages: one of them killed is hardly noticed, two of them stop what rooms tell each
 * other until they are back. It takes minutes, so it runs only when it is named: TEST_ENGINES=kafka3.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectKafka } from '#platform/bus/kafka-client.ts';
import { eventually, KafkaWorld, TOPIC } from '#platform/bus/kafka-world.ts';
import { systemClock } from '#platform/clock/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { openOwnKafka, type OwnKafka } from './own-kafka.ts';

const START_WITHIN_MS = 300_000;
const RECOVERS_WITHIN_MS = 120_000;
/** ConfigResourceTypes.TOPIC, which kafkajs does not export by name to modules. */
const TOPIC_RESOURCE = 2;

let kafka: OwnKafka;
let world: KafkaWorld;
beforeAll(async () => {
  kafka = await openOwnKafka('kafka3');
  world = await KafkaWorld.open(kafka.addresses);
}, START_WITHIN_MS);
afterAll(async () => {
  await world?.close();
  await kafka?.remove();
}, START_WITHIN_MS);

async function withAdmin<Result>(work: (admin: ReturnType<ReturnType<typeof connectKafka>['admin']>) => Promise<Result>): Promise<Result> {
  const admin = connectKafka(kafka.addresses.split(','), createLogger('silent')).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

test('two of three brokers are killed and return: nothing lost, nothing twice, in order, and it goes on by itself', async () => {
  const topic = TOPIC.replace('gomall', world.prefix);
  const partitions = () => withAdmin(async (admin) => (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]!.partitions);
  const inSync = async () => (await partitions()).every(({ isr }) => isr.length === 3);

  const { bus, tell } = world.process();
  await bus.start();
  expect((await partitions()).every(({ replicas }) => replicas.length === 3)).toBe(true);
  const { resources } = await withAdmin((admin) => admin.describeConfigs({ includeSynonyms: false, resources: [{ type: TOPIC_RESOURCE, name: topic, configNames: ['min.insync.replicas'] }] }));
  expect(resources[0]!.configEntries[0]!.configValue).toBe('2');

  let open = true;
  let told = 0;
  const telling = (async () => {
    while (open) {
      await tell(`s${told % 7}`, told++);
      await systemClock.sleep(50);
    }
  })();
  const caughtUp = async () => {
    const held = told;
    await eventually(async () => (await world.count()) >= held, RECOVERS_WITHIN_MS);
  };
  await caughtUp();

  await kafka.act('kill', 'kafka3-1');
  await systemClock.sleep(2_000);
  await caughtUp();
  await kafka.act('start', 'kafka3-1');
  await eventually(inSync, RECOVERS_WITHIN_MS);
  await caughtUp();

  await kafka.act('kill', 'kafka3-2', 'kafka3-3');
  await eventually(() => bus.ailment!() !== null, RECOVERS_WITHIN_MS);
  const before = told;
  await eventually(() => told > before + 40);
  expect((await world.mill.query('select id from platform_outbox')).length).toBeGreaterThan(20);
  // The two at once: each waits for another to vote with.
  await Promise.all([kafka.act('start', 'kafka3-2'), kafka.act('start', 'kafka3-3')]);
  const upAtMs = systemClock.nowMs();
  await caughtUp();
  process.stdout.write(`everything that waited was handled ${((systemClock.nowMs() - upAtMs) / 1_000).toFixed(1)} s after two brokers came back\n`);

  open = false;
  await telling;
  await caughtUp();
  await eventually(() => bus.ailment!() === null, RECOVERS_WITHIN_MS);
  const effects = await world.effects();
  expect([...effects.values()].flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: told }, (_, index) => index));
  for (const [subject, of] of effects) expect([subject, of]).toEqual([subject, of.toSorted((a, b) => a - b)]);
}, 2 * START_WITHIN_MS);
