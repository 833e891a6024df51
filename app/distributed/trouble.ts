/** What a process says on its standard error: kept in a file, of which the last line of trouble is shown. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that is longer when its process starts is put aside, in the place of the one before. */
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;
/** Of the end of the file, this much is looked through. */
const TAIL_BYTES = 16 * 1024;
const MAX_LINE = 300;
/** pino's level of a warning. */
const WARNING = 40;

export interface Trouble {
  /** For the standard error of a process; to be closed by whoever opened it. */
  openLog(): number;
  /** The newest warning or error since the log was opened here; null when there is none. */
  last(): string | null;
  /** The end of the log as it stands. */
  tail(): string;
}

export function keepTrouble(file: string): Trouble {
  let seenBytes = -1;
  let line: string | null = null;
  /** What stood there before is of an earlier run. */
  let fromBytes = sizeOf(file);

  function tail(from = 0): string {
    if (!existsSync(file)) return '';
    const log = openSync(file, 'r');
    try {
      const { size } = fstatSync(log);
      const length = Math.min(Math.max(size - from, 0), TAIL_BYTES);
      const bytes = Buffer.alloc(length);
      readSync(log, bytes, 0, length, size - length);
      return bytes.toString('utf8');
    } finally {
      closeSync(log);
    }
  }

  return {
    tail: () => tail(),
    openLog() {
      mkdirSync(dirname(file), { recursive: true });
      if (sizeOf(file) > LOG_LIMIT_BYTES) {
        renameSync(file, `${file}.1`);
        fromBytes = 0;
      }
      return openSync(file, 'a', 0o600);
    },
    last() {
      const size = sizeOf(file);
      if (size !== seenBytes) line = lastTrouble(tail(fromBytes));
      seenBytes = size;
      return line;
    },
  };
}

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** The last line that is a warning, an error, or no line of the log at all (a fault told at the start); continued lines and stacks are left out. */
export function lastTrouble(text: string): string | null {
  for (const line of text.split('\n').toReversed()) {
    if (line === '' || /^[\s})\]]/.test(line)) continue;
    const said = line.startsWith('{') ? ofLog(line) : line;
    if (said !== null) return said.length > MAX_LINE ? `${said.slice(0, MAX_LINE - 1)}…` : said;
  }
  return null;
}

function ofLog(line: string): string | null {
  let entry: { level?: number; msg?: string; err?: { message?: string } };
  try {
    entry = JSON.parse(line) as typeof entry;
  } catch (error) {
    // Cut off where the tail begins, or half written.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if ((entry.level ?? 0) < WARNING) return null;
  return [entry.msg, entry.err?.message].filter(Boolean).join(': ') || null;
}
