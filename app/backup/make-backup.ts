/** A backup from beginning to end: beside its name as `<name>.part`, and under its name once it is whole. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Clock } from '#platform/clock/clock.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { MIGRATIONS_TABLE } from '#platform/database/migrate.ts';
import type { Config } from '../config.ts';
import { DataDirHeld, holdDataDir, type DataDir, type Holder } from '../data-dir.ts';
import { askMall } from './ask-mall.ts';
import { copyCut } from './cut.ts';
import { listData } from './data-files.ts';
import { copyWhole, forEachAtOnce, printOf, syncFolder, syncFolders, type Print } from './disk.ts';
import { elsewhere } from './elsewhere.ts';
import { BackupFault, diskFault } from './faults.ts';
import { DATA, FORMAT, writeManifest, type Manifest } from './manifest.ts';
import { secretMark } from './secret.ts';

export interface BackupParts {
  config: Config;
  clock: Clock;
  ids: Ids;
  /** Of the mall. */
  version: string;
  /** Does not exist yet; its parents are made. */
  folder: string;
  signal: AbortSignal;
  /** What is being done, and how far it is, in bytes. */
  progress(doing: string, done: number, all: number): void;
}

export interface Backup {
  folder: string;
  manifest: Manifest;
  /** Whether it was taken from a running mall. */
  fromRunning: boolean;
  bytes: number;
}

/** @throws BackupFault; then nothing is left at `folder` nor beside it. */
export async function makeBackup(parts: BackupParts): Promise<Backup> {
  const { config, ids } = parts;
  const folder = resolve(parts.folder);
  const engines = elsewhere(config);
  if (engines) throw new BackupFault(engines);
  if (!existsSync(config.dataDir)) throw new BackupFault(`There is no ${config.dataDir}: is DATA_DIR the folder of your mall?`);
  if (!relative(config.dataDir, folder).startsWith('..')) throw new BackupFault(`${folder} is inside DATA_DIR: name a folder elsewhere, best on another disk.`);
  if (existsSync(folder)) throw new BackupFault(`There is something at ${folder} already: name another folder.`);

  const source = holdOrFind(config.dataDir, ids);
  try {
    const manifest = await makeWhole(folder, (draft) => fill(draft, source, parts));
    return { folder, manifest, fromRunning: !('release' in source), bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) };
  } finally {
    if ('release' in source) source.release();
  }
}

/** `fill` writes into `<folder>.part`, which gets its name when all of it is on the disk. */
async function makeWhole<T>(folder: string, fill: (draft: string) => Promise<T>): Promise<T> {
  const draft = `${folder}.part`;
  try {
    await mkdir(dirname(draft), { recursive: true });
    await mkdir(draft, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw diskFault(error, draft);
    throw new BackupFault(`${draft} is there: a backup of this name is being made, or was broken off. In that case remove it.`, error);
  }
  try {
    const result = await fill(draft);
    await rename(draft, folder);
    syncFolder(dirname(folder));
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw diskFault(error, dirname(folder));
  }
}

async function fill(draft: string, source: DataDir | Holder, { config, clock, version, signal, progress }: BackupParts): Promise<Manifest> {
  const { dataDir } = config;
  const data = join(draft, DATA);
  await mkdir(data, { mode: 0o700 });
  const copied = (done: number, all: number) => progress('databases', done, all);
  const cut =
    'release' in source
      ? { ...(await copyCut({ dataDir, into: data, clock, signal, progress: copied })), secretMark: secretMark(config.sessionSecret, dataDir) }
      : await askMall(source, { into: data, signal, progress: copied });

  // Pictures and letters never change, and are there before a database speaks of them: those of now are those of the cut, or more.
  const { others } = await listData(dataDir);
  const files = new Map<string, Print>();
  await forEachAtOnce(others, async (path) => {
    files.set(path, await copyWhole(join(dataDir, path), join(data, path), signal));
    progress('pictures and letters', files.size, others.length);
  });

  const { databases, notes } = await listData(data);
  const migrations = Object.fromEntries(databases.map((path) => [path, inspect(data, path)]));
  for (const path of [...databases, ...notes]) {
    await chmod(join(data, path), 0o600);
    files.set(path, await printOf(join(data, path), signal));
  }
  syncFolders(draft);
  const manifest: Manifest = { format: FORMAT, version, takenAt: new Date(cut.atMs).toISOString(), secretMark: cut.secretMark, files: named(files), migrations };
  await writeManifest(draft, manifest);
  return manifest;
}

const named = (files: ReadonlyMap<string, Print>): Manifest['files'] => [...files].map(([path, print]) => ({ path, ...print })).sort((left, right) => (left.path < right.path ? -1 : 1));

/** The data folder, or the running mall that has it. */
function holdOrFind(dataDir: string, ids: Ids): DataDir | Holder {
  try {
    return holdDataDir(dataDir, ids);
  } catch (error) {
    if (!(error instanceof DataDirHeld)) throw error;
    if (error.holder && error.holder.port > 0) return error.holder;
    throw new BackupFault('The mall is just starting, or an import or another backup of a stopped mall runs; try again in a moment.', error);
  }
}

/** The migrations a copied database has seen. @throws BackupFault when it is damaged, so that no backup keeps the damage and its name. */
function inspect(data: string, path: string): string[] {
  const url = pathToFileURL(join(data, path));
  // Nothing is written beside it.
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    const [found] = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    if (found?.quick_check !== 'ok') throw new BackupFault(`The database ${path} of the mall is damaged (${found?.quick_check}): no backup was made of it. Restore the last good one.`);
    const isRoom = database.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(MIGRATIONS_TABLE);
    return isRoom ? (database.prepare(`select name from ${MIGRATIONS_TABLE} order by name`).all() as { name: string }[]).map(({ name }) => name) : [];
  } finally {
    database.close();
  }
}
