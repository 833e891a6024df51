/**
 * The folder of the embedded engines, held by one process at a time. The lock is one the operating system takes back
 * by itself when the process dies (an exclusive SQLite transaction); `mall.lock` beside it says who holds it, for people
 * and for `npm run import`, which speaks to the running mall with the token in it.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { Fault } from '#platform/errors.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { endRestore } from './backup/swap.ts';

const holderSchema = z.object({ pid: z.int(), port: z.int(), token: z.string() });
/** Who holds the folder, where it listens, and the secret that makes a request on this machine act as an admin. */
export type Holder = z.infer<typeof holderSchema>;

export interface DataDir {
  path: string;
  holder: Holder;
  /** Writes the port down once it is known. */
  announce(port: number): void;
  release(): void;
}

/** Thrown when another process holds the folder. */
export class DataDirHeld extends Error {
  readonly holder: Holder | null;

  constructor(path: string, holder: Holder | null) {
    super(
      holder
        ? `Another mall runs on ${path}: process ${holder.pid}, http://localhost:${holder.port}. Stop it, or set DATA_DIR to another folder.`
        : `Another process holds ${path}. Stop it, or set DATA_DIR to another folder.`,
    );
    this.name = 'DataDirHeld';
    this.holder = holder;
  }
}

export function holdDataDir(path: string, ids: Ids): DataDir {
  mkdirSync(path, { recursive: true });
  const lock = new DatabaseSync(join(path, 'lock.sqlite'));
  try {
    lock.exec('pragma busy_timeout = 200; pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === undefined) throw error;
    throw new DataDirHeld(path, readHolder(path));
  }
  endRestore(path);
  const file = join(path, 'mall.lock');
  const holder: Holder = { pid: process.pid, port: 0, token: ids.token() };
  return {
    path,
    holder,
    announce(port) {
      holder.port = port;
      writeFileSync(file, JSON.stringify(holder), { mode: 0o600 });
      chmodSync(file, 0o600);
    },
    release() {
      rmSync(file, { force: true });
      lock.close();
    },
  };
}

/** The folder that whoever started this process holds for it and for others: the same token, and nothing is written down. */
export function sharedDataDir(path: string): DataDir {
  const holder = readHolder(path);
  if (!holder) throw new Fault('UNAVAILABLE', `--supervised is for processes that npm run distributed starts; nobody holds ${path}.`);
  const ours = { ...holder, port: 0 };
  return { path, holder: ours, announce: (port) => void (ours.port = port), release: () => undefined };
}

/** Null when nobody has announced itself there, or the file is damaged. */
export function readHolder(path: string): Holder | null {
  const file = join(path, 'mall.lock');
  if (!existsSync(file)) return null;
  const parsed = holderSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A secret that is made once and kept; SESSION_SECRET where none is configured. */
export function keptSecret(path: string, ids: Ids, name = 'session-secret'): string {
  const file = join(path, name);
  if (!existsSync(file)) writeFileSync(file, ids.token(48), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
