import { expect, test } from 'vitest';
import { systemIds } from '#platform/ids/system.ts';
import { seal, unseal } from './seal.ts';

const key = new Uint8Array(32).fill(7);

test('what is sealed opens with the same key and purpose only', () => {
  const sealed = seal(systemIds, key, 'pm_ok 支付', 'order-1');
  expect(sealed).not.toContain('pm_ok');
  expect(unseal(key, sealed, 'order-1')).toBe('pm_ok 支付');
  expect(unseal(key, sealed, 'order-2')).toBeNull();
  expect(unseal(new Uint8Array(32), sealed, 'order-1')).toBeNull();
});

test('a changed, cut or foreign text does not open', () => {
  const sealed = seal(systemIds, key, 'pm_ok', 'order-1');
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  expect(unseal(key, `v1.${bytes.toString('base64url')}`, 'order-1')).toBeNull();
  expect(unseal(key, sealed.slice(0, 20), 'order-1')).toBeNull();
  expect(unseal(key, 'pm_ok', 'order-1')).toBeNull();
});

test('the same text sealed twice looks different', () => {
  expect(seal(systemIds, key, 'pm_ok', 'order-1')).not.toBe(seal(systemIds, key, 'pm_ok', 'order-1'));
});
