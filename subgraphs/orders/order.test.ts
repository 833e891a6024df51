import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCountry } from './address.ts';
import { after, cancellable, ORDER_STATUSES, orderNumber, paymentAfterRefund, refundable, refundableMinor, shippable, type OrderFacts, type OrderMove, type OrderStatus } from './order.ts';
import { refundOfUnits, taxOf, totalsOf, type RefundLine } from './totals.ts';

const moves: OrderMove[] = ['confirm', 'cancel', 'ship', 'deliver'];
const facts = (more: Partial<OrderFacts> = {}): OrderFacts => ({ status: 'CONFIRMED', cancelRequested: false, totalMinor: 100, capturedMinor: 100, refundedMinor: 0, refundingMinor: 0, ...more });
const shop = { currency: 'USD', shippingMinor: 500, freeShippingFromMinor: 5_000, taxBasisPoints: { DE: 1_900, '*': 0 }, lowStockThreshold: 1 };
const amount = fc.integer({ min: 0, max: 2_147_483_647 });

describe('the state table', () => {
  test('any walk ends in DELIVERED or CANCELLED, never leaves them, and never ships what was called off', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 20 }), (walk) => {
        let status: OrderStatus = 'PENDING';
        const seen: OrderStatus[] = [status];
        for (const move of walk) {
          status = after(status, move) ?? status;
          seen.push(status);
        }
        expect(seen.includes('SHIPPED') && seen.includes('CANCELLED')).toBe(false);
        for (const end of ['DELIVERED', 'CANCELLED'] as const) if (seen.includes(end)) expect(status).toBe(end);
      }),
    );
  });

  test('an order can be called off until it is shipped, once', () => {
    expect(ORDER_STATUSES.filter((status) => cancellable(facts({ status })))).toEqual(['PENDING', 'CONFIRMED']);
    expect(cancellable(facts({ cancelRequested: true }))).toBe(false);
  });

  test('only what is confirmed, paid and not on its way back is shipped', () => {
    expect(ORDER_STATUSES.filter((status) => shippable(facts({ status })))).toEqual(['CONFIRMED']);
    expect(shippable(facts({ capturedMinor: 0 }))).toBe(false);
    expect(shippable(facts({ cancelRequested: true }))).toBe(false);
    expect(shippable(facts({ refundedMinor: 100 }))).toBe(false);
    expect(shippable(facts({ refundedMinor: 40 }))).toBe(true);
    expect(shippable(facts({ totalMinor: 0, capturedMinor: 0 }))).toBe(true);
  });

  test('money can be given back once it was taken', () => {
    expect(refundable(facts())).toBe(true);
    expect(refundable(facts({ status: 'SHIPPED' }))).toBe(true);
    expect(refundable(facts({ capturedMinor: 0 }))).toBe(false);
    expect(refundable(facts({ cancelRequested: true }))).toBe(false);
    expect(refundableMinor(facts({ refundedMinor: 30, refundingMinor: 20 }))).toBe(50);
    expect([0, 1, 99, 100].map((refunded) => paymentAfterRefund(100, refunded))).toEqual(['CAPTURED', 'PARTIALLY_REFUNDED', 'PARTIALLY_REFUNDED', 'REFUNDED']);
  });

  test('numbers are short', () => expect([1, 42, 9_001].map(orderNumber)).toEqual(['GM-1001', 'GM-1042', 'GM-10001']));
});

describe('tax and totals', () => {
  test('half a minor unit becomes one, less becomes none', () => {
    expect([0, 2, 3, 5, 100].map((base) => taxOf(base, 1_900))).toEqual([0, 0, 1, 1, 19]);
    expect(taxOf(50, 100)).toBe(1);
    expect(taxOf(49, 100)).toBe(0);
  });

  test('tax is within half a unit of the exact value and never falls when the base grows', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 10_000 }), (a, b, rate) => {
        expect(Math.abs(Number(BigInt(taxOf(a, rate)) * 20_000n - 2n * BigInt(a) * BigInt(rate)))).toBeLessThanOrEqual(10_000);
        expect(taxOf(Math.max(a, b), rate)).toBeGreaterThanOrEqual(taxOf(Math.min(a, b), rate));
      }),
    );
  });

  test('shipping is free from the threshold on, and taxed', () => {
    const line = (unitPriceMinor: number) => [{ unitPriceMinor, quantity: 1 }];
    expect(totalsOf(shop, line(4_999), 'DE')).toEqual({ subtotalMinor: 4_999, discountMinor: 0, shippingMinor: 500, taxMinor: 1_045, totalMinor: 6_544 });
    expect(totalsOf(shop, line(5_000), 'CN')).toEqual({ subtotalMinor: 5_000, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 5_000 });
  });

  test('a total is the sum of its parts, or refused when it passes what an Int holds', () => {
    const lines = fc.array(fc.record({ unitPriceMinor: amount, quantity: fc.integer({ min: 1, max: 999 }) }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(lines, fc.constantFrom('DE', 'CN'), (list, country) => {
        const totals = totalsOf(shop, list, country);
        const sum = list.reduce((total, line) => total + line.unitPriceMinor * line.quantity, 0);
        if (totals) expect(totals.subtotalMinor - totals.discountMinor + totals.shippingMinor + totals.taxMinor).toBe(totals.totalMinor);
        if (totals) expect(totals.totalMinor).toBeLessThanOrEqual(2_147_483_647);
        else expect(sum * 1.19 + 500).toBeGreaterThan(2_147_483_646);
      }),
    );
  });
});

describe('refunds of lines', () => {
  const lines = fc.array(fc.record({ unitPriceMinor: fc.integer({ min: 0, max: 100_000 }), quantity: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 6 });

  test('unit by unit in any order, the parts add up to goods with their tax and never pass what was paid', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 2_000 }), fc.infiniteStream(fc.nat()), (list, rate, picks) => {
        const rated = { ...shop, taxBasisPoints: { '*': rate } };
        const totals = totalsOf(rated, list, 'XX')!;
        const state: RefundLine[] = list.map((line, index) => ({ id: `l${index}`, ...line, refundedQuantity: 0 }));
        let given = 0;
        for (;;) {
          const open = state.filter((line) => line.refundedQuantity < line.quantity);
          if (open.length === 0) break;
          const line = open[picks.next().value! % open.length]!;
          const part = refundOfUnits(state, totals, new Map([[line.id, 1]]))!;
          expect(part).toBeGreaterThanOrEqual(line.unitPriceMinor);
          given += part;
          line.refundedQuantity++;
        }
        const whole = refundOfUnits(list.map((line, index) => ({ id: `l${index}`, ...line, refundedQuantity: 0 })), totals, new Map(list.map((line, index) => [`l${index}`, line.quantity])));
        expect(given).toBe(whole);
        expect(given).toBeLessThanOrEqual(totals.totalMinor);
        expect(totals.totalMinor - given).toBeGreaterThanOrEqual(totals.shippingMinor);
      }),
    );
  });

  test('a discount is given back in its share', () => {
    const totals = { subtotalMinor: 1_000, discountMinor: 100, shippingMinor: 0, taxMinor: 90, totalMinor: 990 };
    const line = { id: 'a', unitPriceMinor: 500, quantity: 2, refundedQuantity: 0 };
    expect(refundOfUnits([line], totals, new Map([['a', 1]]))).toBe(495);
    expect(refundOfUnits([{ ...line, refundedQuantity: 1 }], totals, new Map([['a', 1]]))).toBe(495);
  });

  test('unknown lines and more units than are left are refused', () => {
    const totals = totalsOf(shop, [{ unitPriceMinor: 10, quantity: 2 }], 'CN')!;
    const line = { id: 'a', unitPriceMinor: 10, quantity: 2, refundedQuantity: 1 };
    expect(refundOfUnits([line], totals, new Map([['a', 2]]))).toBeNull();
    expect(refundOfUnits([line], totals, new Map([['b', 1]]))).toBeNull();
  });
});

test('countries are those of ISO 3166-1, not regions or unions', () => {
  expect(['DE', 'CN', 'GB', 'US', 'TW', 'AX'].filter((code) => !isCountry(code))).toEqual([]);
  expect(['EU', 'UK', 'XX', 'ZZ', 'UN', 'D', 'DEU', 'de', '12'].filter(isCountry)).toEqual([]);
});
