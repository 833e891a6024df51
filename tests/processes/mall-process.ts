/** One process of a mall that runs in several: started, killed, started again at the same address. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHolder } from '#app/data-dir.ts';

const MAIN = fileURLToPath(new URL('../../app/main.ts', import.meta.url));
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 20;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class MallProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'gomall-process-'));
  readonly origin: string;
  readonly #targets: string;
  readonly #environment: Record<string, string>;
  #child: ChildProcess | null = null;
  #said = '';

  constructor(targets: string, origin: string, environment: Record<string, string>) {
    this.#targets = targets;
    this.origin = origin;
    this.#environment = environment;
  }

  /** Resolves when it runs, ready or not. */
  start(): void {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, `--target=${this.#targets}`], {
      env: { PATH: process.env.PATH, DATA_DIR: this.dataDir, SEED: 'none', LOG_LEVEL: 'warn', ...this.#environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-8_000)));
  }

  async ready(): Promise<void> {
    await waitFor(async () => {
      if (this.#child?.exitCode !== null) throw new Error(`${this.#targets} ended by itself: ${this.#said}`);
      return answers(`${this.origin}/health/ready`);
    }, () => `${this.#targets} is ready; it said ${this.#said}`);
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  get token(): string {
    return readHolder(this.dataDir)!.token;
  }

  get said(): string {
    return this.#said;
  }

  /** SIGSTOP: its port stays open, and nobody answers. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child!.kill(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

export async function waitFor(condition: () => Promise<boolean>, what: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (await condition()) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`not within ${PATIENCE_MS} ms: ${what()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
