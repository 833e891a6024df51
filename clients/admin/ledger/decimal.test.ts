import { expect, test } from 'vitest';
import { decimalOf } from './decimal.ts';

test('balances beyond what a number holds keep their last digit', () => {
  expect(decimalOf(9_007_199_254_740_993_07n, 2, 'USD', 'en')).toBe('$9,007,199,254,740,993.07');
  expect(decimalOf(-5n, 2, 'USD', 'en')).toBe('-$0.05');
  expect(decimalOf(1_500n, 0, 'JPY', 'en')).toBe('¥1,500');
});
