import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLockOrder, type OrderLine } from './hold.ts';

const lines: fc.Arbitrary<OrderLine[]> = fc.array(fc.record({ variantId: fc.constantFrom('a', 'B', 'c', 'v10', 'v9'), quantity: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 20 });

test('lines of one variant are added up and nothing is lost', () => {
  expect(inLockOrder([{ variantId: 'b', quantity: 1 }, { variantId: 'a', quantity: 2 }, { variantId: 'b', quantity: 3 }])).toEqual([
    { variantId: 'a', quantity: 2 },
    { variantId: 'b', quantity: 4 },
  ]);
  fc.assert(
    fc.property(lines, (given) => {
      const total = (of: readonly OrderLine[]) => of.reduce((sum, line) => sum + line.quantity, 0);
      expect(total(inLockOrder(given))).toBe(total(given));
    }),
  );
});

test('whatever order an order was written in, its levels are taken in the same one', () => {
  fc.assert(
    fc.property(lines.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))), ([given, shuffled]) => {
      expect(inLockOrder(shuffled)).toEqual(inLockOrder(given));
    }),
  );
});
