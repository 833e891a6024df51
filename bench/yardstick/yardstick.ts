/** What the stock gateway costs here and now, so that figures of different machines and days can be compared. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { load } from '../measure.ts';
import { startSubgraphs } from './subgraphs.ts';

/** CPU of the stock gateway for the small query on the machine whose figures the targets are. */
export const REFERENCE_MS = 0.95;

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

export async function yardstickMs(): Promise<number> {
  const subgraphs = await startSubgraphs();
  const child = spawn(process.execPath, [new URL('./stock-gateway.ts', import.meta.url).pathname, subgraphs.origin], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
      child.once('exit', (code) => reject(new Error(`the stock gateway ended with ${code}`)));
    });
    const expected = JSON.parse(read('./small.expected.json')).data;
    const query = read('./small.graphql');
    const cost = await load({
      operation: 'stock gateway, small query',
      origin: `http://127.0.0.1:${port}`,
      path: '/',
      pid: child.pid!,
      connections: 50,
      warmUpCalls: 3_000,
      calls: 6_000,
      next: () => ({ body: { query } }),
      check: (answer) => {
        if (!isDeepStrictEqual(answer.data, expected)) throw new Error('not the expected answer');
      },
    });
    if (cost.failed > 0) throw new Error('the stock gateway answered wrongly');
    return cost.cpuMs;
  } finally {
    child.removeAllListeners('exit');
    child.kill();
    subgraphs.stop();
  }
}
