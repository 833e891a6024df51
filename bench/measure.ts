/** Load over kept-alive connections, and what it cost the process that served it. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

/** Linux counts CPU in ticks of 10 ms (`getconf CLK_TCK` is 100 on every kernel Node runs on). */
const TICK_MS = 10;

export interface Call {
  body: unknown;
  headers?: Record<string, string>;
}

export interface Cost {
  operation: string;
  calls: number;
  failed: number;
  perSecond: number;
  cpuMs: number;
  p50Ms: number;
  p99Ms: number;
}

/** CPU milliseconds, user and system, a process has used so far. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export function rssMbOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
}

export interface LoadOptions {
  operation: string;
  origin: string;
  /** `/graphql` when absent. */
  path?: string;
  pid: number;
  connections: number;
  warmUpCalls: number;
  calls: number;
  /** Makes the next request; called once a request. */
  next: (index: number) => Call | Promise<Call>;
  /** Awaited before CPU is read, e.g. until work that answers have set off is done. */
  settle?: () => Promise<void>;
  /** Throws when an answer is not what it must be. */
  check: (answer: any) => void;
}

/** Sends `calls` requests over `connections`, each connection one at a time, and reads CPU when the last answer is in. */
export async function load(options: LoadOptions): Promise<Cost> {
  const pool = new Pool(options.origin, { connections: options.connections, pipelining: 1 });
  try {
    await run(pool, options, options.warmUpCalls, 0);
    const cpuBefore = cpuMsOf(options.pid);
    const begun = performance.now();
    const { latencies, failed } = await run(pool, options, options.calls, options.warmUpCalls);
    const seconds = (performance.now() - begun) / 1000;
    await options.settle?.();
    const cpu = cpuMsOf(options.pid) - cpuBefore;
    latencies.sort((left, right) => left - right);
    return {
      operation: options.operation,
      calls: latencies.length,
      failed,
      perSecond: latencies.length / seconds,
      cpuMs: cpu / Math.max(1, latencies.length),
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
    };
  } finally {
    await pool.close();
  }
}

async function run(pool: Pool, options: LoadOptions, calls: number, offset: number): Promise<{ latencies: number[]; failed: number }> {
  const latencies: number[] = [];
  let failed = 0;
  let sent = 0;
  let shown = false;
  const connection = async () => {
    while (sent < calls) {
      const { body, headers } = await options.next(offset + sent++);
      const begun = performance.now();
      const response = await pool.request({
        path: options.path ?? '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const text = await response.body.text();
      latencies.push(performance.now() - begun);
      try {
        options.check(JSON.parse(text));
      } catch (error) {
        failed++;
        if (!shown) console.error(`${options.operation}: ${(error as Error).message}\n${text.slice(0, 500)}`);
        shown = true;
      }
    }
  };
  await Promise.all(Array.from({ length: options.connections }, connection));
  return { latencies, failed };
}

export const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
