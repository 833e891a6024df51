/**
 * `npm run bench -- distributed`: what the mall costs as processes on real engines, one a room and the router in front. CPU,
 * user and system, is summed over all processes of the mall, and over the engines that listen on this machine; "scaled" as
 * in bench/embedded.ts. Orders come at a steady pace, whether the one before is answered or not (an open loop): shoppers do
 * not wait for each other.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openFleet, type Fleet } from '#app/distributed/fleet.ts';
import { pidsListeningAt } from './listeners.ts';
import { cpuMsOf, load, percentile, rssMbOf } from './measure.ts';
import { ask, fillCarts, goods, measuredCheckout, measuredReads, type Goods } from './operations.ts';
import { print } from './table.ts';
import { REFERENCE_MS, yardstickMs } from './yardstick/yardstick.ts';

const CONNECTIONS = 32;
const WARM_UP_CALLS = 1_000;
const ORDERS_A_SECOND = 10;
const WARM_UP_ORDERS = 100;
const ORDERS = 400;
const IDLE_MS = 5_000;
/** After the last order, for what goes on behind it. */
const SETTLE_MS = 2_000;
const RECOVERY_LIMIT_MS = 60_000;
const RETRY_MS = 50;

/** By variable, with the port an engine listens at when its address names none. */
const PORTS: Readonly<Record<string, number>> = { MYSQL_DSN: 3306, REDIS_ADDRESS: 6379, KAFKA_BROKERS: 9092, CONSUL_ADDRESS: 8500 };
const run = `d${process.pid}`;
const engines = Object.fromEntries(Object.keys(PORTS).flatMap((name) => (process.env[name] ? [[name, process.env[name]!]] : [])));
const portOf = (name: string, address: string) => Number(/:(\d+)(?:[/?)]|$)/.exec(address)?.[1] ?? PORTS[name]);
const enginePids = Object.entries(engines).flatMap(([name, addresses]) => addresses.split(',').flatMap((address) => pidsListeningAt(portOf(name, address))));

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

console.log('Measuring the yardstick: the stock gateway, small query …');
const scale = REFERENCE_MS / (await yardstickMs());
const place = mkdtempSync(join(tmpdir(), 'gomall-bench-'));
try {
  const first = await open('First start, with accounts, tables and the demo goods');
  await first.fleet.close();
  const { fleet, readyAfterMs } = await open('Second start');
  try {
    const shop = await goods(fleet.origin);
    console.log(`${enginePids.length} engine processes on this machine; scale ${scale.toFixed(2)}\n`);
    print([['operation', 'calls', 'mall ms', 'scaled', 'target', 'engines ms', 'scaled', 'target', 'p50 ms', 'p99 ms', 'target', 'failed'], await list(fleet, shop), await checkouts(fleet, shop)]);
    const before = cpu(fleet);
    await pause(IDLE_MS);
    const idle = since(fleet, before);
    console.log(`\nidle: mall ${(idle.mallMs / IDLE_MS * 1_000).toFixed(0)} ms CPU a second, engines ${(idle.enginesMs / IDLE_MS * 1_000).toFixed(0)} ms (both are in the figures above)`);
    console.log(`RSS ${fleet.processes().map(({ name, pid }) => `${name} ${rssMbOf(pid!).toFixed(0)}`).join(', ')} MB`);
    console.log(`first start ${inSeconds(first.readyAfterMs)}, start ${inSeconds(readyAfterMs)} (target 25 s)\n`);
    await recoveries(fleet, shop);
  } finally {
    await fleet.close();
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function open(what: string): Promise<{ fleet: Fleet; readyAfterMs: number }> {
  console.log(`${what} …`);
  const begun = performance.now();
  const fleet = await openFleet({ engines, dataDir: place, environment: { SEED: 'demo', LOG_LEVEL: 'error', NODE_ENV: 'production' } });
  await fleet.ready();
  return { fleet, readyAfterMs: performance.now() - begun };
}

interface Spent {
  mallMs: number;
  enginesMs: number;
}

/** Without this process: it hands connections over and then only makes the load. */
function cpu(fleet: Fleet): Spent {
  return { mallMs: sum(fleet.pids().map(cpuMsOf)), enginesMs: sum(enginePids.map(cpuMsOf)) };
}

function since(fleet: Fleet, before: Spent): Spent {
  const now = cpu(fleet);
  return { mallMs: now.mallMs - before.mallMs, enginesMs: now.enginesMs - before.enginesMs };
}

function row(operation: string, calls: number, spent: Spent, targets: readonly [number, number, number | null], p50Ms: number, p99Ms: number, failed: number): string[] {
  const [mallTarget, enginesTarget, p99Target] = targets;
  const each = (ms: number) => [(ms / calls).toFixed(2), ((ms / calls) * scale).toFixed(2)];
  return [operation, String(calls), ...each(spent.mallMs), String(mallTarget), ...each(spent.enginesMs), String(enginesTarget), p50Ms.toFixed(1), p99Ms.toFixed(1), String(p99Target ?? '–'), String(failed)];
}

/** The list needs the router and two rooms. */
async function list(fleet: Fleet, shop: Goods): Promise<string[]> {
  const options = { origin: fleet.origin, pid: fleet.process('router').pid!, connections: CONNECTIONS, ...measuredReads(shop)[0]!, warmUpCalls: 0 };
  await load({ ...options, calls: WARM_UP_CALLS });
  const before = cpu(fleet);
  const cost = await load(options);
  return row(cost.operation, cost.calls, since(fleet, before), [2.5, 0.8, null], cost.p50Ms, cost.p99Ms, cost.failed);
}

/** From placeOrder to an answer that says CONFIRMED; the CPU is that of whole orders, captured and cleared. */
async function checkouts(fleet: Fleet, shop: Goods): Promise<string[]> {
  const carts = await fillCarts(fleet.origin, shop, WARM_UP_ORDERS + ORDERS, `${run}f`);
  const { next, check, operation } = measuredCheckout(carts, `${run}c`);
  const latencies: number[] = [];
  let failed = 0;
  async function order(index: number): Promise<void> {
    const begun = performance.now();
    try {
      check({ data: await ask(fleet.origin, next(index).body) });
    } catch (error) {
      if (failed++ === 0) console.error(`${operation}: ${(error as Error).message}`);
    }
    latencies.push(performance.now() - begun);
  }
  async function atAPace(from: number, to: number): Promise<void> {
    const begun = performance.now();
    const orders: Promise<void>[] = [];
    for (let index = from; index < to; index++) {
      await pause(Math.max(0, begun + ((index - from) * 1_000) / ORDERS_A_SECOND - performance.now()));
      orders.push(order(index));
    }
    await Promise.all(orders);
  }
  await atAPace(0, WARM_UP_ORDERS);
  latencies.length = 0;
  failed = 0;
  const before = cpu(fleet);
  await atAPace(WARM_UP_ORDERS, WARM_UP_ORDERS + ORDERS);
  await pause(SETTLE_MS);
  const spent = since(fleet, before);
  latencies.sort((left, right) => left - right);
  return row(`${operation}, ${ORDERS_A_SECOND} a second`, ORDERS, spent, [25, 18, 400], percentile(latencies, 0.5), percentile(latencies, 0.99), failed);
}

/** Each process is killed in turn: how long until it serves again, and until an order goes through from cart to CONFIRMED. */
async function recoveries(fleet: Fleet, shop: Goods): Promise<void> {
  const table = [['killed', 'serves again', 'an order goes through', 'target']];
  for (const { name } of fleet.processes()) {
    const { pid } = fleet.process(name);
    const begun = performance.now();
    fleet.kill(name);
    const [servesMs, buysMs] = await Promise.all([
      until(begun, async () => fleet.process(name).pid !== pid && fleet.process(name).state === 'ready'),
      until(begun, async () => {
        const run = `k${Math.round(performance.now())}`;
        const [cartId] = await fillCarts(fleet.origin, shop, 1, run);
        const { next, check } = measuredCheckout([cartId!], run);
        check({ data: await ask(fleet.origin, next(0).body) });
        return true;
      }),
    ]);
    table.push([name, inSeconds(servesMs), inSeconds(buysMs), '5 s']);
  }
  print(table);
}

/** Milliseconds from `begun` until `what` is so; what it throws counts as not yet. */
async function until(begun: number, what: () => Promise<boolean>): Promise<number> {
  let reason: unknown = null;
  while (performance.now() - begun < RECOVERY_LIMIT_MS) {
    try {
      if (await what()) return performance.now() - begun;
    } catch (error) {
      reason = error;
    }
    await pause(RETRY_MS);
  }
  throw new Error(`not within ${RECOVERY_LIMIT_MS} ms`, { cause: reason });
}
