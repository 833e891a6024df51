import { describe, expect, test } from 'vitest';
import { availableOf, crossings, statusOf } from './level.ts';

describe('a level in a word', () => {
  test.each([
    [0, 5, 'OUT'], [-1, 5, 'OUT'], [1, 5, 'LOW'], [5, 5, 'LOW'], [6, 5, 'IN_STOCK'], [1, 0, 'IN_STOCK'],
  ])('%i free units with threshold %i is %s', (available, threshold, status) => {
    expect(statusOf(available, threshold)).toBe(status);
  });

  test('units held for orders are not free', () => {
    expect(availableOf({ onHand: 10, held: 4 })).toBe(6);
  });
});

describe('crossings are told once, at the edge', () => {
  test.each([
    [6, 5, { fellLow: true, cameBack: false }],
    [5, 4, { fellLow: false, cameBack: false }],
    [7, 6, { fellLow: false, cameBack: false }],
    [6, 0, { fellLow: true, cameBack: false }],
    [0, 1, { fellLow: false, cameBack: true }],
    [0, 9, { fellLow: false, cameBack: true }],
    [1, 9, { fellLow: false, cameBack: false }],
    [5, 5, { fellLow: false, cameBack: false }],
  ])('from %i to %i free units with threshold 5', (before, after, told) => {
    expect(crossings(before, after, 5)).toEqual(told);
  });
});
