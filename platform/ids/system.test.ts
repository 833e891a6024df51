import { expect, test } from 'vitest';
import { systemIds } from './system.ts';

test('UUIDs are of version 7, ordered by time and never the same, past the end of what was drawn', () => {
  const before = Date.now();
  const made = Array.from({ length: 2_000 }, () => systemIds.uuid());
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(made).size).toBe(made.length);
  const times = made.map((id) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
  expect(times.toSorted((left, right) => left - right)).toEqual(times);
  expect(times[0]).toBeGreaterThanOrEqual(before);
});

test('a secret has as many random bytes as were asked for, in base64url', () => {
  expect(Buffer.from(systemIds.token(32), 'base64url')).toHaveLength(32);
  expect(systemIds.token()).not.toBe(systemIds.token());
});
