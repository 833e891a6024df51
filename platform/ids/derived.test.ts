import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { derivedUuid } from './derived.ts';

test('the same name has the same UUID of version 8, another name another', () => {
  const one = derivedUuid('order-1/authorise');
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(derivedUuid('order-1/authorise')).toBe(one);
  expect(one.slice(0, 8)).toBe(createHash('sha256').update('order-1/authorise').digest('hex').slice(0, 8));
  expect(new Set(Array.from({ length: 1_000 }, (_, number) => derivedUuid(`order-${number}`))).size).toBe(1_000);
});
