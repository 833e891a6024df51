/** The tool that starts real engines, kills them and lets them hang; ENGINES holds its path. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type EngineAct = 'start' | 'stop' | 'kill' | 'pause' | 'resume';

/** Done when the tool says so: an engine that was started answers. */
export const engineAct = async (act: EngineAct, name: string): Promise<void> => void (await engines(act, name));

/** A new cluster of three; its addresses. */
export async function startThreeBrokers(): Promise<string> {
  const addresses = /KAFKA3_BROKERS=(\S+)/.exec(await engines('start', '--fresh', 'kafka3'))?.[1];
  if (!addresses) throw new Error('the tool has told no KAFKA3_BROKERS');
  return addresses;
}

async function engines(...words: string[]): Promise<string> {
  const tool = process.env.ENGINES;
  if (!tool) throw new Error('ENGINES must hold the path of the tool that starts and kills engines');
  return (await run('bash', [tool, ...words])).stdout;
}
