/**
 * All databases of a DATA_DIR as they were at one instant. In the process that holds the folder, the read snapshots of all
 * files are begun in one turn of the event loop: every commit of this process is made in a turn of its own, so none is
 * between them. What is copied is what a crash at that instant would have left, and the mall takes up every saga from there.
 */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Clock } from '#platform/clock/clock.ts';
import { BackupFault } from './faults.ts';
import { listData } from './data-files.ts';

/** Pages of one step of the copy, by a thread beside the event loop; between steps others get their turn. */
const PAGES_A_STEP = 500;

export interface CutParts {
  dataDir: string;
  /** An empty folder; databases and notes are written below it under their own paths. */
  into: string;
  clock: Clock;
  signal: AbortSignal;
  /** Told after each step, in bytes over all databases. */
  progress(done: number, all: number): void;
}

interface Snapshot {
  path: string;
  database: DatabaseSync;
  bytes: number;
}

/** Answers the instant, Unix ms. Whatever was written stays where it is when it fails. */
export async function copyCut({ dataDir, into, clock, signal, progress }: CutParts): Promise<{ atMs: number }> {
  const { databases, notes } = await listData(dataDir);
  if (databases.length === 0) throw new BackupFault(`There is no database in ${dataDir}: is DATA_DIR the folder of your mall?`);

  // From here to the end of the block nothing is awaited: this is the instant.
  const atMs = clock.nowMs();
  const snapshots: Snapshot[] = [];
  const kept: { path: string; content: Buffer }[] = [];
  try {
    for (const path of databases) snapshots.push(beginSnapshot(dataDir, path));
    for (const path of notes) kept.push({ path, content: readFileSync(join(dataDir, path)) });
  } catch (error) {
    snapshots.forEach(({ database }) => database.close());
    throw error;
  }

  const all = snapshots.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  try {
    for (const { path, database, bytes } of snapshots) {
      const target = join(into, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await backup(database, target, {
        rate: PAGES_A_STEP,
        // What is thrown here ends the copy.
        progress({ totalPages, remainingPages }) {
          signal.throwIfAborted();
          progress(before + Math.floor(bytes * (1 - remainingPages / totalPages)), all);
        },
      });
      // Its log can be written into the file again.
      database.close();
      before += bytes;
      signal.throwIfAborted();
      progress(before, all);
    }
    for (const { path, content } of kept) await writeFile(join(into, path), content, { mode: 0o600, flush: true });
  } finally {
    for (const { database } of snapshots) if (database.isOpen) database.close();
  }
  return { atMs };
}

/** The snapshot of a file is taken by the first read of a transaction, and stays until its end. */
function beginSnapshot(dataDir: string, path: string): Snapshot {
  const database = new DatabaseSync(join(dataDir, path), { readOnly: true });
  try {
    database.exec('begin');
    database.prepare('select count(*) from sqlite_schema').get();
    const { page_count: pages } = database.prepare('pragma page_count').get() as { page_count: number };
    const { page_size: size } = database.prepare('pragma page_size').get() as { page_size: number };
    return { path, database, bytes: pages * size };
  } catch (error) {
    database.close();
    throw error;
  }
}
