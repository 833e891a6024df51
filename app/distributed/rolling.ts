/**
 * How a rolling restart is asked for from outside: by a note in DATA_DIR, which the supervisor looks for and in which it
 * says how it went. A signal would end a mall that knows nothing of it.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#platform/clock/clock.ts';

const noteSchema = z.object({ state: z.enum(['asked', 'running', 'done', 'failed']), problem: z.string().optional() });
export type RollingNote = z.infer<typeof noteSchema>;

/** How long the supervisor may take to see it, looking once a second. */
const HEARD_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 200;

const fileIn = (dataDir: string) => join(dataDir, 'rolling.json');

export function readNote(dataDir: string): RollingNote | null {
  const file = fileIn(dataDir);
  return existsSync(file) ? noteSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export function writeNote(dataDir: string, note: RollingNote): void {
  const file = fileIn(dataDir);
  writeFileSync(`${file}.tmp`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

export function removeNote(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** Asks the supervisor that holds `dataDir`, and resolves when it has ended; null: nobody has heard it. */
export async function askForRolling(dataDir: string, clock: Clock): Promise<RollingNote | null> {
  writeNote(dataDir, { state: 'asked' });
  const askedMs = clock.nowMs();
  for (;;) {
    await clock.sleep(LOOK_EVERY_MS);
    // Removed when the supervisor closes.
    const note = readNote(dataDir) ?? { state: 'failed', problem: 'the mall was closed' };
    if (note.state === 'done' || note.state === 'failed') return note;
    if (note.state === 'asked' && clock.nowMs() - askedMs > HEARD_WITHIN_MS) {
      removeNote(dataDir);
      return null;
    }
  }
}
