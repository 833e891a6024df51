import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { filesOf, type Manifest } from '../serve/builds.ts';

/** Kilobytes of gzip'd JavaScript before a page is there. */
const ADMIN_KB = 400;

test(`the admin's first load is at most ${ADMIN_KB} KB of JavaScript, whichever page it is`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gomall-admin-budget-'));
  try {
    const built = join(folder, 'admin');
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL('../build.ts', import.meta.url)), 'admin', built]);
    const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8')) as Manifest;
    const kilobytes = async (file: string): Promise<number> => gzipSync(await readFile(join(built, file)), { level: 9 }).length / 1024;
    for (const page of ['overview/overview', 'orders/list', 'orders/order', 'products/list', 'products/product', 'stock/board', 'people/list', 'ledger/ledger']) {
      const { scripts, preloads } = filesOf(manifest, 'admin', `admin/${page}.tsx`);
      expect(preloads.length, page).toBeGreaterThan(0);
      const sizes = await Promise.all([...scripts, ...preloads, manifest['admin/words/zh.ts']!.file].map(kilobytes));
      expect(sizes.reduce((sum, size) => sum + size, 0), page).toBeLessThanOrEqual(ADMIN_KB);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
