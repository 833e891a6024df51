import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '#platform/clock/clock.ts';
import { createShiftedClock } from '#platform/clock/shifted.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { createLease, type Lease, type Term } from './lease.ts';

const MINUTES_MS = 5 * 60_000;
let place: string;
let database: Database;
const leases: Lease[] = [];
const watches: NodeJS.Timeout[] = [];
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'gomall-lease-'));
  database = await openTestDatabase({ room: 'test', place, migrations: platformMigrations });
});
afterEach(async () => {
  for (const watch of watches.splice(0)) clearInterval(watch);
  for (const lease of leases.splice(0)) await lease.stop();
  await database.close();
  await dropTestDatabases(place);
  rmSync(place, { recursive: true, force: true });
});

interface HolderOptions {
  alone?: boolean;
  clock?: Clock;
  on?: Database;
}

async function holder(name: string, { alone = false, clock = systemClock, on = database }: HolderOptions = {}) {
  const terms: Term[] = [];
  const lease = createLease({ database: on, holder: name, clock, log: createLogger('silent'), alone });
  leases.push(lease);
  await lease.start((term) => void terms.push(term));
  return { lease, terms, epoch: () => lease.term()?.epoch ?? null };
}

/** A clock whose timers stand still while the process is paused, and whose time goes on. */
function pausableClock(): Clock & { pause(): void; resume(): void } {
  let paused = false;
  let late: (() => void)[] = [];
  const whenAwake = (work: () => void) => () => void (paused ? late.push(work) : work());
  return {
    ...systemClock,
    after: (delayMs, work) => systemClock.after(delayMs, whenAwake(work)),
    every: (periodMs, work) => systemClock.every(periodMs, whenAwake(work)),
    pause: () => (paused = true),
    resume() {
      paused = false;
      for (const work of late.splice(0)) work();
      late = [];
    },
  };
}

const patiently = { timeout: 15_000, interval: 20 };

test('one holds it, and keeps it in one term as long as it renews', async () => {
  const [first, second] = [await holder('a'), await holder('b')];
  expect([first.epoch(), second.epoch()]).toEqual([1, null]);
  const until = async () => Number((await database.query<{ until_ms: number }>('select until_ms from platform_lease'))[0]!.until_ms);
  const begun = await until();
  await expect.poll(until, patiently).toBeGreaterThan(begun);
  expect([first.epoch(), second.epoch()]).toEqual([1, null]);
  expect(first.terms).toHaveLength(1);
});

test('given back, another has it when it is told so, in the next term', async () => {
  const [first, second] = [await holder('a'), await holder('b')];
  await first.lease.stop();
  expect([first.lease.held(), first.terms[0]!.over.aborted]).toEqual([false, true]);
  second.lease.look();
  await expect.poll(second.epoch, patiently).toBe(2);
});

test('a holder that was killed is followed when its time is over, not before', async () => {
  const [first, second] = [await holder('a'), await holder('b')];
  first.lease.abandon();
  const [row] = await database.query<{ until_ms: number }>('select until_ms from platform_lease');
  const untilMs = Number(row!.until_ms);
  await expect.poll(second.epoch, patiently).toBe(2);
  // Its row said so, by the clock that the server and we have in common here.
  expect(systemClock.nowMs()).toBeGreaterThanOrEqual(untilMs);
});

test('a clock that is minutes off, either way, neither takes the lease of a living holder nor waits for that of a dead one', async () => {
  const ahead = createShiftedClock();
  await ahead.advance(MINUTES_MS);
  const behind: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() - MINUTES_MS };
  // A file has no clock of its own: there all processes are on one machine.
  const clocks = database.dialect === 'sqlite' ? [systemClock, systemClock, systemClock] : [systemClock, ahead, behind];
  const [first, second, third] = [await holder('a', { clock: clocks[0]! }), await holder('b', { clock: clocks[1]! }), await holder('c', { clock: clocks[2]! })];
  expect([first.epoch(), second.epoch(), third.epoch()]).toEqual([1, null, null]);
  for (const each of [second, third]) expect(Math.abs(each.lease.nowMs() - systemClock.nowMs())).toBeLessThan(5_000);

  first.lease.abandon();
  await expect.poll(() => [second.epoch(), third.epoch()].filter((epoch) => epoch !== null), patiently).toEqual([2]);
  const [next, last] = second.epoch() === 2 ? [second, third] : [third, second];
  next.lease.abandon();
  await expect.poll(last.epoch, patiently).toBe(3);
  ahead.clear();
});

test('a row that says minutes ahead, since the clock it was written by was put back, is waited for no longer than a lease', async () => {
  await database.transaction((tx) => tx.execute("insert into platform_lease (name, holder, epoch, until_ms) values ('background', 'gone', 7, ?)", [systemClock.nowMs() + MINUTES_MS]));
  const next = await holder('b');
  expect(next.epoch()).toBe(null);
  await expect.poll(next.epoch, patiently).toBe(8);
});

test('a holder that cannot renew gives up before another takes over, and its term does not come back', async () => {
  let away = false;
  const unsure: Database = { ...database, transaction: (work) => (away ? Promise.reject(new Error('the database is away')) : database.transaction(work)) };
  const first = await holder('a', { on: unsure });
  const second = await holder('b');
  let both = false;
  watches.push(setInterval(() => (both ||= first.lease.held() && second.lease.held()), 1));
  away = true;
  await expect.poll(second.epoch, patiently).toBe(2);
  expect(both).toBe(false);
  expect(first.terms[0]!.over.aborted).toBe(true);
  away = false;
  await second.lease.stop();
  await expect.poll(first.epoch, patiently).toBe(3);
  expect(first.terms.map(({ epoch }) => epoch)).toEqual([1, 3]);
});

test('a holder that was paused past its lease knows at its first look, before any timer', async () => {
  const clock = pausableClock();
  const first = await holder('a', { clock });
  const second = await holder('b');
  clock.pause();
  await expect.poll(second.epoch, patiently).toBe(2);
  const [term] = first.terms;
  expect(term!.over.aborted).toBe(false);
  expect(first.lease.held()).toBe(false);
  expect(term!.over.aborted).toBe(true);
  clock.resume();
  await second.lease.stop();
  await expect.poll(first.epoch, patiently).toBe(3);
});

test('a process that is alone takes it at once from whoever had it, and keeps it without renewing', async () => {
  const first = await holder('a');
  const alone = await holder('b', { alone: true });
  expect(alone.epoch()).toBe(2);
  await expect.poll(first.epoch, patiently).toBe(null);
  const [row] = await database.query<{ until_ms: number }>('select until_ms from platform_lease');
  first.lease.abandon();
  await expect.poll(() => systemClock.nowMs(), patiently).toBeGreaterThan(Number(row!.until_ms) + 500);
  expect(alone.epoch()).toBe(2);
  expect(await database.query('select until_ms from platform_lease')).toEqual([row]);
});
