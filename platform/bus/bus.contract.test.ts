/** What every adapter of the bus promises, one body over all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createShiftedClock } from '#platform/clock/shifted.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLease } from '#platform/outbox/lease.ts';
import { createOutbox } from '#platform/outbox/outbox.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestTopics, testBrokers } from '#platform/testing/buses.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { engineAddress } from '#tests/engines.ts';
import { MAX_ATTEMPTS } from './backoff.ts';
import { Unhandleable, type Outbox, type Subscription, type Topic } from './bus.ts';
import { createEmbeddedBus, STOP_WITHIN_MS, type CarryingBus } from './embedded.ts';

interface Adapter {
  name: string;
  /** `place`: a bus of the same place goes on where the former one was stopped or killed. */
  create(parts: { clock: ReturnType<typeof createShiftedClock>; place: string }): CarryingBus;
  /** Removes what a place left behind. */
  clear?(place: string): Promise<void>;
}

const log = createLogger('silent');
const adapters: Adapter[] = [
  { name: 'embedded', create: ({ clock }) => createEmbeddedBus({ clock, ids: systemIds, log }) },
  { name: 'embedded and rude', create: ({ clock }) => createEmbeddedBus({ clock, ids: systemIds, log, rudeSeed: 4 }) },
];
if (engineAddress('kafka')) {
  const { createKafkaBus } = await import('./kafka.ts');
  adapters.push({
    name: 'kafka',
    create: ({ clock, place }) => createKafkaBus({ addresses: testBrokers(place)!, rooms: ['mill'], partitions: 2, clock, ids: systemIds, log }),
    clear: dropTestTopics,
  });
}

const TOPIC: Topic = 'gomall.mill.events';

describe.each(adapters)('the bus: $name', ({ create, clear }) => {
  const cleanups: (() => Promise<unknown> | void)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  /** One room that tells, `mill`, on a file that outlives a crash. */
  async function town(place = mkdtempSync(join(tmpdir(), 'gomall-bus-'))) {
    const clock = createShiftedClock();
    const database: Database = await openTestDatabase({ room: 'mill', place, migrations: platformMigrations });
    const bus = create({ clock, place });
    const lease = createLease({ database, holder: systemIds.uuid(), clock, log, alone: true });
    const outbox: Outbox = createOutbox({ room: 'mill', clock, ids: systemIds, committed: bus.attach(database, lease) });
    let open = true;
    const end = async (how: 'stop' | 'abandon') => {
      if (!open) return;
      open = false;
      await bus[how]();
      clock.clear();
      await database.close();
    };
    cleanups.push(() => rmSync(place, { recursive: true, force: true }), () => dropTestDatabases(place), () => clear?.(place), () => end('abandon'));
    return {
      bus, clock, database, place,
      stop: () => end('stop'),
      kill: () => end('abandon'),
      tell: (subject: string, data: unknown, topic: Topic = TOPIC) => database.transaction((tx) => outbox.add(tx, { topic, type: 'flour.ground', version: 1, subject, data })),
      outbox,
      listen: (room: string, handle: Subscription['handle'], topic: Topic = TOPIC, mode: Subscription['mode'] = 'group') => bus.subscribe({ topic, room, mode, handle }),
      /** All that can be delivered is; time passes over pauses. */
      async quiet() {
        for (;;) {
          const { unhandled, behind, nextAtMs } = bus.backlog();
          if (unhandled === 0 && !behind) return;
          if (nextAtMs !== null) await clock.advance(Math.max(0, nextAtMs - clock.nowMs()));
          else await new Promise((resolve) => setImmediate(resolve));
        }
      },
    };
  }

  /** Messages in the order they were first handled. */
  const firsts = (seen: { id: string; subject: string; data: unknown }[]) => seen.filter(({ id }, index) => seen.findIndex((each) => each.id === id) === index);

  test('what is committed reaches every room that listens; what is rolled back, nobody', async () => {
    const { bus, tell, listen, database, outbox, quiet } = await town();
    const seen: string[] = [];
    for (const room of ['baker', 'brewer']) listen(room, async (message) => void seen.push(`${room} ${message.data}`));
    await bus.start();
    await tell('a', 1);
    const lost = database.transaction(async (tx) => {
      await outbox.add(tx, { topic: TOPIC, type: 'flour.ground', version: 1, subject: 'a', data: 2 });
      throw new Error('no flour');
    });
    await expect(lost).rejects.toThrow('no flour');
    await quiet();
    expect([...new Set(seen)].sort()).toEqual(['baker 1', 'brewer 1']);
  });

  test('a message is a CloudEvent', async () => {
    const { bus, tell, listen, quiet } = await town();
    let message: unknown;
    listen('baker', async (each) => void (message = each));
    await bus.start();
    const { id } = await tell('sack-1', { kg: 25 });
    await quiet();
    expect(message).toMatchObject({
      specversion: '1.0', id, source: '/mill', type: 'flour.ground', subject: 'sack-1', datacontenttype: 'application/json',
      dataschema: 'gomall:gomall.mill.events/flour.ground/1', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), data: { kg: 25 },
    });
  });

  test('messages of a subject come in the order of their commits', async () => {
    const { bus, tell, listen, quiet } = await town();
    const seen: { id: string; subject: string; data: unknown }[] = [];
    listen('baker', async (message) => {
      await systemClock.sleep(systemIds.integer(2));
      seen.push(message);
    });
    for (let index = 0; index < 10; index++) await tell(`s${index % 2}`, index);
    await bus.start();
    // Those who write one subject wait for each other, as they do for the row of an order.
    await Promise.all(['s0', 's1'].map(async (subject, first) => {
      for (let index = first; index < 50; index += 2) await tell(subject, index + 10);
    }));
    await quiet();
    for (const subject of ['s0', 's1']) {
      const numbers = firsts(seen).filter((message) => message.subject === subject).map(({ data }) => data as number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(numbers).toHaveLength(30);
    }
  });

  test('a handler that fails is tried again, and holds back only its own subject', async () => {
    const { bus, tell, listen, quiet } = await town();
    const seen: string[] = [];
    let failures = 3;
    listen('baker', async (message, { attempt }) => {
      if (message.data === 'bad' && (failures-- > 0 || !seen.includes('b4'))) throw new Error(`attempt ${attempt}`);
      seen.push(message.data as string);
    });
    await bus.start();
    await tell('a', 'bad');
    await tell('a', 'after');
    for (let index = 0; index < 5; index++) await tell('b', `b${index}`);
    await quiet();
    const order = [...new Set(seen)];
    expect(order.indexOf('after')).toBeGreaterThan(order.indexOf('bad'));
    expect(order.indexOf('bad')).toBeGreaterThan(order.indexOf('b4'));
    expect(await bus.deadLetters(10)).toEqual([]);
  });

  test('a room that fails keeps no other room from a message', async () => {
    const { bus, tell, listen, database, quiet, clock } = await town();
    const seen: unknown[] = [];
    listen('brewer', async () => Promise.reject(new Error('on fire')));
    listen('baker', async (message) => void seen.push(message.data));
    await bus.start();
    await tell('a', 1);
    await tell('b', 2);
    const untilMs = systemClock.nowMs() + 5_000;
    while (new Set(seen).size < 2 && systemClock.nowMs() < untilMs) await clock.advance(1);
    expect([...new Set(seen)].sort()).toEqual([1, 2]);
    expect((await database.query('select room, attempts from platform_delivery')).every((row) => row.room === 'brewer')).toBe(true);
    await quiet();
  });

  test(`after ${MAX_ATTEMPTS} attempts a message is a dead letter with its cause, its subject goes on, and it can be replayed`, async () => {
    const { bus, tell, listen, quiet } = await town();
    const seen: unknown[] = [];
    const attempts: number[] = [];
    let repaired = false;
    listen('baker', async (message, { attempt }) => {
      if (message.data === 'bad') attempts.push(attempt);
      if (message.data === 'bad' && !repaired) throw new Error('the oven is cold');
      seen.push(message.data);
    });
    await bus.start();
    const { id } = await tell('a', 'bad');
    await tell('a', 'good');
    await quiet();
    expect(new Set(seen)).toEqual(new Set(['good']));
    const [letter, ...more] = await bus.deadLetters(10);
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ room: 'baker', topic: TOPIC, attempts: MAX_ATTEMPTS, error: 'Error: the oven is cold', message: { id } });
    expect(Math.max(...attempts)).toBe(MAX_ATTEMPTS);

    repaired = true;
    attempts.length = 0;
    expect(await bus.replay(letter!.id)).toBe(true);
    await quiet();
    expect(attempts[0]).toBe(1);
    expect(seen).toContain('bad');
    expect(await bus.deadLetters(10)).toEqual([]);
    expect(await bus.replay(letter!.id)).toBe(false);
  });

  test('what can never be handled is a dead letter at the first attempt', async () => {
    const { bus, tell, listen, quiet } = await town();
    listen('baker', async () => Promise.reject(new Unhandleable('not flour')));
    await bus.start();
    await tell('a', 'sand');
    await quiet();
    const letters = await bus.deadLetters(10);
    expect(letters.map(({ attempts, error }) => ({ attempts, error }))).toContainEqual({ attempts: 1, error: 'Unhandleable: not flour' });
  });

  test('after a kill everything that was not handled comes, in order; after a stop, nothing that was', async () => {
    const first = await town();
    first.listen('baker', () => new Promise(() => {}));
    await first.bus.start();
    for (let index = 0; index < 20; index++) await first.tell('a', index);
    await first.kill();

    const second = await town(first.place);
    const seen: { id: string; subject: string; data: unknown }[] = [];
    second.listen('baker', async (message) => void seen.push(message));
    await second.bus.start();
    await second.quiet();
    expect(firsts(seen).map(({ data }) => data)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    await second.stop();

    const third = await town(first.place);
    third.listen('baker', async () => Promise.reject(new Error('it came again')));
    await third.bus.start();
    await third.quiet();
    expect(await third.database.query('select id from platform_outbox where sent_at_ms is null')).toEqual([]);
    expect(await third.bus.deadLetters(10)).toEqual([]);
  });

  test('attempts are counted across a kill', async () => {
    const first = await town();
    let tried = 0;
    first.listen('baker', async (_, { attempt }) => {
      tried = Math.max(tried, attempt);
      throw new Error('the oven is cold');
    });
    await first.bus.start();
    await first.tell('a', 'dough');
    while (tried < 3) await first.clock.advance(100);
    await first.kill();

    const second = await town(first.place);
    const attempts: number[] = [];
    second.listen('baker', async (_, { attempt }) => void attempts.push(attempt));
    await second.bus.start();
    await second.quiet();
    expect(attempts[0]).toBeGreaterThanOrEqual(3);
  });

  test('a stop waits for the message in hand and gives back the rest; not for ever, if a handler hangs', async () => {
    const first = await town();
    let begun = () => {};
    const underWay = new Promise<void>((resolve) => (begun = resolve));
    let ended = false;
    first.listen('baker', async () => {
      begun();
      await systemClock.sleep(20);
      ended = true;
    });
    await first.bus.start();
    await first.tell('a', 1);
    await first.tell('a', 2);
    await underWay;
    await first.stop();
    expect(ended).toBe(true);

    const second = await town(first.place);
    second.listen('baker', () => new Promise(() => {}));
    await second.bus.start();
    const stopped = second.stop();
    await second.clock.advance(STOP_WITHIN_MS);
    await stopped;
  });

  test('`every` listeners get each message, and hold back nobody when they fail', async () => {
    const { bus, tell, listen, quiet, database } = await town();
    const seen: unknown[] = [];
    listen('baker', async (message) => void seen.push(message.data), TOPIC, 'every');
    listen('brewer', async () => Promise.reject(new Error('on fire')), TOPIC, 'every');
    await bus.start();
    await tell('a', 1);
    await quiet();
    expect(seen).toContain(1);
    expect(await bus.deadLetters(10)).toEqual([]);
    expect(await database.query('select * from platform_delivery')).toEqual([]);
  });

  test('one subscription can hear the replies of every room', async () => {
    const { bus, tell, listen, quiet } = await town();
    const seen: unknown[] = [];
    listen('desk', async (message) => void seen.push(message.data), 'gomall.*.replies');
    await bus.start();
    await tell('a', 'reply', 'gomall.mill.replies');
    await tell('a', 'event', 'gomall.mill.events');
    await tell('a', 'command', 'gomall.mill.commands');
    await quiet();
    expect(new Set(seen)).toEqual(new Set(['reply']));
  });

  test('a backlog of thousands, committed while nobody carried, is delivered whole', async () => {
    const { bus, listen, quiet, database, outbox, clock } = await town();
    const seen = new Set<unknown>();
    listen('baker', async (message) => void seen.add(message.data));
    await database.transaction(async (tx) => {
      for (let index = 0; index < 3_000; index++) await outbox.add(tx, { topic: TOPIC, type: 'flour.ground', version: 1, subject: `s${index % 700}`, data: index });
    });
    await bus.start();
    await quiet();
    expect(seen.size).toBe(3_000);
    for (let turn = 0; turn < 2_000 && (await database.query('select id from platform_outbox where sent_at_ms is null limit 1')).length > 0; turn++) await clock.advance(500);
    expect(await database.query('select id from platform_outbox where sent_at_ms is null')).toEqual([]);
  });
});
