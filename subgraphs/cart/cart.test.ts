import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptPrices, addUnits, MAX_LINES, MAX_TOTAL_MINOR, MAX_UNITS_A_LINE, merge, problemsOf, setUnits, subtotalOf, takeOff,
  type CartLine, type Decision, type FullFacts,
} from './cart.ts';

const line = (variantId: string, quantity: number, seenPriceMinor = 100): CartLine => ({ id: `line-${variantId}`, variantId, quantity, seenPriceMinor, addedAtMs: 0 });
const units = (variantId: string, quantity: number) => ({ lineId: `line-${variantId}`, variantId, quantity, nowMs: 7 });

function facts(given: Record<string, { price?: number; stock?: number; sellable?: boolean }>): FullFacts {
  const entries = Object.entries(given);
  return {
    quotes: new Map(entries.map(([id, { price = 100, sellable = true }]) => [id, { priceMinor: price, sellable }])),
    available: new Map(entries.map(([id, { stock = 10_000 }]) => [id, stock])),
  };
}
const quantities = (decision: Decision) => ('lines' in decision ? Object.fromEntries(decision.lines.map((each) => [each.variantId, each.quantity])) : decision);

describe('adding', () => {
  test('a new line goes last, with the price of now as seen', () => {
    const decision = addUnits([line('a', 1)], units('b', 2), facts({ a: {}, b: { price: 250 } }));
    expect(decision).toEqual({ lines: [line('a', 1), { ...line('b', 2, 250), addedAtMs: 7 }] });
  });

  test('more of what is there adds up, and keeps the price seen until it is accepted', () => {
    expect(addUnits([line('a', 1, 90)], units('a', 2), facts({ a: { price: 100 } }))).toEqual({ lines: [line('a', 3, 90)] });
  });

  test.each([
    ['an unknown variant', [], units('x', 1), facts({}), { refused: 'VARIANT_UNAVAILABLE' }],
    ['an archived variant', [], units('a', 1), facts({ a: { sellable: false } }), { refused: 'VARIANT_UNAVAILABLE' }],
    ['more than are there', [line('a', 3)], units('a', 2), facts({ a: { stock: 4 } }), { refused: 'OUT_OF_STOCK', variantId: 'a', available: 4 }],
    ['a sold-out variant', [], units('a', 1), facts({ a: { stock: -2 } }), { refused: 'OUT_OF_STOCK', variantId: 'a', available: 0 }],
    ['more than fit on a line', [line('a', 999)], units('a', 1), facts({ a: {} }), { refused: 'QUANTITY_LIMIT' }],
    ['the largest quantity there is', [line('a', 999)], units('a', 2_147_483_647), facts({ a: {} }), { refused: 'OUT_OF_STOCK', variantId: 'a', available: 10_000 }],
    ['a total beyond all sums', [line('a', 2, 1_000_000_000)], units('b', 1), facts({ a: { price: 1_000_000_000 }, b: { price: 147_483_648 } }), { refused: 'TOTAL_TOO_LARGE' }],
  ] as const)('%s is refused', (_, lines, wanted, known, refused) => {
    expect(addUnits(lines, wanted, known)).toEqual(refused);
  });

  test('the largest total is allowed to the last minor unit', () => {
    const known = facts({ a: { price: 1_000_000_000 }, b: { price: 147_483_647 } });
    expect(quantities(addUnits([line('a', 2, 1_000_000_000)], units('b', 1), known))).toEqual({ a: 2, b: 1 });
  });

  test('the hundredth line fits, one more does not; more units of a line that is there do', () => {
    const names = Array.from({ length: MAX_LINES }, (_, index) => `v${index}`);
    const full = names.map((name) => line(name, 1));
    const known = facts(Object.fromEntries([...names, 'more'].map((name) => [name, {}])));
    expect('lines' in addUnits(full.slice(1), units('more', 1), known)).toBe(true);
    expect(addUnits(full, units('more', 1), known)).toEqual({ refused: 'CART_FULL' });
    expect('lines' in addUnits(full, units('v0', 1), known)).toBe(true);
  });
});

describe('setting', () => {
  const never = () => {
    throw new Error('no facts are needed for less');
  };

  test('less and nothing need no other room', () => {
    expect(quantities(setUnits([line('a', 5)], 'line-a', 2, never))).toEqual({ a: 2 });
    expect(quantities(setUnits([line('a', 5), line('b', 1)], 'line-a', 0, never))).toEqual({ b: 1 });
    expect(quantities(setUnits([line('a', 5)], 'line-a', 5, never))).toEqual({ a: 5 });
    expect(setUnits([line('a', 5)], 'line-b', 0, never)).toEqual({ refused: 'LINE_NOT_FOUND' });
  });

  test('more is decided like adding', () => {
    expect(setUnits([line('a', 5)], 'line-a', 7, () => facts({ a: { stock: 6 } }))).toEqual({ refused: 'OUT_OF_STOCK', variantId: 'a', available: 6 });
    expect(quantities(setUnits([line('a', 5)], 'line-a', 6, () => facts({ a: { stock: 6 } })))).toEqual({ a: 6 });
  });
});

describe('problems', () => {
  test.each([
    ['none', line('a', 2), facts({ a: {} }), []],
    ['a price that rose', line('a', 2), facts({ a: { price: 120 } }), ['PRICE_MOVED']],
    ['a price that fell', line('a', 2), facts({ a: { price: 80 } }), ['PRICE_MOVED']],
    ['too few', line('a', 2), facts({ a: { stock: 1 } }), ['STOCK_SHORT']],
    ['none left', line('a', 2), facts({ a: { stock: 0 } }), ['OUT_OF_STOCK']],
    ['none left and dearer', line('a', 2), facts({ a: { stock: 0, price: 120 } }), ['PRICE_MOVED', 'OUT_OF_STOCK']],
    ['archived', line('a', 2), facts({ a: { sellable: false, price: 120, stock: 0 } }), ['UNAVAILABLE']],
    ['products silent', line('a', 2), { ...facts({ a: { stock: 1 } }), quotes: null }, ['STOCK_SHORT', 'NOT_CHECKED']],
    ['inventory silent', line('a', 2), { ...facts({ a: { price: 120 } }), available: null }, ['PRICE_MOVED', 'NOT_CHECKED']],
    ['both silent', line('a', 2), { quotes: null, available: null }, ['NOT_CHECKED']],
  ])('%s', (_, each, known, codes) => {
    expect(problemsOf(each, known).map(({ code }) => code)).toEqual(codes);
  });

  test('accepted prices are no problem any more', () => {
    const known = facts({ a: { price: 120 } });
    expect(acceptPrices([line('a', 2), line('gone', 1)], known)).toEqual([line('a', 2, 120), line('gone', 1)]);
  });
});

describe('taking off what was ordered', () => {
  test('what was added since stays', () => {
    expect(takeOff([line('a', 5), line('b', 2)], [{ variantId: 'a', quantity: 3 }, { variantId: 'b', quantity: 2 }, { variantId: 'c', quantity: 1 }])).toEqual([line('a', 2)]);
    expect(takeOff([line('a', 5)], [{ variantId: 'a', quantity: 3 }, { variantId: 'a', quantity: 9 }])).toEqual([]);
  });

  test('a line that was begun after the order is not the one that was ordered', () => {
    const now = line('a', 2);
    expect(takeOff([now], [{ variantId: 'a', quantity: 1, lineId: 'an earlier line' }])).toEqual([now]);
    expect(takeOff([now], [{ variantId: 'a', quantity: 1, lineId: now.id }])).toEqual([line('a', 1)]);
  });
});

describe('merging', () => {
  test('quantities add up as far as a line goes; the shopper keeps the price seen', () => {
    expect(merge([line('a', 600, 100), line('b', 1)], [line('a', 500, 90), line('c', 2)])).toEqual([line('a', MAX_UNITS_A_LINE, 100), line('b', 1), line('c', 2)]);
  });

  const lines = (prefix: string) =>
    fc.uniqueArray(
      fc.record({ n: fc.integer({ min: 0, max: 130 }), quantity: fc.integer({ min: 1, max: 999 }), price: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: MAX_TOTAL_MINOR })) }),
      { selector: ({ n }) => n, maxLength: MAX_LINES },
    ).map((drawn) => drawn.map(({ n, quantity, price }): CartLine => ({ ...line(`v${n}`, quantity, price), id: `${prefix}${n}` })))
      .filter((drawn) => subtotalOf(drawn, { quotes: null }) <= MAX_TOTAL_MINOR);

  test('never beyond a limit, never less than the shopper had, never more than both together', () => {
    fc.assert(
      fc.property(lines('own-'), lines('guest-'), (own, guest) => {
        const merged = merge(own, guest);
        expect(merged.length).toBeLessThanOrEqual(MAX_LINES);
        expect(new Set(merged.map(({ variantId }) => variantId)).size).toBe(merged.length);
        expect(subtotalOf(merged, { quotes: null })).toBeLessThanOrEqual(MAX_TOTAL_MINOR);
        for (const { variantId, quantity } of merged) {
          const had = own.find((each) => each.variantId === variantId)?.quantity ?? 0;
          const brought = guest.find((each) => each.variantId === variantId)?.quantity ?? 0;
          expect(quantity).toBeGreaterThanOrEqual(Math.max(had, 1));
          expect(quantity).toBeLessThanOrEqual(Math.min(had + brought, MAX_UNITS_A_LINE));
        }
        expect(merged.slice(0, own.length).map(({ id }) => id)).toEqual(own.map(({ id }) => id));
      }),
    );
  });
});
