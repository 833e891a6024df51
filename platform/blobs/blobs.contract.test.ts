import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemIds } from '#platform/ids/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import type { Blobs } from './blobs.ts';
import { createBlobFolder } from './folder.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'gomall-blobs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ADAPTERS: Record<string, () => Blobs> = { folder: () => createBlobFolder({ folder, ids: systemIds, log: createLogger('silent') }) };

describe.each(Object.keys(ADAPTERS))('%s', (name) => {
  const bytes = Uint8Array.of(1, 2, 3);

  test('what was put is got back under a key that says what it is, also twice at once', async () => {
    const blobs = ADAPTERS[name]!();
    const keys = await Promise.all([blobs.put(bytes), blobs.put(bytes), blobs.put(Uint8Array.of(1, 2, 3))]);
    expect(new Set(keys)).toEqual(new Set(['039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81']));
    expect([...(await blobs.get(keys[0]!))!]).toEqual([1, 2, 3]);
  });

  test('what is not there is null, and can be forgotten again', async () => {
    const blobs = ADAPTERS[name]!();
    const key = await blobs.put(bytes);
    await blobs.delete(key);
    expect(await blobs.get(key)).toBeNull();
    await blobs.delete(key);
    await expect(blobs.get('../../etc/passwd')).rejects.toThrow(RangeError);
  });

  test('a file that was changed is not given out, and putting it again mends it', async () => {
    const blobs = ADAPTERS[name]!();
    const key = await blobs.put(bytes);
    writeFileSync(join(folder, key.slice(0, 2), key), 'something else');
    expect(await blobs.get(key)).toBeNull();
    await blobs.put(bytes);
    expect([...(await blobs.get(key))!]).toEqual([1, 2, 3]);
    expect(readdirSync(join(folder, key.slice(0, 2)))).toEqual([key]);
  });
});
