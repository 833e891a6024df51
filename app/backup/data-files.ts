/** What of a DATA_DIR belongs to the mall, and what only to the machine it runs on. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface DataFiles {
  /** Paths below DATA_DIR with `/` between; SQLite files, each with whatever lies beside it. */
  databases: string[];
  /** Plain files at the top: marks and secrets, a few bytes each. They belong to the same instant as the databases. */
  notes: string[];
  /** Files in folders: pictures and letters, which never change once they are there. */
  others: string[];
}

/** Folders within folders; a link that leads back into itself ends here. */
const MAX_DEPTH = 16;

/** Not part of the mall: the lock, drafts, copies made before migrations, what an earlier restore has set aside. */
const LEFT_OUT = [/^lock\.sqlite/, /^mall\.lock$/, /-(wal|shm|journal)$/, /\.before-/, /\.(tmp|part)$/, /^(replaced|restored|placing)-/, /^restoring$/];

export const belongs = (name: string): boolean => !LEFT_OUT.some((pattern) => pattern.test(name));

/** Everything of the mall in the folder, sorted. */
export async function listData(dataDir: string): Promise<DataFiles> {
  const found: DataFiles = { databases: [], notes: [], others: [] };
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) return;
    for (const entry of await readdir(join(dataDir, folder), { withFileTypes: true })) {
      if (!belongs(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await stat(join(dataDir, path)) : entry;
      if (kind.isDirectory()) await walk(path, depth + 1);
      else if (kind.isFile()) (path.endsWith('.sqlite') ? found.databases : depth === 0 ? found.notes : found.others).push(path);
    }
  };
  await walk('', 0);
  for (const paths of Object.values(found) as string[][]) paths.sort();
  return found;
}
