/** A Kafka of the test's own, beside the one that other tests share, so that it can be killed and hung. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface OwnKafka {
  addresses: string;
  /** What the `engines` tool can do to an engine. */
  act(what: 'start' | 'kill' | 'pause' | 'resume'): Promise<void>;
  remove(): Promise<void>;
}

/** ENGINES is the path of the tool that starts real engines. */
export async function openOwnKafka(): Promise<OwnKafka> {
  const tool = process.env.ENGINES;
  if (!tool) throw new Error('TEST_ENGINES names kafka, so ENGINES must hold the path of the tool that kills and starts it');
  const home = mkdtempSync(join(tmpdir(), 'gomall-own-kafka-'));
  const environment = { ...process.env, ENGINES_HOME: home, ENGINES_PORT_OFFSET: String(1_000 + (process.pid % 20_000)) };
  const engines = async (...words: string[]) => (await run('bash', [tool, ...words], { env: environment })).stdout;
  await engines('install', 'kafka');
  const addresses = /KAFKA_BROKERS=(\S+)/.exec(await engines('start', 'kafka'))?.[1];
  if (!addresses) throw new Error('the tool has told no KAFKA_BROKERS');
  return {
    addresses,
    act: async (what) => void (await engines(what, 'kafka')),
    async remove() {
      await engines('stop', 'kafka');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
