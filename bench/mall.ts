/** The mall as a process of its own on an empty folder, for measuring. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** From the start of the process to `/health/ready`. */
const READY_LIMIT_MS = 60_000;
const READY_POLL_MS = 20;

export interface Mall {
  origin: string;
  pid: number;
  dataDir: string;
  readyAfterMs: number;
  stop(): Promise<void>;
}

export async function startMall(options: { port: number; dataDir?: string; seed?: string; keep?: boolean; targets?: string; environment?: Record<string, string> }): Promise<Mall> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'gomall-bench-'));
  const begun = performance.now();
  // As bin/launch.mjs starts it.
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', 'app/main.ts', ...(options.targets ? [`--target=${options.targets}`] : [])], {
    env: { ...process.env, PORT: String(options.port), DATA_DIR: dataDir, SEED: options.seed ?? 'demo', LOG_LEVEL: 'error', NODE_ENV: 'production', ...options.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://127.0.0.1:${options.port}`;
  await ready(origin, child);
  return {
    origin,
    pid: child.pid!,
    dataDir,
    readyAfterMs: performance.now() - begun,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      if (!options.keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function ready(origin: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_LIMIT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the mall ended with ${child.exitCode} before it was ready`);
    if (await answers(`${origin}/health/ready`)) return;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  child.kill('SIGKILL');
  throw new Error(`the mall was not ready after ${READY_LIMIT_MS} ms`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The value of a metric of the mall, summed over its labels; NaN when it is not there. */
export async function metric(origin: string, name: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].map((match) => Number(match[1]));
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0);
}
