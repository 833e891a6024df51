/** What the bus on Kafka promises beyond the contract: partitions, groups, rows, topics, refusals. */
import { createServer } from 'node:net';
import type { Admin } from 'kafkajs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { engineAddress } from '#tests/engines.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createKafkaBus } from './kafka.ts';
import { connectKafka } from './kafka-client.ts';
import { checkBrokers, PARTITIONS } from './kafka-topics.ts';
import { eventually, KafkaWorld } from './kafka-world.ts';

const log = createLogger('silent');
const address = engineAddress('kafka');

describe('refused at start', () => {
  test.each(['localhost', 'http://kafka:9092', 'a:1,b', ' , ', 'a:1?prefix=', 'a:1?database=2'])('the address %j, saying what one looks like', (address) => {
    expect(() => createKafkaBus({ addresses: address, rooms: [], clock: systemClock, ids: systemIds, log })).toThrow(/^KAFKA_BROKERS: .*(HOST:PORT|embedded|prefix=NAME)/);
  });

  test('a broker that wants longer sessions, by its setting', async () => {
    const admin = {
      describeCluster: async () => ({ brokers: [{ nodeId: 7, host: 'a', port: 1 }], controller: 7, clusterId: 'c' }),
      describeConfigs: async () => ({ resources: [{ resourceName: '7', configEntries: [{ configName: 'group.min.session.timeout.ms', configValue: '6000' }] }] }),
    } as unknown as Admin;
    await expect(checkBrokers(admin)).rejects.toThrow(/broker 7 has group.min.session.timeout.ms=6000, and the mall needs 3000.*server.properties/);
  });
});

test('a broker that cannot be reached ends no start: the process goes on, and says which address is meant and what to do', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
  const told: string[] = [];
  const listening = { ...log, error: (words: string) => void told.push(words) } as unknown as typeof log;
  const bus = createKafkaBus({ addresses: `127.0.0.1:${port}`, rooms: [], clock: systemClock, ids: systemIds, log: listening, reachWithinMs: 0 });
  await bus.start();
  await eventually(() => told.length > 0);
  expect(told[0]).toMatch(new RegExp(`KAFKA_BROKERS: no broker answers at 127.0.0.1:${port} .*Start Kafka.*advertised.listeners`, 's'));
  expect(bus.ailment!()).toMatch(/^kafka: not reached since the start, the log has the reason; .*PENDING/);
  expect(bus.hears!()).toBe(false);
  await bus.stop();
});

if (address) describe('on Kafka', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function open(): Promise<KafkaWorld> {
    const world = await KafkaWorld.open(address!);
    cleanups.push(() => world.close());
    return world;
  }
  async function admin(): Promise<Admin> {
    const connected = connectKafka([address!], log).admin();
    await connected.connect();
    cleanups.push(() => connected.disconnect());
    return connected;
  }
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

  test('a topic with too few partitions is refused by its name, with the command that mends it', async () => {
    const world = await open();
    const topic = `${world.prefix}.mill.events`;
    await (await admin()).createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    const { bus } = world.process(undefined, { partitions: PARTITIONS });
    await expect(bus.start()).rejects.toThrow(`the topic ${topic} has 1 partition, and the mall needs ${PARTITIONS}`);
  });

  test('while a subject fails, its messages are rows in order, the offsets move on, and others are handled', async () => {
    const world = await open();
    let cold = true;
    const { bus, tell } = world.process(async ({ subject, data }) => {
      if (cold && subject === 'bad' && data === 0) throw new Error('the oven is cold');
    });
    await bus.start();
    for (const number of numbers(10)) {
      await tell('bad', number);
      await tell('good', number);
    }
    const partitions = await admin();
    await eventually(async () => (await world.effects()).get('good')?.length === 10);
    await eventually(async () => {
      const [offsets] = await partitions.fetchOffsets({ groupId: `${world.prefix}.baker`, topics: [`${world.prefix}.mill.events`] });
      return offsets!.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0) === 20;
    });
    const rows = await world.baker.query<{ subject: string; attempts: number }>('select subject, attempts from platform_delivery order by place');
    expect(rows).toHaveLength(10);
    expect(rows.slice(1).every(({ subject, attempts }) => subject === 'bad' && Number(attempts) === 0)).toBe(true);
    await tell('bad', 10);
    cold = false;
    await eventually(async () => (await world.effects()).get('bad')?.length === 11);
    expect((await world.effects()).get('bad')).toEqual(numbers(11));
    await eventually(async () => (await world.baker.query('select message_id from platform_delivery')).length === 0);
    await tell('bad', 11);
    await eventually(async () => (await world.effects()).get('bad')?.length === 12);
  });

  test('a dead letter is told on the topic of its room; what is no message of ours becomes one, and its partition goes on', async () => {
    const world = await open();
    const { bus, tell } = world.process();
    await bus.start();
    const producer = connectKafka([address!], log).producer();
    await producer.connect();
    await producer.send({ topic: `${world.prefix}.mill.events`, messages: [{ key: 'a', value: 'not JSON' }, { key: 'a', value: '{"id":1}' }, { key: 'a', value: null }] });
    await producer.disconnect();
    await tell('a', 0);
    await eventually(async () => (await world.count()) === 1);
    await eventually(async () => (await bus.deadLetters(10)).length === 3);
    const letters = await bus.deadLetters(10);
    expect(letters.every(({ room, error }) => room === 'baker' && error.includes('not a CloudEvent'))).toBe(true);

    const told: unknown[] = [];
    const consumer = connectKafka([address!], log).consumer({ groupId: `${world.prefix}.reader`, maxWaitTimeInMs: 100 });
    cleanups.push(() => consumer.disconnect());
    await consumer.connect();
    const topics = await admin();
    await eventually(async () => (await topics.listTopics()).includes(`${world.prefix}.baker.dead`));
    await consumer.subscribe({ topic: `${world.prefix}.baker.dead`, fromBeginning: true });
    await consumer.run({ eachMessage: async ({ message }) => void told.push(JSON.parse(message.value!.toString())) });
    await eventually(() => told.length === 3);
    expect(told[0]).toMatchObject({ source: '/baker', type: 'message.dead', data: { topic: 'gomall.mill.events', attempts: 1 } });
  });

  test('processes of one room come and go in the middle of messages: every effect once, in the order of its subject', async () => {
    const world = await open();
    const first = world.process(async () => systemClock.sleep(systemIds.integer(4)));
    await first.bus.start();
    const told = numbers(600).map(async (number) => {
      await systemClock.sleep(number * 5);
      await first.tell(`s${number % 20}`, number);
    });
    const second = world.process(async () => systemClock.sleep(systemIds.integer(4)));
    await second.bus.start();
    await eventually(async () => (await world.count()) > 200);
    await second.bus.abandon();
    const third = world.process();
    await third.bus.start();
    await Promise.all(told);
    await third.bus.stop();
    await eventually(async () => (await world.count()) >= 600);
    const effects = await world.effects();
    expect([...effects.values()].flat().toSorted((a, b) => a - b)).toEqual(numbers(600));
    for (const [subject, of] of effects) expect([subject, of]).toEqual([subject, of.toSorted((a, b) => a - b)]);
  }, 60_000);

  test('what waits for a room is a number, as the brokers know it', async () => {
    const world = await open();
    let lag: (() => Promise<{ room: string; topic: string; messages: number }[]>) | undefined;
    let open_ = () => {};
    const gate = new Promise<void>((resolve) => (open_ = resolve));
    const { bus, tell } = world.process(() => gate, { onLag: (asked) => (lag = asked) });
    await bus.start();
    for (const number of numbers(7)) await tell('a', number);
    await eventually(async () => (await lag!()).some(({ room, topic, messages }) => room === 'baker' && topic === 'gomall.mill.events' && messages === 7));
    open_();
    await eventually(async () => (await lag!()).every(({ messages }) => messages === 0));
  });
});
