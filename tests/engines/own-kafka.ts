/** A Kafka of the test's own, beside the one that other tests share, so that it can be killed and hung; or three brokers. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Broker = 'kafka3-1' | 'kafka3-2' | 'kafka3-3';

export interface OwnKafka {
  addresses: string;
  /** What the `engines` tool can do to an engine; of three brokers to those that are named, else to all. */
  act(what: 'start' | 'kill' | 'pause' | 'resume', ...brokers: Broker[]): Promise<void>;
  remove(): Promise<void>;
}

/** ENGINES is the path of the tool that starts real engines. */
export async function openOwnKafka(engine: 'kafka' | 'kafka3' = 'kafka'): Promise<OwnKafka> {
  const tool = process.env.ENGINES;
  if (!tool) throw new Error('TEST_ENGINES names Kafka, so ENGINES must hold the path of the tool that kills and starts it');
  const home = mkdtempSync(join(tmpdir(), 'gomall-own-kafka-'));
  const environment = { ...process.env, ENGINES_HOME: home, ENGINES_PORT_OFFSET: String(1_000 + (process.pid % 20_000)) };
  const engines = async (...words: string[]) => (await run('bash', [tool, ...words], { env: environment })).stdout;
  await engines('install', engine);
  const addresses = /KAFKA3?_BROKERS=(\S+)/.exec(await engines('start', engine))?.[1];
  if (!addresses) throw new Error(`the tool has told no address of ${engine}`);
  return {
    addresses,
    act: async (what, ...brokers) => void (await engines(what, ...(brokers.length > 0 ? brokers : [engine]))),
    async remove() {
      await engines('stop', engine);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
