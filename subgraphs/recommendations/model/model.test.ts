import { expect, test } from 'vitest';
import { smallModel } from '../tests/small-model.ts';
import { createRanker, largest } from './model.ts';

const model = smallModel();

test('what goes with the newest item comes first, what was had does not come back', () => {
  const ranker = createRanker(model);
  expect(ranker.best([2], 4)).toEqual([3, 0, 1]);
  expect(ranker.best([2, 0], 2)).toEqual([1, 3]);
  expect(ranker.best([2, 0], 2, (item) => item === 1)).toEqual([3]);
});

test('without a history it is the most likely ones by themselves', () => {
  expect(createRanker(model).best([], 4)).toEqual([0, 1, 2, 3]);
});

test('a reason is the item of the history that speaks for it, or none', () => {
  const ranker = createRanker(model);
  expect(ranker.because([2, 0], 1)).toBe(0);
  expect(ranker.because([2, 0], 3)).toBe(2);
  expect(ranker.because([2], 1)).toBeNull();
});

test('of a large catalogue what nothing names comes after all that something does', () => {
  const count = 5_000;
  const items = Array.from({ length: count }, (_, item) => `i${item}`);
  const offsets = new Int32Array(count + 1).fill(1);
  offsets[0] = 0;
  const large = createRanker({
    items,
    neighbours: { offsets, items: Int32Array.of(count - 1), weights: Float32Array.of(1) },
    sequence: { width: 1, had: new Float32Array(count), next: new Float32Array(count), bias: Float32Array.from(items, (_, item) => -item / 100) },
    mixture: model.mixture,
  });
  expect(large.best([0], 3)).toEqual([count - 1, 1, 2]);
  const scores = large.score([0]);
  expect(scores[4_000]!).toBeLessThan(scores[900]! - 1_000);
  expect(scores[4_000]!).toBeGreaterThan(scores[4_500]!);
});

test('the largest, best first, fewer where there are fewer', () => {
  expect(largest(Float32Array.of(3, 1, 4, 1, 5, 9, 2, 6), 3, (item) => item === 5)).toEqual([7, 4, 2]);
  expect(largest(Float32Array.of(1, 2), 5, () => false)).toEqual([1, 0]);
});
