import { expect, test } from 'vitest';
import { canonicalEmail, canonicalRoles, oneLine } from './account.ts';

test('an e-mail address has one spelling: trimmed, lower case, its domain in ASCII', () => {
  expect(canonicalEmail('  Ann.Smith+mall@Example.COM ')).toBe('ann.smith+mall@example.com');
  expect(canonicalEmail('ann@bücher.example')).toBe('ann@xn--bcher-kva.example');
});

test.each([
  '',
  'ann',
  'ann@',
  '@example.com',
  'ann@example',
  'ann smith@example.com',
  'ann@exa mple.com',
  'ann@-example.com',
  'a@b@example.com',
  'ann\r\nBcc: bob@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ann@${'a'.repeat(250)}.com`,
  'ann@example..com',
  'jösé@example.com',
])('%j is no e-mail address', (text) => {
  expect(canonicalEmail(text)).toBeNull();
});

test('a name is one line: no control characters, counted in characters rather than in code units', () => {
  expect(oneLine('  王小明 ', 3)).toBe('王小明');
  expect(oneLine('👩‍🚀'.repeat(1), 3)).toBe('👩‍🚀');
  expect(oneLine('a'.repeat(81), 80)).toBeNull();
  expect(oneLine('Ann\nSmith', 80)).toBeNull();
  expect(oneLine('Ann\u2028Smith', 80)).toBeNull();
  expect(oneLine('   ', 80)).toBeNull();
});

test('roles come in the order of the table, once each; none or an unknown one is refused', () => {
  expect(canonicalRoles(['admin', 'customer', 'admin'])).toEqual(['customer', 'admin']);
  expect(canonicalRoles([])).toBeNull();
  expect(canonicalRoles(['customer', 'root'])).toBeNull();
});
