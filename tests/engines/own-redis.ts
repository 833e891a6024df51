/** A Redis of the test's own, beside the one that other tests share, so that it can be killed, hung, filled and flushed. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';

const run = promisify(execFile);

export interface OwnRedis {
  address: string;
  /** What the `engines` tool can do to an engine. */
  act(what: 'start' | 'kill' | 'pause' | 'resume'): Promise<void>;
  /** One command, as an administrator. */
  command(...parts: string[]): Promise<unknown>;
  remove(): Promise<void>;
}

/** ENGINES is the path of the tool that starts real engines. */
export async function openOwnRedis(): Promise<OwnRedis> {
  const tool = process.env.ENGINES;
  if (!tool) throw new Error('TEST_ENGINES names redis, so ENGINES must hold the path of the tool that kills and starts it');
  const home = mkdtempSync(join(tmpdir(), 'gomall-redis-'));
  const environment = { ...process.env, ENGINES_HOME: home, ENGINES_PORT_OFFSET: String(1_000 + (process.pid % 20_000)) };
  const engines = async (...words: string[]) => (await run('bash', [tool, ...words], { env: environment })).stdout;
  await engines('install', 'redis');
  const address = /REDIS_ADDRESS=(\S+)/.exec(await engines('start', 'redis'))?.[1];
  if (!address) throw new Error('the tool has told no REDIS_ADDRESS');
  return {
    address,
    act: async (what) => void (await engines(what, 'redis')),
    async command(name, ...parts) {
      const client = new Redis(`redis://${address}`);
      try {
        return await client.call(name!, ...parts);
      } finally {
        client.disconnect();
      }
    },
    async remove() {
      await engines('stop', 'redis');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
