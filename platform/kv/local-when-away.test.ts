import { beforeEach, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { Fault } from '#platform/errors.ts';
import { isAway } from '#platform/redis/connection.ts';
import { createEmbeddedKv } from './embedded.ts';
import type { Kv } from './kv.ts';
import { localWhenAway } from './local-when-away.ts';

let clock: ShiftedClock;
let engine: Kv;
let answers: boolean;
/** Two processes on one engine that can be taken away. */
let one: Kv;
let two: Kv;
beforeEach(() => {
  clock = createShiftedClock();
  engine = createEmbeddedKv(clock);
  answers = true;
  const gate = <Arguments extends unknown[], Answer>(call: (...given: Arguments) => Promise<Answer>) => async (...given: Arguments) => {
    if (!answers) throw new Fault('UNAVAILABLE');
    return call(...given);
  };
  const shared: Kv = {
    get: gate(engine.get), set: gate(engine.set), setIfAbsent: gate(engine.setIfAbsent), delete: gate(engine.delete),
    increment: gate(engine.increment), ttlMs: gate(engine.ttlMs), close: async () => {},
  };
  [one, two] = [localWhenAway(shared, createEmbeddedKv(clock), isAway), localWhenAway(shared, createEmbeddedKv(clock), isAway)];
});

test('what several processes counted while the engine was away is added to what it knew, once', async () => {
  await one.increment('n', 1, 60_000);
  answers = false;
  expect([await one.increment('n', 2, 60_000), await two.increment('n', 3, 60_000)]).toEqual([2, 3]);
  answers = true;
  expect(await one.get('n')).toBe('3');
  expect(await two.increment('n', 1, 60_000)).toBe(7);
  expect([await one.get('n'), await two.get('n')]).toEqual(['7', '7']);
});

test('a count of that time keeps its own end', async () => {
  answers = false;
  await one.increment('n', 1, 10_000);
  await clock.advance(9_000);
  answers = true;
  expect(await one.ttlMs('n')).toBeLessThanOrEqual(1_000);
  answers = false;
  await one.increment('m', 1, 10_000);
  await clock.advance(10_001);
  answers = true;
  expect(await one.increment('m', 1, 10_000)).toBe(1);
});

test('an engine that is away again while counts are handed over loses none of them', async () => {
  answers = false;
  await one.increment('n', 5, 60_000);
  expect(await one.get('n')).toBe('5');
  expect(await one.increment('n', 1, 60_000)).toBe(6);
  answers = true;
  expect(await one.get('n')).toBe('6');
});

test('a value of that time is forgotten, so that nobody reads what others have since deleted', async () => {
  await one.set('a', 'old', 60_000);
  answers = false;
  await one.set('a', 'own', 60_000);
  expect([await one.get('a'), await two.get('a')]).toEqual(['own', null]);
  answers = true;
  expect(await one.get('a')).toBe('old');
  await two.delete('a');
  expect(await one.get('a')).toBeNull();
});

test('a success clears what was counted, on both sides', async () => {
  answers = false;
  await one.increment('n', 1, 60_000);
  await one.delete('n');
  answers = true;
  expect(await one.get('n')).toBeNull();
  expect(await one.increment('n', 1, 60_000)).toBe(1);
});

test('a mistake of the caller is told, not covered up', async () => {
  await one.set('a', 'word', 60_000);
  await expect(one.increment('a', 1, 60_000)).rejects.toThrow(RangeError);
});
