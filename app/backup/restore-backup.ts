/** A restore from beginning to end: everything is read and checked beside the data before anything takes its place. */
import { mkdirSync, rmSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Clock } from '#platform/clock/clock.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import type { Config } from '../config.ts';
import { holdDataDir } from '../data-dir.ts';
import { ROOMS } from '../modules.ts';
import { copyWhole, forEachAtOnce, syncFolders } from './disk.ts';
import { elsewhere } from './elsewhere.ts';
import { BackupFault, diskFault } from './faults.ts';
import { DATA, readManifest, type Manifest } from './manifest.ts';
import { secretMark } from './secret.ts';
import { asideFolder, decide, presentData, STAGE } from './swap.ts';

export interface RestoreParts {
  config: Config;
  clock: Clock;
  ids: Ids;
  /** The backup. */
  folder: string;
  /** What is in DATA_DIR is set aside; otherwise a DATA_DIR with data is refused. */
  replace: boolean;
  /** Goes on with a SESSION_SECRET that is not the backup's. */
  otherSecret: boolean;
  signal: AbortSignal;
  /** Files that are copied and right. */
  progress(done: number, all: number): void;
}

export interface Restored {
  manifest: Manifest;
  /** Where the data that was there is now; null when there was none. */
  aside: string | null;
}

/** @throws BackupFault or DataDirHeld; then DATA_DIR is as it was. */
export async function restoreBackup(parts: RestoreParts): Promise<Restored> {
  const { config, clock, ids, replace, signal, progress } = parts;
  const folder = resolve(parts.folder);
  const engines = elsewhere(config);
  if (engines) throw new BackupFault(engines);
  const manifest = await readManifest(folder);
  await refuseNewer(manifest);

  const { dataDir } = config;
  const held = holdDataDir(dataDir, ids);
  const stage = join(dataDir, STAGE);
  try {
    const present = presentData(dataDir);
    if (present.length > 0 && !replace) {
      throw new BackupFault(`There is data in ${dataDir} (${present.slice(0, 3).join(', ')}${present.length > 3 ? ', …' : ''}): set DATA_DIR to an empty folder, or say --replace, which sets it aside.`);
    }
    // Left by one that was broken off before it was decided.
    rmSync(stage, { recursive: true, force: true });
    mkdirSync(stage, { mode: 0o700 });
    let done = 0;
    await forEachAtOnce(manifest.files, async (file) => {
      await takeOver(file, { from: join(folder, DATA), to: stage, signal });
      progress(++done, manifest.files.length);
    });
    if (!parts.otherSecret) refuseOtherSecret(manifest, config, stage);
    signal.throwIfAborted();
    syncFolders(stage);
    const stamp = new Date(clock.nowMs()).toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
    decide(dataDir, stamp);
    return { manifest, aside: present.length > 0 ? asideFolder(dataDir, stamp) : null };
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    throw diskFault(error, dataDir);
  } finally {
    held.release();
  }
}

async function takeOver({ path, bytes, sha256 }: Manifest['files'][number], { from, to, signal }: { from: string; to: string; signal: AbortSignal }): Promise<void> {
  try {
    await access(join(from, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new BackupFault(`The backup is damaged: ${path} is missing. Nothing was changed; use another backup.`, error);
  }
  const copied = await copyWhole(join(from, path), join(to, path), signal);
  if (copied.bytes === bytes && copied.sha256 === sha256) return;
  const what = copied.bytes === bytes ? 'its content is not what was saved' : `it has ${copied.bytes} bytes and had ${bytes}`;
  throw new BackupFault(`The backup is damaged: ${path}: ${what}. Nothing was changed; use another backup.`);
}

/** A database that has seen migrations which this version does not know. */
async function refuseNewer({ migrations, version }: Manifest): Promise<void> {
  const rooms = await Promise.all(Object.values(ROOMS).map((load) => load()));
  const known = new Set([...platformMigrations, ...rooms.flatMap((room) => room.migrations)].map(({ name }) => name));
  const unknown = Object.values(migrations).flat().filter((name) => !known.has(name));
  if (unknown.length > 0) throw new BackupFault(`This backup was made by a newer version (${version}, with ${[...new Set(unknown)].join(', ')}): restore it with that one, or a later.`);
}

function refuseOtherSecret({ secretMark: needed }: Manifest, { sessionSecret }: Config, data: string): void {
  const given = secretMark(sessionSecret, data);
  if (needed === null || given === needed) return;
  const mend = given === null || secretMark(null, data) !== needed ? 'set SESSION_SECRET to the one that mall had' : 'leave SESSION_SECRET out, since the backup holds its own';
  throw new BackupFault(`The mall of this backup had another SESSION_SECRET: ${mend}. If it is lost, --other-secret goes on without it: everybody signs in anew, and payments that were just being authorised are declined.`);
}
