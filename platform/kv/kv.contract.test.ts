/** What every adapter of the kv port promises, one body over all of them. */
import { afterEach, describe, expect, test } from 'vitest';
import { createShiftedClock } from '#platform/clock/shifted.ts';
import { systemClock } from '#platform/clock/system.ts';
import { Fault } from '#platform/errors.ts';
import { isAway } from '#platform/redis/connection.ts';
import { openConnection } from '#platform/redis/testing.ts';
import { engineAddress } from '#tests/engines.ts';
import { createEmbeddedKv } from './embedded.ts';
import { rateLimit, type Kv } from './kv.ts';
import { localWhenAway } from './local-when-away.ts';
import { createRedisKv, KV_SCRIPTS, type KvClient } from './redis.ts';

interface Opened {
  kv: Kv;
  pass(ms: number): Promise<void>;
}

interface Adapter {
  name: string;
  open(): Opened | Promise<Opened>;
}

const away = async () => {
  throw new Fault('UNAVAILABLE');
};

const adapters: Adapter[] = [
  {
    name: 'embedded',
    open() {
      const clock = createShiftedClock();
      return { kv: createEmbeddedKv(clock), pass: (ms) => clock.advance(ms) };
    },
  },
  {
    name: 'of this process, while the shared one is away',
    open() {
      const clock = createShiftedClock();
      const shared: Kv = { get: away, set: away, setIfAbsent: away, delete: away, increment: away, ttlMs: away, close: async () => {} };
      return { kv: localWhenAway(shared, createEmbeddedKv(clock), isAway), pass: (ms) => clock.advance(ms) };
    },
  },
];

const redis = engineAddress('redis');
if (redis) {
  adapters.push({
    name: 'redis',
    async open() {
      const { connection, prefix } = await openConnection<KvClient>(redis, KV_SCRIPTS);
      // The time to live is Redis's own: it passes as time does.
      return { kv: createRedisKv(connection, prefix), pass: (ms) => systemClock.sleep(ms) };
    },
  });
}

describe.each(adapters)('kv: $name', ({ open }) => {
  let close = async () => {};
  afterEach(() => close());
  async function fresh() {
    const opened = await open();
    close = () => opened.kv.close();
    return opened;
  }

  test('a value is there until its time is over, and for how long is told', async () => {
    const { kv, pass } = await fresh();
    await kv.set('a', '1', 1_000);
    expect(await kv.get('a')).toBe('1');
    const left = await kv.ttlMs('a');
    expect(left > 0 && left <= 1_000).toBe(true);
    await pass(1_001);
    expect(await kv.get('a')).toBeNull();
    expect(await kv.ttlMs('a')).toBe(0);
  });

  test('setting again takes a new value and a new time', async () => {
    const { kv, pass } = await fresh();
    await kv.set('a', '1', 1_000);
    await kv.set('a', '2', 10_000);
    await pass(1_500);
    expect(await kv.get('a')).toBe('2');
    await kv.delete('a');
    expect(await kv.get('a')).toBeNull();
  });

  test('of many that set what is absent one wins, and after its time another can', async () => {
    const { kv, pass } = await fresh();
    const won = await Promise.all(Array.from({ length: 20 }, (_, index) => kv.setIfAbsent('lock', String(index), 1_000)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await kv.get('lock')).toBe(String(won.indexOf(true)));
    await pass(1_001);
    expect(await kv.setIfAbsent('lock', 'next', 1_000)).toBe(true);
  });

  test('increments lose nothing, and the time runs from the first', async () => {
    const { kv, pass } = await fresh();
    await Promise.all(Array.from({ length: 50 }, () => kv.increment('n', 2, 1_000)));
    expect(await kv.increment('n', -1, 1_000)).toBe(99);
    await pass(600);
    expect(await kv.increment('n', 1, 1_000)).toBe(100);
    await pass(600);
    expect(await kv.increment('n', 1, 1_000)).toBe(1);
  });

  test('what cannot be is refused: a key without time, counting on what is no number', async () => {
    const { kv } = await fresh();
    await expect(kv.set('a', '1', 0)).rejects.toThrow(RangeError);
    await expect(kv.setIfAbsent('a', '1', -1)).rejects.toThrow(RangeError);
    await expect(kv.increment('a', 1, Number.NaN)).rejects.toThrow(RangeError);
    await kv.set('a', 'word', 1_000);
    await expect(kv.increment('a', 1, 1_000)).rejects.toThrow(RangeError);
    await kv.set('a', String(Number.MAX_SAFE_INTEGER), 1_000);
    await expect(kv.increment('a', 1, 1_000)).rejects.toThrow(RangeError);
    expect(await kv.get('a')).toBe(String(Number.MAX_SAFE_INTEGER));
  });

  test('keys and values are any text', async () => {
    const { kv } = await fresh();
    for (const text of ['', '{a}b', '}', '购物车 🛒', 'line\r\nbreak', 'x'.repeat(100_000)]) {
      await kv.set(`key ${text}`, text, 1_000);
      expect(await kv.get(`key ${text}`)).toBe(text);
    }
  });

  test('a rate limit lets so many through a window, then says how long to wait', async () => {
    const { kv, pass } = await fresh();
    for (let index = 0; index < 3; index++) expect(await rateLimit(kv, 'r', 3, 1_000)).toBe(0);
    const wait = await rateLimit(kv, 'r', 3, 1_000);
    expect(wait > 0 && wait <= 1_000).toBe(true);
    await pass(1_001);
    expect(await rateLimit(kv, 'r', 3, 1_000)).toBe(0);
  });
});

test('the embedded kv never holds more than it may, and drops what is oldest', async () => {
  const kv = createEmbeddedKv(createShiftedClock(), 3);
  for (const key of ['a', 'b', 'c', 'd']) await kv.set(key, key, 1_000);
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => kv.get(key)))).toEqual([null, 'b', 'c', 'd']);
  await kv.close();
});

test('in the embedded kv no rush of other keys pushes out a counter or a lock; of counters those go first that are not counted on', async () => {
  const kv = createEmbeddedKv(createShiftedClock(), 3);
  for (let count = 1; count <= 5; count++) await kv.increment('tries of ada', 1, 1_000);
  expect(await kv.setIfAbsent('lock', 'mine', 1_000)).toBe(true);
  for (let index = 0; index < 50; index++) await kv.set(`page ${index}`, 'x', 1_000);
  expect(await kv.increment('tries of ada', 1, 1_000)).toBe(6);
  expect(await kv.setIfAbsent('lock', 'yours', 1_000)).toBe(false);

  for (let index = 0; index < 50; index++) {
    await kv.increment(`tries of ${index}`, 1, 1_000);
    await kv.increment('tries of ada', 1, 1_000);
  }
  expect(await kv.get('tries of ada')).toBe('56');
  expect(await kv.get('tries of 0')).toBeNull();

  // A key that is set anew leaves its former space.
  await kv.set('tries of ada', '1', 1_000);
  await kv.delete('tries of ada');
  expect(await kv.get('tries of ada')).toBeNull();
  await kv.close();
});
