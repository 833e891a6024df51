/**
 * Builds one client into a folder and compresses what is worth it: `node clients/build.ts storefront <folder>`. A process
 * of its own, so that the shop answers while it runs; the folder appears whole or not at all. `node clients/build.ts all
 * <folder>` builds both to where a start looks for them in its cache, so that one that cannot build needs not.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { CLIENTS, type Client } from './entries.ts';
import { buildFolder, hashSources, MAKING } from './serve/builds.ts';
import { clientConfig } from './vite.config.ts';

const COMPRESSIBLE = /\.(js|css|svg|json)$/;
const MIN_BYTES = 1_000;

export async function buildClient(client: Client, folder: string): Promise<void> {
  // A folder of its own, since another process may be building the same.
  const making = `${folder}${MAKING}${randomUUID()}`;
  await mkdir(making, { recursive: true });
  await build({ ...clientConfig(client, making), logLevel: 'error' });
  await compressAll(join(making, 'assets'));
  await putInPlace(making, folder);
}

/** Who is second keeps what the first has put there, which may be served already. */
export async function putInPlace(making: string, folder: string): Promise<void> {
  if (existsSync(folder) && !existsSync(join(folder, 'manifest.json'))) await rm(folder, { recursive: true });
  try {
    await rename(making, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'manifest.json'))) throw error;
    await rm(making, { recursive: true });
  }
}

async function compressAll(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!COMPRESSIBLE.test(name)) continue;
    const bytes = await readFile(join(folder, name));
    if (bytes.length < MIN_BYTES) continue;
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    const [brotli, gzipped] = await Promise.all([promisify(brotliCompress)(bytes, options), promisify(gzip)(bytes, { level: 9 })]);
    await Promise.all([writeFile(join(folder, `${name}.br`), brotli), writeFile(join(folder, `${name}.gz`), gzipped)]);
  }
}

if (import.meta.main) {
  const [which, folder] = process.argv.slice(2);
  if (!folder || (which !== 'all' && !CLIENTS.includes(which as Client))) throw new Error('usage: node clients/build.ts storefront|admin|all <folder>');
  // What is built is for shoppers, whatever the process that asked for it is.
  process.env.NODE_ENV = 'production';
  const hash = await hashSources();
  const wanted: [Client, string][] = which === 'all' ? CLIENTS.map((client) => [client, buildFolder(resolve(folder), client, hash)]) : [[which as Client, resolve(folder)]];
  for (const [client, place] of wanted) await buildClient(client, place);
}
