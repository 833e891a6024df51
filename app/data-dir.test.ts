import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemIds } from '#platform/ids/system.ts';
import { DataDirHeld, holdDataDir, keptSecret, readHolder } from './data-dir.ts';

const places: string[] = [];
const place = () => places[places.push(mkdtempSync(join(tmpdir(), 'gomall-dir-'))) - 1]!;
afterEach(() => places.splice(0).forEach((path) => rmSync(path, { recursive: true })));

test('a second holder is told the pid and port of the first', () => {
  const path = place();
  const first = holdDataDir(path, systemIds);
  first.announce(8123);
  expect(() => holdDataDir(path, systemIds)).toThrow(`process ${process.pid}, http://localhost:8123`);
  expect(readHolder(path)).toEqual({ pid: process.pid, port: 8123, token: first.holder.token });
  first.release();
  holdDataDir(path, systemIds).release();
});

test('a holder that died without a word no longer holds, though its note is still there', () => {
  const path = place();
  const script = `
    import { holdDataDir } from ${JSON.stringify(join(import.meta.dirname, 'data-dir.ts'))};
    import { systemIds } from ${JSON.stringify(join(import.meta.dirname, '../platform/ids/system.ts'))};
    holdDataDir(${JSON.stringify(path)}, systemIds).announce(1);
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' });
  expect(child.signal, child.stderr).toBe('SIGKILL');
  expect(readHolder(path)).not.toBeNull();
  const next = holdDataDir(path, systemIds);
  expect(next).toBeTruthy();
  expect(() => holdDataDir(path, systemIds)).toThrow(DataDirHeld);
  next.release();
});

test('the kept secret is the same at every start', () => {
  const path = place();
  expect(keptSecret(path, systemIds)).toBe(keptSecret(path, systemIds));
  expect(keptSecret(path, systemIds).length).toBeGreaterThan(60);
});
