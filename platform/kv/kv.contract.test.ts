/** What every adapter of the kv port promises, one body over all of them. */
import { afterEach, describe, expect, test } from 'vitest';
import { createShiftedClock } from '#platform/clock/shifted.ts';
import { createEmbeddedKv } from './embedded.ts';
import { rateLimit, type Kv } from './kv.ts';

interface Adapter {
  name: string;
  open(): { kv: Kv; pass(ms: number): Promise<void> };
}

const adapters: Adapter[] = [
  {
    name: 'embedded',
    open() {
      const clock = createShiftedClock();
      return { kv: createEmbeddedKv(clock), pass: (ms) => clock.advance(ms) };
    },
  },
];

describe.each(adapters)('kv: $name', ({ open }) => {
  let close = async () => {};
  afterEach(() => close());
  function fresh() {
    const opened = open();
    close = () => opened.kv.close();
    return opened;
  }

  test('a value is there until its time is over, and for how long is told', async () => {
    const { kv, pass } = fresh();
    await kv.set('a', '1', 1_000);
    expect(await kv.get('a')).toBe('1');
    const left = await kv.ttlMs('a');
    expect(left > 0 && left <= 1_000).toBe(true);
    await pass(1_001);
    expect(await kv.get('a')).toBeNull();
    expect(await kv.ttlMs('a')).toBe(0);
  });

  test('setting again takes a new value and a new time', async () => {
    const { kv, pass } = fresh();
    await kv.set('a', '1', 1_000);
    await kv.set('a', '2', 10_000);
    await pass(1_500);
    expect(await kv.get('a')).toBe('2');
    await kv.delete('a');
    expect(await kv.get('a')).toBeNull();
  });

  test('of many that set what is absent one wins, and after its time another can', async () => {
    const { kv, pass } = fresh();
    const won = await Promise.all(Array.from({ length: 20 }, (_, index) => kv.setIfAbsent('lock', String(index), 1_000)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await kv.get('lock')).toBe(String(won.indexOf(true)));
    await pass(1_001);
    expect(await kv.setIfAbsent('lock', 'next', 1_000)).toBe(true);
  });

  test('increments lose nothing, and the time runs from the first', async () => {
    const { kv, pass } = fresh();
    await Promise.all(Array.from({ length: 50 }, () => kv.increment('n', 2, 1_000)));
    expect(await kv.increment('n', -1, 1_000)).toBe(99);
    await pass(600);
    expect(await kv.increment('n', 1, 1_000)).toBe(100);
    await pass(600);
    expect(await kv.increment('n', 1, 1_000)).toBe(1);
  });

  test('a rate limit lets so many through a window, then says how long to wait', async () => {
    const { kv, pass } = fresh();
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
