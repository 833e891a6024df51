import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { holdDataDir } from '#app/data-dir.ts';
import { ROOM_NAMES } from '#app/modules.ts';
import { systemIds } from '#platform/ids/system.ts';

const MAIN = fileURLToPath(new URL('../../app/main.ts', import.meta.url));
const PATIENCE_MS = 60_000;

test('a supervised process whose database does not answer says so and ends, so that another one can be started', async () => {
  const place = mkdtempSync(join(tmpdir(), 'gomall-supervised-'));
  const holder = holdDataDir(place, systemIds);
  holder.announce(1);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, `--target=${ROOM_NAMES.join(',')}`, '--supervised'], {
    env: { PATH: process.env.PATH, DATA_DIR: place, SEED: 'none', SESSION_SECRET: 'a secret of this test, long enough for it', ROOMS_PORT: '0', MYSQL_DSN_PRODUCTS: 'mysql://nobody:nothing@127.0.0.1:1/nowhere' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const end = await new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  clearTimeout(timer);
  holder.release();
  rmSync(place, { recursive: true, force: true });
  expect([end, said]).toEqual([1, expect.stringContaining('Nothing answers at 127.0.0.1:1')]);
}, 2 * PATIENCE_MS);
