/**
 * What the mall costs in one process on its embedded engines, as a table. CPU is that of the mall's process, user and system,
 * divided by calls; "scaled" is CPU times (reference yardstick / yardstick here), to be held against the target.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCatalogue } from './catalogue.ts';
import { metric, startMall, type Mall } from './mall.ts';
import { load, rssMbOf, type Cost } from './measure.ts';
import { ask, fillCarts, goods, measuredAddToCart, measuredCheckout, measuredReads, request, type Measured } from './operations.ts';
import { print } from './table.ts';
import { REFERENCE_MS, yardstickMs } from './yardstick/yardstick.ts';

const PORT = 18_080;
const CONNECTIONS = 32;
const CHECKOUTS = 600;
const IMPORTED_PRODUCTS = 10_000;
/** The longest stall since the last reading; Node resets its histogram when it is read. */
const STALL_METRIC = 'gomall_nodejs_eventloop_lag_max_seconds';
const QUIET_LIMIT_MS = 30_000;

const run = `b${process.pid}`;
const rows: (Cost & { targetCpuMs: number | null; stallMs: number })[] = [];

console.log('Measuring the yardstick: the stock gateway, small query …');
const yardstick = await yardstickMs();
const scale = REFERENCE_MS / yardstick;

const place = mkdtempSync(join(tmpdir(), 'gomall-bench-'));
try {
  console.log('First start with the demo goods …');
  const first = await startMall({ port: PORT, dataDir: place, keep: true });
  await first.stop();
  console.log('Second start …');
  const mall = await startMall({ port: PORT, dataDir: place, keep: true });
  try {
    const idleRssMb = rssMbOf(mall.pid);
    const shop = await goods(mall.origin);
    for (const measured of [...measuredReads(shop), measuredAddToCart(shop, run)]) await measure(mall, measured);
    const carts = await fillCarts(mall.origin, shop, CHECKOUTS + CONNECTIONS * 4, `${run}f`);
    await measure(mall, measuredCheckout(carts, `${run}c`), { warmUpCalls: CONNECTIONS * 4, calls: CHECKOUTS, settle: () => quiet(mall) });
    await whileImporting(mall, measuredReads(shop)[0]!);
    report(first.readyAfterMs, mall.readyAfterMs, idleRssMb, rssMbOf(mall.pid));
  } finally {
    await mall.stop();
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function measure(mall: Mall, measured: Measured, more: { warmUpCalls?: number; calls?: number; settle?: () => Promise<void> } = {}): Promise<void> {
  console.log(`Measuring ${measured.operation} …`);
  await metric(mall.origin, STALL_METRIC);
  const cost = await load({ origin: mall.origin, pid: mall.pid, connections: CONNECTIONS, warmUpCalls: 1_000, ...measured, ...more });
  rows.push({ ...cost, targetCpuMs: measured.targetCpuMs, stallMs: (await metric(mall.origin, STALL_METRIC)) * 1000 });
}

/** Until no message waits in any outbox: then every confirmed order is captured. */
async function quiet(mall: Mall): Promise<void> {
  const deadline = performance.now() + QUIET_LIMIT_MS;
  while (performance.now() < deadline) {
    if ((await metric(mall.origin, 'gomall_outbox_messages')) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`messages are still on their way after ${QUIET_LIMIT_MS} ms`);
}

/** The list again, while ten thousand products are imported: shoppers must not feel it. */
async function whileImporting(mall: Mall, list: Measured): Promise<void> {
  const file = join(place, 'many.csv');
  writeCatalogue(file, IMPORTED_PRODUCTS);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'app/import/main.ts', 'products', file], {
    env: { ...process.env, DATA_DIR: place },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const begun = performance.now();
  const imported = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await measure(mall, { ...list, operation: 'product list while importing', targetCpuMs: Number.NaN }, { warmUpCalls: 0, calls: 2_000 });
  const code = await imported;
  console.log(`Importing ${IMPORTED_PRODUCTS} products took ${((performance.now() - begun) / 1000).toFixed(1)} s${code === 0 ? '' : ` and ended with ${code}`}.`);
  const { products } = await ask(mall.origin, request('ProductList', { first: 1 }));
  console.log(`The shop has ${products.totalCount} products.`);
}

function report(firstStartMs: number, startMs: number, idleRssMb: number, loadedRssMb: number): void {
  console.log(`\nyardstick ${yardstick.toFixed(2)} ms here, ${REFERENCE_MS} ms on the reference machine: scale ${scale.toFixed(2)}; ${CONNECTIONS} connections\n`);
  const number = (value: number | null, digits: number) => (value === null || Number.isNaN(value) ? '–' : value.toFixed(digits));
  const table = rows.map((row) => [
    row.operation, String(row.calls), number(row.cpuMs, 2), number(row.cpuMs * scale, 2), number(row.targetCpuMs, 1),
    number(row.p50Ms, 1), number(row.p99Ms, 1), number(row.perSecond, 0), number(row.stallMs, 0), String(row.failed),
  ]);
  print([['operation', 'calls', 'CPU ms', 'scaled', 'target', 'p50 ms', 'p99 ms', 'per s', 'stall ms', 'failed'], ...table]);
  console.log(`\nfirst start with the demo goods ${(firstStartMs / 1000).toFixed(2)} s (target 8), start ${(startMs / 1000).toFixed(2)} s (target 2)`);
  console.log(`RSS idle ${idleRssMb.toFixed(0)} MB (target 250), after the load ${loadedRssMb.toFixed(0)} MB`);
}
