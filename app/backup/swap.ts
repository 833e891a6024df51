/**
 * How restored data takes the place of what is there, in steps that can be broken off anywhere. Everything is put ready in
 * `restoring/` inside DATA_DIR; one rename to `restored-<time>` decides. From then on whoever holds the folder next ends
 * it: what was there goes to `replaced-<time>/`, then what was restored goes up. Nothing is copied, only renamed.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from './disk.ts';

export const STAGE = 'restoring';
const DECIDED = /^restored-(.+)$/;
const PLACING = /^placing-(.+)$/;
/** Stays as it is: the lock, and what earlier restores have set aside. */
const STAYS = /^(lock\.sqlite.*|mall\.lock|replaced-.+|restored-.+|placing-.+|restoring)$/;

/** What a restore would replace. */
export const presentData = (dataDir: string): string[] => readdirSync(dataDir).filter((name) => !STAYS.test(name));

export const asideFolder = (dataDir: string, stamp: string): string => join(dataDir, `replaced-${stamp}`);

/** What lies in `restoring/` is the mall's data from now on. `stamp` is part of a folder's name. */
export function decide(dataDir: string, stamp: string): void {
  renameSync(join(dataDir, STAGE), join(dataDir, `restored-${stamp}`));
  syncFolder(dataDir);
  endRestore(dataDir);
}

/** Ends a restore that was decided and broken off; does nothing where there is none. The folder's lock is held. */
export function endRestore(dataDir: string): void {
  const stamp = readdirSync(dataDir).map((name) => DECIDED.exec(name)?.[1]).find((found) => found !== undefined);
  if (stamp !== undefined) {
    const present = presentData(dataDir);
    const aside = asideFolder(dataDir, stamp);
    if (present.length > 0) mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const name of present) renameSync(join(dataDir, name), join(aside, name));
    if (existsSync(aside)) syncFolder(aside);
    syncFolder(dataDir);
    renameSync(join(dataDir, `restored-${stamp}`), join(dataDir, `placing-${stamp}`));
    syncFolder(dataDir);
  }
  const placing = readdirSync(dataDir).find((name) => PLACING.test(name));
  if (placing === undefined) return;
  for (const name of readdirSync(join(dataDir, placing))) renameSync(join(dataDir, placing, name), join(dataDir, name));
  syncFolder(dataDir);
  rmdirSync(join(dataDir, placing));
}
