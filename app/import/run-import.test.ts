import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemIds } from '#platform/ids/system.ts';
import type { ProductInput } from '#subgraphs/products/product-input.ts';
import { readConfig } from '../config.ts';
import { holdDataDir } from '../data-dir.ts';
import { runImport, type ImportShell } from './run-import.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'gomall-run-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const EXAMPLE = fileURLToPath(new URL('./examples/apparel.csv', import.meta.url));

/** A mall that takes everything and remembers it, and what was printed. */
function shell(environment: Record<string, string> = {}) {
  const printed = { out: '', err: '' };
  const loaded: ProductInput[] = [];
  let closed = 0;
  const it: ImportShell = {
    config: readConfig([], { DATA_DIR: folder, ...environment }, join(folder, 'no.env')),
    openMall: async () => ({
      send: async (batch) => {
        loaded.push(...batch);
        return { created: batch.length, updated: 0, unchanged: 0, refused: [], variants: [] };
      },
      close: async () => void closed++,
    }),
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    isTerminal: false,
  };
  return { it, printed, loaded, closed: () => closed };
}

test('all loaded: progress, a summary, exit code 0, and the folder is free again', async () => {
  const { it, printed, loaded, closed } = shell();
  expect(await runImport(['products', EXAMPLE], it)).toBe(0);
  expect(loaded.length).toBe(20);
  expect(printed).toEqual({ out: '20 created, 0 updated, 0 unchanged, 0 refused\n', err: '20 of 20 products (100 %)\n' });
  expect(closed()).toBe(1);
  holdDataDir(folder, systemIds).release();
});

test('something refused: named with its product, exit code 1', async () => {
  const { it, printed } = shell();
  writeFileSync(join(folder, 'a.csv'), 'Handle,Title,Variant Price\ncup,Cup,x\njug,Jug,2\n');
  expect(await runImport(['products', join(folder, 'a.csv')], it)).toBe(1);
  expect(printed.out).toBe('1 created, 0 updated, 0 unchanged, 1 refused\n');
  expect(printed.err).toContain('line 2, Variant Price: "x" is not a price');
  expect(printed.err).toContain('(cup)');
});

test('prices have as many digits as the shop’s currency; another currency is refused', async () => {
  const { it, loaded } = shell({ SHOP_CURRENCY: 'JPY' });
  expect(await runImport(['products', EXAMPLE], it)).toBe(0);
  expect(loaded[0]!.variants[0]!.priceMinor).toBe(50);
  const other = shell();
  expect(await runImport(['products', EXAMPLE, '--currency', 'eur'], other.it)).toBe(2);
  expect(other.printed.err).toContain('The shop sells in USD');
});

test('a file that is not there, or is none of ours: one line, exit code 1', async () => {
  const { it, printed } = shell();
  expect(await runImport(['products', join(folder, 'nowhere.csv')], it)).toBe(1);
  expect(printed.err).toMatch(/nowhere\.csv cannot be read: ENOENT/);
});

test.each([
  [[], 'Say what to import'], [['orders', 'x.csv'], '"orders" cannot be imported'], [['products'], 'Give the file'], [['products', 'a', 'b'], 'One file at a time'],
  [['products', 'a', '--currency', 'dollars'], 'ISO 4217'], [['products', 'a', '--url', 'http://x'], 'belong together'], [['products', 'a', '--colour'], '--colour'],
])('%j is no import: exit code 2 and the usage', async (argv, words) => {
  const { it, printed } = shell();
  expect(await runImport(argv, it)).toBe(2);
  expect(printed.err).toContain(words);
  expect(printed.err).toContain('Usage: npm run import');
});

test('a mall that is just starting is not disturbed', async () => {
  const { it, printed, loaded } = shell();
  const held = holdDataDir(folder, systemIds);
  expect(await runImport(['products', EXAMPLE], it)).toBe(1);
  held.release();
  expect(printed.err).toContain('just starting');
  expect(loaded).toEqual([]);
});
