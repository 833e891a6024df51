/** The built clients: found in the cache by a hash of their sources, or built once in a process of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '#platform/telemetry/log.ts';
import { ENTRIES, type Client } from '../entries.ts';

interface ManifestChunk { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[] }
export type Manifest = Record<string, ManifestChunk>;

export interface Built {
  folder: string;
  manifest: Manifest;
}

export interface Builds {
  /** Null while it is being built. */
  get(client: Client): Built | null;
  /** Whether waiting makes sense: false after a build that failed. */
  expected(client: Client): boolean;
  /** Resolves when every client is there or has failed. */
  settled: Promise<void>;
  stop(): void;
}

const CLIENTS_FOLDER = fileURLToPath(new URL('../', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE = /\.(ts|tsx|css|svg)$/;
const KEPT_VERSIONS = 2;
/** After the folder's name, while a build is being made; then something that no other build has. */
export const MAKING = '.making-';
/** A build that has not ended by then was killed. */
const LONGEST_BUILD_MS = 3_600_000;
/** Files elsewhere that become part of the clients, or decide what does. */
export const SOURCES_ELSEWHERE = ['../package-lock.json', '../platform/subgraph/permissions.ts'];
const MOST_ERROR_BYTES = 8_000;

export function startBuilds(clients: readonly Client[], cacheDir: string, log: Logger): Builds {
  const built = new Map<Client, Built>();
  const failed = new Set<Client>();
  let child: ChildProcess | null = null;
  let stopped = false;

  async function run(): Promise<void> {
    const hash = await hashSources();
    for (const client of clients) {
      if (stopped) return;
      const folder = buildFolder(cacheDir, client, hash);
      try {
        if (!existsSync(join(folder, 'manifest.json'))) await build(client, folder);
        if (stopped) return;
        built.set(client, { folder, manifest: JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest });
        if (await isWritable(cacheDir)) await prune(client, folder);
      } catch (error) {
        failed.add(client);
        if (!stopped) log.error({ err: error, client }, 'the web client could not be built; pages stay readable without it');
      }
    }
  }

  async function build(client: Client, folder: string): Promise<void> {
    await mkdir(cacheDir, { recursive: true });
    log.info({ client }, 'building the web client, once');
    await new Promise<void>((resolve, reject) => {
      child = spawn(process.execPath, [join(CLIENTS_FOLDER, 'build.ts'), client, folder], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
      // The shop's own answers come first.
      if (child.pid !== undefined) setPriority(child.pid, 10);
      let errors = '';
      child.stderr!.on('data', (chunk: Buffer) => {
        if (errors.length < MOST_ERROR_BYTES) errors += String(chunk);
      });
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`clients/build.ts ended with ${code}: ${errors}`))));
    });
    child = null;
  }

  async function prune(client: Client, current: string): Promise<void> {
    const now = new Date();
    await utimes(current, now, now);
    const folders = (await readdir(cacheDir)).filter((name) => name.startsWith(`${client}-`)).map((name) => join(cacheDir, name));
    const all = await Promise.all(folders.map(async (folder) => ({ folder, usedMs: (await stat(folder)).mtimeMs })));
    const [making, whole] = [true, false].map((wanted) => all.filter(({ folder }) => folder.includes(MAKING) === wanted)) as [typeof all, typeof all];
    whole.sort((one, other) => other.usedMs - one.usedMs);
    const killed = making.filter(({ usedMs }) => now.getTime() - usedMs > LONGEST_BUILD_MS);
    for (const { folder } of [...whole.slice(KEPT_VERSIONS), ...killed]) await rm(folder, { recursive: true, force: true });
  }

  return {
    get: (client) => built.get(client) ?? null,
    expected: (client) => !built.has(client) && !failed.has(client),
    settled: run(),
    stop() {
      stopped = true;
      child?.kill();
    },
  };
}

/** In a container image the builds are there to be read only. */
async function isWritable(folder: string): Promise<boolean> {
  return await access(folder, constants.W_OK).then(() => true, () => false);
}

/** Where a build of these sources is looked for. */
export const buildFolder = (cacheDir: string, client: Client, hash: string): string => join(cacheDir, `${client}-${hash}`);

/** One hash over the clients' sources, what they are built with, and the lock. */
export async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(CLIENTS_FOLDER, { recursive: true })).filter((name) => SOURCE.test(name) && !name.endsWith('.test.ts')).sort();
  for (const name of [...files, ...SOURCES_ELSEWHERE]) hash.update(name).update('\0').update(await readFile(join(CLIENTS_FOLDER, name)));
  return hash.digest('hex').slice(0, 16);
}

/** The entry's files, and those of the page that is shown first. */
export function filesOf(manifest: Manifest, client: Client, pageSource: string | null): { scripts: string[]; preloads: string[]; styles: string[] } {
  const entry = manifest[ENTRIES[client]];
  if (!entry) return { scripts: [], preloads: [], styles: [] };
  const seen = new Set<string>();
  const styles = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const style of chunk.css ?? []) styles.add(style);
    for (const next of chunk.imports ?? []) visit(next);
  };
  visit(ENTRIES[client]);
  if (pageSource) visit(pageSource);
  const preloads = [...seen].filter((key) => key !== ENTRIES[client]).map((key) => manifest[key]!.file);
  return { scripts: [entry.file], preloads, styles: [...styles] };
}
