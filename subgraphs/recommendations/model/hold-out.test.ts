import { expect, test } from 'vitest';
import { collect } from './interactions.ts';
import { holdOutLast } from './hold-out.ts';
import { judge } from './judge.ts';

const row = (user: string, item: string, atMs: number) => ({ user, item, atMs });

test('the last interaction by time of every user with three is held back, whatever the order of the lines', () => {
  const { training, held } = holdOutLast(collect([row('u', 'c', 3), row('u', 'a', 1), row('v', 'a', 1), row('v', 'b', 2), row('u', 'b', 2), row('w', 'a', 6), row('w', 'd', 7), row('w', 'b', 5)]));
  expect(training.items).toEqual(['a', 'b']);
  expect(held.map(({ user, item, before }) => [training.users[user], item, [...before.items].map((each) => training.items[each])])).toEqual([
    ['u', -1, ['a', 'b']],
    ['w', -1, ['b', 'a']],
  ]);
  expect(training.offsets.at(-1)).toBe(6);
});

test('of what was done at the same time neither the first nor the last of a sorted file is the later one', () => {
  const users = Array.from({ length: 400 }, (_, number) => `u${number}`);
  const sorted = users.flatMap((user) => [row(user, 'a', 1), row(user, 'b', 2), row(user, 'c', 2)]);
  const { training, held } = holdOutLast(collect(sorted));
  const last = held.filter(({ item }) => training.items[item] === 'c').length;
  expect(held).toHaveLength(users.length);
  expect(last).toBeGreaterThan(150);
  expect(last).toBeLessThan(250);
});

test('NDCG counts the place among what the user has not had; cold items and repeats are misses, ties win nothing', () => {
  const history = { items: Int32Array.of(0), atMs: Float64Array.of(1) };
  const held = (item: number) => [{ user: 0, before: history, item, atMs: 2 }];
  const scores = Float32Array.of(9, 8, 7, 7, 7, 1);
  expect(judge(held(1), () => scores)).toMatchObject({ ndcg: 1, recall: 1 });
  expect(judge(held(3), () => scores).ndcg).toBeCloseTo(1 / Math.log2(4));
  expect(judge(held(-1), () => scores)).toMatchObject({ ndcg: 0, recall: 0 });
  expect(judge(held(0), () => scores)).toMatchObject({ ndcg: 0, recall: 0 });
  expect(judge([...held(1), ...held(-1)], () => scores)).toMatchObject({ ndcg: 0.5, recall: 0.5 });
  expect(judge(held(20), () => new Float32Array(40))).toMatchObject({ ndcg: 0, recall: 0 });
});
