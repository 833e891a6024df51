import { expect, test } from 'vitest';
import { todayOf } from './today.ts';

const now = new Date(2026, 10, 24, 15).getTime();
const order = (day: number, hour: number, amountMinor = 1_000, status = 'CONFIRMED') => ({ placedAt: new Date(2026, 10, day, hour).toISOString(), status, total: { amountMinor, currency: 'USD' } });

test('today begins at midnight; what was called off is counted, but not summed', () => {
  const today = todayOf([order(24, 14), order(24, 0, 500, 'CANCELLED'), order(23, 23)], true, now);
  expect(today).toEqual({ count: 2, all: true, sums: [{ amountMinor: 1_000, currency: 'USD' }] });
});

test('when all that was read is of today and there is more, the count says that it is not all', () => {
  expect(todayOf([order(24, 14), order(24, 13)], true, now).all).toBe(false);
  expect(todayOf([order(24, 14), order(24, 13)], false, now).all).toBe(true);
});
