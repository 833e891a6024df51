/** Blobs as files of a folder, `ab/ab12…`. Processes that share a folder share its blobs. */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ids } from '#platform/ids/ids.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Blobs } from './blobs.ts';

export interface BlobFolderOptions {
  folder: string;
  ids: Ids;
  log: Logger;
}

export function createBlobFolder({ folder, ids, log }: BlobFolderOptions): Blobs {
  const fileOf = (key: string) => {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError('a blob is known by 64 hexadecimal digits');
    return join(folder, key.slice(0, 2), key);
  };
  return {
    async put(bytes) {
      const key = keyOf(bytes);
      const file = fileOf(key);
      await mkdir(dirname(file), { recursive: true });
      // Written aside and renamed, so that nobody ever reads half of it.
      const aside = `${file}.${ids.uuid()}`;
      const handle = await open(aside, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, file);
      return key;
    },
    async get(key) {
      const bytes = await readFile(fileOf(key)).catch(absent);
      if (!bytes || keyOf(bytes) === key) return bytes;
      log.warn({ key }, 'a stored file is not what it was: it is left out');
      return null;
    },
    delete: (key) => rm(fileOf(key), { force: true }),
  };
}

const keyOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
