import { expect, test } from 'vitest';
import { accept, adopt, begin, EMPTY_CART, itemCount, refuse, shown, type Cart } from './cart.ts';

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });

function cart(version: number, quantities: Record<string, number>): Cart {
  const lines = Object.entries(quantities).map(([id, quantity]) => ({ id, quantity, variant: null, unitPrice: usd(1000), lineTotal: usd(1000 * quantity), problems: [] }));
  const itemCount = lines.reduce((sum, line) => sum + line.quantity, 0);
  return { id: 'c', couponCode: null, version, itemCount, lines, subtotal: usd(itemCount * 1000), discount: usd(0), total: usd(itemCount * 1000), shippingEstimate: usd(0) };
}

test('a change is seen before the server answers, money included', () => {
  const state = begin(adopt(EMPTY_CART, cart(1, { a: 1, b: 2 })), { key: 'k', kind: 'set', lineId: 'a', quantity: 5 });
  expect(shown(state)?.lines[0]).toMatchObject({ quantity: 5, lineTotal: usd(5000) });
  expect(shown(state)?.total).toEqual(usd(7000));
  expect(itemCount(state)).toBe(7);
});

test('a refused change is undone and its line says why; the next change takes the reason away', () => {
  const before = adopt(EMPTY_CART, cart(1, { a: 1 }));
  const refused = refuse(begin(before, { key: 'k', kind: 'set', lineId: 'a', quantity: 9 }), 'k', 'Only 3 are left.');
  expect(shown(refused)).toEqual(before.server);
  expect(refused.refusals).toEqual({ a: 'Only 3 are left.' });
  expect(begin(refused, { key: 'l', kind: 'set', lineId: 'a', quantity: 2 }).refusals).toEqual({});
});

test('removing takes the line out at once; the first item counts before there is a cart', () => {
  expect(shown(begin(adopt(EMPTY_CART, cart(1, { a: 1, b: 2 })), { key: 'k', kind: 'set', lineId: 'b', quantity: 0 }))?.lines.map((line) => line.id)).toEqual(['a']);
  expect(itemCount(begin(EMPTY_CART, { key: 'k', kind: 'add', quantity: 2 }))).toBe(2);
});

test('late news does not turn the cart back: an older version of the same cart is ignored', () => {
  const state = adopt(EMPTY_CART, cart(5, { a: 3 }));
  expect(adopt(state, cart(4, { a: 1 })).server?.version).toBe(5);
  expect(accept(begin(state, { key: 'k', kind: 'set', lineId: 'a', quantity: 1 }), 'k', cart(4, { a: 1 })).server?.version).toBe(5);
  expect(adopt(state, { ...cart(1, {}), id: 'other' }).server?.id).toBe('other');
});
