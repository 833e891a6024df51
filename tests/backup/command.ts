/** `npm run backup` and `npm run restore`, without what installs and finds Node. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBackup } from '#app/backup/run.ts';
import { readConfig } from '#app/config.ts';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';

const MAIN = fileURLToPath(new URL('../../app/backup/main.ts', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface CommandOptions {
  dataDir: string;
  environment?: Record<string, string>;
}

/** In this process. */
export async function command(words: readonly string[], { dataDir, environment = {} }: CommandOptions): Promise<Ended> {
  const said = { out: '', err: '' };
  const config = readConfig([], { DATA_DIR: dataDir, ...environment }, join(dataDir, 'no.env'));
  const code = await runBackup(words, {
    config, clock: systemClock, ids: systemIds, version: '1.2.3', signal: new AbortController().signal, isTerminal: false,
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
  });
  return { code, ...said };
}

/** As a process of its own; killed with -9 once its error output has `killAt`. */
export async function commandProcess(words: readonly string[], { dataDir, environment = {}, killAt }: CommandOptions & { killAt?: RegExp }): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
    if (killAt?.test(said.err)) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
