import { expect, test } from 'vitest';
import { weaknessOf } from './password.ts';

const email = 'marguerite@example.com';

test.each([
  ['seven77', 'TOO_SHORT'],
  ['密码密码密码', 'TOO_SHORT'],
  ['x'.repeat(60) + 'y'.repeat(69), 'TOO_LONG'],
  ['z'.repeat(1_000_000), 'TOO_LONG'],
  ['Password123', 'WELL_KNOWN'],
  ['QWERTYUIOP', 'WELL_KNOWN'],
  ['aaaaaaaaaa', 'WELL_KNOWN'],
  ['abababab', 'WELL_KNOWN'],
  ['bcdefghijk', 'WELL_KNOWN'],
  ['98765432', 'WELL_KNOWN'],
  ['Marguerite@Example.com', 'LIKE_EMAIL'],
  ['marguerite', 'LIKE_EMAIL'],
])('%.20s… is refused as %s', (password, weakness) => {
  expect(weaknessOf(password, email)).toBe(weakness);
});

test('eight to 128 characters of any kind will do, without rules of composition', () => {
  expect(weaknessOf('vexing-otter', email)).toBeNull();
  expect(weaknessOf('八个汉字也是密码', email)).toBeNull();
  expect(weaknessOf('🦦🦊🐻🐼🐨🐯🦁🐮', email)).toBeNull();
  expect(weaknessOf('ab1'.repeat(42) + 'xy', email)).toBeNull();
});

test('full-width letters do not make a well-known password a new one', () => {
  expect(weaknessOf('\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44123', email)).toBe('WELL_KNOWN');
});
