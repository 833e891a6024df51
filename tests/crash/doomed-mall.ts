/** The real process on a folder of its own, killed with -9 and started again on what it left. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHolder } from '#app/data-dir.ts';
import { ROOM_NAMES } from '#app/modules.ts';
import { COUNT_LEVELS, LOAD_GOODS, plenty } from './plenty.ts';

const MAIN = fileURLToPath(new URL('../../app/main.ts', import.meta.url));
const TARGETS = `--target=${ROOM_NAMES.join(',')},router`;
const READY_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 20;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class DoomedMall {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'gomall-crash-'));
  /** How often it was started. */
  lives = 0;
  /** Of the next start: addresses of engines. */
  environment: Record<string, string> = {};
  #child: ChildProcess | null = null;
  #origin: string | null = null;
  #said = '';

  /** Resolves when it is ready to serve. */
  async start(): Promise<void> {
    this.lives++;
    this.#said = '';
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, TARGETS], {
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: this.dataDir, SEED: 'none', LOG_LEVEL: 'warn', ...this.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-4_000)));
    const deadline = performance.now() + READY_LIMIT_MS;
    while (performance.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`life ${this.lives} ended by itself with ${child.exitCode}: ${this.#said}`);
      const holder = readHolder(this.dataDir);
      if (holder && holder.pid === child.pid && holder.port > 0) {
        const origin = `http://127.0.0.1:${holder.port}`;
        if (await answers(`${origin}/health/ready`)) {
          this.#origin = origin;
          return;
        }
      }
      await pause(LOOK_EVERY_MS);
    }
    throw new Error(`life ${this.lives} was not ready within ${READY_LIMIT_MS} ms: ${this.#said}`);
  }

  /** SIGKILL: nothing in the process gets another turn. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  remove(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** What it wrote to its log in this life. */
  get said(): string {
    return this.#said;
  }

  /** Throws Gone when the process is dead, or dies before it has answered. */
  async send(query: string, variables: Record<string, unknown>, token?: string): Promise<any> {
    const origin = this.#origin;
    if (!origin) throw new Gone();
    let body: { data?: any; errors?: { message: string; extensions?: { code?: string } }[] };
    try {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables }),
      });
      body = (await response.json()) as typeof body;
    } catch (error) {
      throw new Gone(error);
    }
    if (!body.errors) return body.data;
    // A process that is on its way up or down says so; whatever else it says is a fault to be seen.
    if (body.errors.every(({ extensions }) => extensions?.code === 'UNAVAILABLE' || extensions?.code === 'LIMITED')) throw new Gone(body.errors[0]);
    throw new Error(JSON.stringify(body.errors));
  }

  async fill(): Promise<Map<string, string>> {
    const { token } = readHolder(this.dataDir)!;
    const { importProducts } = await this.send(LOAD_GOODS, { input: { products: plenty } }, token);
    const variants = new Map<string, string>(importProducts.variants.map(({ id, sku }: { id: string; sku: string }) => [sku, id]));
    const count = async () => (await this.send(COUNT_LEVELS, {}, token)).stockLevels.totalCount as number;
    while ((await count()) < variants.size) await pause(LOOK_EVERY_MS);
    return variants;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#origin = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

/** The process did not answer; the shopper asks again, with the same key. */
export class Gone extends Error {
  constructor(cause?: unknown) {
    super('the mall is gone', { cause });
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
