import { expect, test } from 'vitest';
import { decimalMoney, formatMoney, savingPercent } from './money.ts';

test('money is shown as its currency is written, with as many decimals as it has', () => {
  expect(formatMoney({ amountMinor: 1999, currency: 'USD' }, 'en')).toBe('$19.99');
  expect(formatMoney({ amountMinor: 1999, currency: 'CNY' }, 'zh')).toBe('¥19.99');
  expect(formatMoney({ amountMinor: 500, currency: 'JPY' }, 'en')).toBe('¥500');
  expect(decimalMoney({ amountMinor: 5, currency: 'USD' })).toBe('0.05');
  expect(decimalMoney({ amountMinor: 500, currency: 'JPY' })).toBe('500');
});

test('a saving is told only where there is one', () => {
  const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
  expect(savingPercent(usd(7500), usd(10000))).toBe(25);
  expect([savingPercent(usd(100), usd(100)), savingPercent(usd(100), null), savingPercent(usd(200), usd(100))]).toEqual([0, 0, 0]);
});
