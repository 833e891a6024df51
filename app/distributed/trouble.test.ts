import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keepTrouble, lastTrouble } from './trouble.ts';

const folder = mkdtempSync(join(tmpdir(), 'gomall-trouble-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (level: number, msg: string, err?: { message: string }) => JSON.stringify({ level, msg, err });

test('the last warning or error counts, with what its error says', () => {
  expect(lastTrouble([entry(50, 'a'), entry(40, 'b', { message: 'c' }), entry(30, 'all is well'), ''].join('\n'))).toBe('b: c');
  expect(lastTrouble(entry(30, 'all is well'))).toBeNull();
});

test('a fault told at the start is a line of its own; a stack below it, and what is cut off, are left out', () => {
  expect(lastTrouble('Port 80 is in use\n    at listen (file:1)\n  }\n')).toBe('Port 80 is in use');
  expect(lastTrouble('{"level":50,"msg":"half a li')).toBeNull();
});

test('what an earlier run said is not shown', () => {
  const file = join(folder, 'orders.log');
  writeFileSync(file, `${entry(50, 'of yesterday')}\n`);
  const trouble = keepTrouble(file);
  expect(trouble.last()).toBeNull();
  appendFileSync(file, `${entry(50, 'of today')}\n`);
  expect(trouble.last()).toBe('of today');
  expect(trouble.tail()).toContain('of yesterday');
});
