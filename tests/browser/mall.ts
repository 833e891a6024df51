/** The real mall in a process of its own, on a free port, with a data folder that goes away with it. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RunningMall {
  origin: string;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 10_000;
const LOOK_EVERY_MS = 200;

export async function startMall(): Promise<RunningMall> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'gomall-browser-'));
  const origin = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'app/main.ts'], {
    cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, SEED: 'demo', LOG_LEVEL: 'warn' },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + String(chunk)).slice(-8_000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const killed = await Promise.race([ended.then(() => false), pause(STOP_LIMIT_MS).then(() => true)]);
    if (killed) child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`the mall ended by itself: ${said}`);
      return (await fetchText(`${origin}/health/ready`)) !== null;
    }, 'the mall is ready');
    await until(async () => (await fetchText(`${origin}/`))?.includes('<script type="module"') ?? false, 'the storefront is built');
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${said}`, { cause: error });
  }
  return { origin, stop };
}

/** Null for no answer or another status than 200. */
async function fetchText(url: string): Promise<string | null> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const endMs = Date.now() + START_LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error(`waited ${START_LIMIT_MS / 1000} s in vain: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
