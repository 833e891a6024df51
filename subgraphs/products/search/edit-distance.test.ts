import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['shirt', 'shirt', 0],
  ['shirt', 'shrit', 1],
  ['shirt', 'shirts', 1],
  ['shirt', 'shit', 1],
  ['耳机', '儿机', 1],
  ['abcdef', 'badcfe', 3],
])('%s and %s are %i apart', (a, b, distance) => {
  expect(editDistance(a, b, 5)).toBe(distance);
});

test('beyond the limit the answer is one more than the limit, and never a wrong number below it', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
      const exact = editDistance(a, b, 20);
      expect(editDistance(a, b, limit)).toBe(Math.min(exact, limit + 1));
      expect(editDistance(b, a, 20)).toBe(exact);
    }),
  );
});
