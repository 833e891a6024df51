/** One bout: shoppers buy, faults come and go at times drawn from the seed, the shop comes to rest, and the checker looks at everything. */
import { seeded } from '#platform/bus/rude.ts';
import { pause } from '../crash/doomed-mall.ts';
import { check, drain, readEnds } from './checker.ts';
import type { Fault } from './faults.ts';
import type { Entry, History } from './history.ts';
import type { MallFleet } from './mall-fleet.ts';
import { reportFault, type FaultReport } from './report.ts';
import { Shopper } from './shopper.ts';
import { stateOf } from './watching.ts';

const SHOPPERS = 5;
/** So many of them have an account. */
const SIGNED_IN = 2;
/** A fault begins within this of the first order. */
const BEGINS_WITHIN_MS = 2_500;
/** For the first order of a bout, and for the first one after its faults. Generous: correctness is asserted here, and seconds are told. */
const ORDER_LIMIT_MS = 120_000;
/** Longer than the longest time-out of a saga's step and its repeats. */
const REST_LIMIT_MS = 180_000;
const SETTLE_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 50;

export interface Bout {
  name: string;
  seed: number;
  faults: readonly Fault[];
}

export interface BoutReport {
  name: string;
  /** Null where nothing is drawn. */
  seed: number | null;
  faults: FaultReport[];
  /** Until nothing was under way any more, after the shop closed. */
  restMs: number;
  orders: Record<string, number>;
  /** Sentences; none is good. */
  problems: string[];
}

export interface BoutParts {
  fleet: MallFleet;
  history: History;
  /** Told before; they are not told again. */
  known: Set<string>;
}

export async function runBout({ name, seed, faults }: Bout, { fleet, history, known }: BoutParts): Promise<BoutReport> {
  const random = seeded(seed);
  const begun = history.entries.length;
  let closing = false;
  const shoppers = Array.from({ length: SHOPPERS }, (_, index) => {
    const who = `shopper ${index + 1} of ${name}`;
    return new Shopper({ who, front: fleet, history, random: seeded(Math.floor(random() * 2 ** 32)), signsIn: index < SIGNED_IN, rests: 1 });
  });
  const problems: string[] = [];
  const shopping = Promise.all(shoppers.map((shopper) => shopper.shop(() => closing)));
  const times: Strike[] = [];
  try {
    if (!(await bought(history, begun, ORDER_LIMIT_MS))) problems.push('no order was bought before the faults');
    times.push(...(await Promise.all(faults.map((fault) => strike(fault, fleet, history, random() * BEGINS_WITHIN_MS, random())))));
    if (!(await bought(history, history.entries.length, ORDER_LIMIT_MS))) problems.push(`no order was bought within ${ORDER_LIMIT_MS / 1000} s of the end of the faults`);
  } finally {
    closing = true;
    await shopping;
  }

  const { restMs, ends, states, found } = await comeToRest(shoppers, { fleet, history, known });
  problems.push(...found);
  const entries = history.entries.slice(begun);
  return { name, seed, faults: times.map((time) => reportFault(entries, time, ends)), restMs, orders: countEnds(entries, states), problems };
}

/** Waits until nothing is under way and every watcher has seen the end, and has the checker look at the whole history. */
export async function comeToRest(shoppers: readonly Shopper[], { fleet, history, known }: BoutParts) {
  const closedMs = performance.now();
  const found = (await drain(fleet.books, REST_LIMIT_MS)).map((left) => `still under way: ${left}`);
  const restMs = Math.round(performance.now() - closedMs);
  const ends = await readEnds(fleet.books);
  const states = new Map([...ends.orders].map(([id, end]) => [id, stateOf(end.status, end.payment)]));
  await Promise.all(shoppers.map(({ watching }) => watching.settle(states, SETTLE_LIMIT_MS)));
  for (const problem of await check(history.entries, fleet.books)) {
    if (!known.has(problem)) found.push(problem);
    known.add(problem);
  }
  return { restMs, ends, states, found };
}

export interface Strike {
  name: string;
  beganMs: number;
  endedMs: number;
}

async function strike(fault: Fault, fleet: MallFleet, history: History, delayMs: number, share: number): Promise<Strike> {
  const [least, most] = fault.lastsMs;
  await pause(delayMs);
  const began = history.add({ who: 'nemesis', op: 'fault', key: fault.name, kind: 'invoke' });
  await fault.begin(fleet);
  await pause(least + share * (most - least));
  await fault.end(fleet);
  const ended = history.add({ who: 'nemesis', op: 'fault', key: fault.name, kind: 'ok' });
  return { name: fault.name, beganMs: began.atMs, endedMs: ended.atMs };
}

/** Whether an order that was asked for after `from` has been seen CONFIRMED, within the limit. */
async function bought({ entries }: History, from: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  const asked = new Set<string>();
  const ids = new Set<string>();
  for (let at = from; performance.now() < deadline; await pause(LOOK_EVERY_MS)) {
    for (; at < entries.length; at++) {
      const entry = entries[at]!;
      if (entry.op === 'place' && entry.kind === 'invoke' && isFirst(entries, at)) asked.add(entry.key);
      if (entry.op === 'place' && entry.kind === 'ok' && asked.has(entry.key)) ids.add(entry.order!.id);
      if (entry.order && ids.has(entry.order.id) && entry.order.status === 'CONFIRMED') return true;
    }
  }
  return false;
}

const isFirst = (entries: readonly Entry[], at: number): boolean => entries.findIndex(({ op, key }) => op === 'place' && key === entries[at]!.key) === at;

export function countEnds(entries: readonly Entry[], states: ReadonlyMap<string, string>): Record<string, number> {
  const ids = new Set(entries.filter(({ op, kind }) => op === 'place' && kind === 'ok').map(({ order }) => order!.id));
  const counts: Record<string, number> = {};
  for (const id of ids) counts[states.get(id) ?? 'LOST'] = (counts[states.get(id) ?? 'LOST'] ?? 0) + 1;
  return counts;
}
