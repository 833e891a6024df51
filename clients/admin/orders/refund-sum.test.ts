import { expect, test } from 'vitest';
import { refundableMinor, refundOfUnits, type Paid } from './refund-sum.ts';

const minor = (amountMinor: number) => ({ amountMinor });
const order: Paid = {
  status: 'CONFIRMED', payment: { status: 'CAPTURED' }, subtotal: minor(10_000), discount: minor(0), shipping: minor(590), tax: minor(2_012), total: minor(12_602), refunded: minor(0),
  lines: [{ id: 'a', quantity: 2, unitPrice: minor(4_900) }, { id: 'b', quantity: 1, unitPrice: minor(200) }],
};

test('all that is left can be refunded, and nothing of an order that was not paid or was called off', () => {
  expect(refundableMinor(order)).toBe(12_602);
  expect(refundableMinor({ ...order, payment: { status: 'PARTIALLY_REFUNDED' }, refunded: minor(602) })).toBe(12_000);
  expect(refundableMinor({ ...order, payment: { status: 'AUTHORISED' } })).toBe(0);
  expect(refundableMinor({ ...order, status: 'CANCELLED' })).toBe(0);
});

test('units of lines carry their share of tax, rounded down, and no shipping', () => {
  expect(refundOfUnits(order, new Map())).toBe(0);
  // 4900 and of 2012 tax on 10590 the part 4900/10590: 930.9…
  expect(refundOfUnits(order, new Map([['a', 1]]))).toBe(4_900 + 930);
  expect(refundOfUnits(order, new Map([['a', 2], ['b', 1]]))).toBe(10_000 + Math.floor((2_012 * 10_000) / 10_590));
});

test('a discount is given back in proportion', () => {
  const reduced = { ...order, discount: minor(1_000), tax: minor(0), total: minor(9_590) };
  expect(refundOfUnits(reduced, new Map([['a', 1]]))).toBe(4_900 - 490);
});
