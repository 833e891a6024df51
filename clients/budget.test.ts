import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { filesOf, type Manifest } from './serve/builds.ts';

/** Kilobytes of gzip'd JavaScript before a page is there. */
const STOREFRONT_KB = 190;

test(`the storefront's first load is at most ${STOREFRONT_KB} KB of JavaScript, whichever page it is`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gomall-budget-'));
  try {
    const built = join(folder, 'storefront');
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL('build.ts', import.meta.url)), 'storefront', built]);
    const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8')) as Manifest;
    const kilobytes = async (file: string): Promise<number> => gzipSync(await readFile(join(built, file)), { level: 9 }).length / 1024;
    const pages = ['catalogue/home', 'catalogue/category', 'catalogue/product', 'catalogue/search', 'cart/cart-page', 'checkout/checkout', 'order/order', 'account/account'];
    for (const page of pages) {
      const { scripts, preloads } = filesOf(manifest, 'storefront', `storefront/${page}.tsx`);
      expect(preloads.length, page).toBeGreaterThan(0);
      const files = [...scripts, ...preloads, manifest['storefront/words/zh.ts']!.file];
      const sizes = await Promise.all(files.map(kilobytes));
      expect(sizes.reduce((sum, size) => sum + size, 0), page).toBeLessThanOrEqual(STOREFRONT_KB);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
