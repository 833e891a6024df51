/** `manifest.json` of a backup: what is in it, by size and SHA-256, and which version made it. Written last; without it a folder is no backup. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './disk.ts';
import { BackupFault } from './faults.ts';

export const MANIFEST = 'manifest.json';
/** The folder of the files beside it. */
export const DATA = 'data';
/** Grows when an older version could not restore what a newer one wrote. */
export const FORMAT = 1;

const isPlain = (path: string) => !path.startsWith('/') && !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** Of the mall that made it. */
  version: z.string(),
  /** The one instant that all databases are of. */
  takenAt: z.iso.datetime(),
  /** Tells the SESSION_SECRET that is needed; see secret.ts. */
  secretMark: z.string().nullable(),
  files: z.array(z.object({ path: z.string().refine(isPlain, 'leads out of the folder'), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
  /** Names of the migrations each database has seen, by path. */
  migrations: z.record(z.string(), z.array(z.string())),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** @throws BackupFault saying what the folder is not. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new BackupFault(`${folder} is no backup: there is no ${MANIFEST} in it. (One that was broken off has none, and ends in .part.)`, error);
  }
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BackupFault(`${join(folder, MANIFEST)} is damaged: it is no JSON. Take another backup.`, error);
  }
  const { format, version } = (found ?? {}) as { format?: unknown; version?: unknown };
  if (typeof format === 'number' && format > FORMAT) throw new BackupFault(`This backup was made by a newer version (${String(version)}): restore it with that one.`);
  const parsed = manifestSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BackupFault(`${join(folder, MANIFEST)} is damaged: ${issue!.path.join('.')}: ${issue!.message}. Take another backup.`, parsed.error);
}

/** Whole or not at all; everything it names is on the disk already. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `${MANIFEST}.tmp`);
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(draft, join(folder, MANIFEST));
  syncFolder(folder);
}
