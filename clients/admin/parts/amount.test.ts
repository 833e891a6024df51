import { expect, test } from 'vitest';
import { minorOf, typedOf } from './amount.ts';

test('an amount is read as people type it, and never as a float', () => {
  expect(minorOf('12.5', 'USD')).toBe(1_250);
  expect(minorOf('12,50', 'USD')).toBe(1_250);
  expect(minorOf(' 0.07 ', 'USD')).toBe(7);
  expect(minorOf('1234567.89', 'USD')).toBe(123_456_789);
  expect(minorOf('1500', 'JPY')).toBe(1_500);
});

test('what is no amount, is negative, or has more decimals than its currency, is refused', () => {
  for (const text of ['', '-1', '1.234', '1e3', 'abc', '1.2.3']) expect(minorOf(text, 'USD'), text).toBeNull();
  expect(minorOf('1.5', 'JPY')).toBeNull();
});

test('what stands in a field is read back as it was', () => {
  for (const minor of [0, 7, 1_999, 123_456_789]) expect(minorOf(typedOf(minor, 'USD'), 'USD')).toBe(minor);
});
