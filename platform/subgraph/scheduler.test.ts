import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { createLease, type Lease } from '#platform/outbox/lease.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { platformMigrations } from './migrations.ts';
import type { Task } from './room.ts';
import { createScheduler, SHORTEST_TICK_MS, type Scheduler } from './scheduler.ts';
import { RUNS_KEPT, taskRuns } from './task-runs.ts';

const log = createLogger('silent');
const patiently = { timeout: 20_000, interval: 20 };

let place: string;
let database: Database;
let clock: ShiftedClock;
const replicas: { scheduler: Scheduler; lease: Lease }[] = [];
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'gomall-scheduler-'));
  clock = createShiftedClock();
  database = await openTestDatabase({ room: 'test', place, migrations: platformMigrations });
});
afterEach(async () => {
  for (const { scheduler, lease } of replicas.splice(0)) {
    await lease.stop();
    await scheduler.stop();
  }
  clock.clear();
  await database.close();
  await dropTestDatabases(place);
  rmSync(place, { recursive: true, force: true });
});

async function alone(tasks: readonly Task[]) {
  const lease = createLease({ database, holder: 'only', clock, log, alone: true });
  const scheduler = createScheduler('room', tasks, { database, lease, clock, log });
  replicas.push({ scheduler, lease });
  scheduler.start();
  await lease.start(() => {});
  return { scheduler, lease };
}

/** A process of a room with several; `on` may be a database that it cannot reach for a while. */
async function replica(name: string, tasks: readonly Task[], on = database) {
  const lease = createLease({ database: on, holder: name, clock: systemClock, log, alone: false });
  const scheduler = createScheduler('room', tasks, { database: on, lease, clock: systemClock, log });
  replicas.push({ scheduler, lease });
  scheduler.start();
  await lease.start(() => {});
  return { scheduler, lease };
}

const rows = () => database.query<{ tick_ms: number; state: string; epoch: number; error: string | null }>('select tick_ms, state, epoch, error from platform_task_run order by tick_ms');
const states = async () => (await rows()).map(({ state }) => state);

test('a task runs at its ticks, never twice at once; what ticks while it runs is passed over', async () => {
  let runs = 0;
  let end = () => {};
  const { scheduler } = await alone([{ name: 'sweep', everyMs: 60_000, run: () => new Promise<void>((resolve) => (runs++, (end = resolve))) }]);
  await clock.advance(60_000);
  await expect.poll(() => runs, patiently).toBe(1);
  await clock.advance(60_000);
  expect(runs).toBe(1);
  end();
  await expect.poll(states, patiently).toEqual(['DONE']);
  await clock.advance(0);
  expect(runs).toBe(1);
  await clock.advance(60_000);
  await expect.poll(() => runs, patiently).toBe(2);
  end();
  await scheduler.stop();
  const [first, second] = await rows();
  expect(second!.tick_ms - first!.tick_ms).toBe(120_000);
});

test('a task that fails says so and runs again at its next tick; a stop breaks off what is under way and waits for its end', async () => {
  let runs = 0;
  let ended = false;
  const { scheduler } = await alone([
    {
      name: 'sweep',
      everyMs: 60_000,
      async run(signal) {
        if (++runs === 1) throw new Error('dust');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        ended = true;
      },
    },
  ]);
  await clock.advance(60_000);
  await expect.poll(states, patiently).toEqual(['FAILED']);
  await clock.advance(60_000);
  await expect.poll(() => runs, patiently).toBe(2);
  await scheduler.stop();
  expect(ended).toBe(true);
  expect((await rows()).map(({ state, error }) => [state, error])).toEqual([['FAILED', 'Error: dust'], ['STOPPED', null]]);
  expect(await scheduler.runNow('nothing')).toBe(false);
});

test('a look runs only where the lease is held, and leaves no row', async () => {
  let runs = 0;
  const { scheduler, lease } = await alone([{ name: 'look', everyMs: 500, look: true, run: async () => void runs++ }]);
  await clock.advance(500);
  expect(runs).toBe(1);
  expect(await scheduler.runNow('look')).toBe(true);
  expect(runs).toBe(2);
  await lease.stop();
  await clock.advance(500);
  expect(runs).toBe(2);
  expect(await rows()).toEqual([]);
});

test('of two replicas one runs a tick, whichever holds the lease when it comes', async () => {
  const ran: string[] = [];
  const task = (name: string): Task => ({ name: 'sweep', everyMs: SHORTEST_TICK_MS, run: async () => void ran.push(name) });
  const first = await replica('a', [task('a')]);
  await replica('b', [task('b')]);
  await expect.poll(() => ran.length, patiently).toBeGreaterThanOrEqual(3);
  await first.lease.stop();
  const before = ran.length;
  await expect.poll(() => ran.length, patiently).toBeGreaterThanOrEqual(before + 3);
  for (const { scheduler } of replicas) await scheduler.stop();
  expect(new Set(ran)).toEqual(new Set(['a', 'b']));
  // A row a run, so no tick was run twice; 'b' after 'a', and never again the other way.
  expect(await states()).toEqual(ran.map(() => 'DONE'));
  expect(ran.indexOf('b')).toBe(ran.lastIndexOf('a') + 1);
});

test('a tick whose runner was killed in the middle is not run again, and told as lost; the next one is run by the successor', async () => {
  const begun: { by: string; tickMs: number }[] = [];
  const task = (by: string, run: () => Promise<void>): Task => ({
    name: 'report',
    everyMs: SHORTEST_TICK_MS,
    async run() {
      begun.push({ by, tickMs: Number((await rows()).at(-1)!.tick_ms) });
      await run();
    },
  });
  const killed = await replica('a', [task('a', () => new Promise(() => {}))]);
  await replica('b', [task('b', async () => {})]);
  await expect.poll(() => begun.length, patiently).toBe(1);
  killed.lease.abandon();
  replicas.splice(0, 1);
  await expect.poll(() => begun.filter(({ by }) => by === 'b').length, patiently).toBeGreaterThanOrEqual(2);
  expect(new Set(begun.map(({ tickMs }) => tickMs)).size).toBe(begun.length);
  expect((await rows())[0]).toMatchObject({ tick_ms: begun[0]!.tickMs, state: 'LOST', epoch: 1 });
});

test('a runner that cannot renew is told at once; what it writes of its run after its successor began changes nothing', async () => {
  let away = false;
  const unsure: Database = { ...database, transaction: (work) => (away ? Promise.reject(new Error('the database is away')) : database.transaction(work)) };
  let broken: unknown = null;
  let letGo = () => {};
  const stuck: Task = {
    name: 'report',
    everyMs: SHORTEST_TICK_MS,
    async run(signal) {
      signal.addEventListener('abort', () => (broken = signal.reason), { once: true });
      await new Promise<void>((resolve) => (letGo = resolve));
    },
  };
  const first = await replica('a', [stuck], unsure);
  let others = 0;
  await replica('b', [{ name: 'report', everyMs: SHORTEST_TICK_MS, run: async () => void others++ }]);
  await expect.poll(states, patiently).toEqual(['RUNNING']);
  away = true;
  await expect.poll(() => broken, patiently).toMatchObject({ message: 'the lease is over' });
  expect(first.lease.held()).toBe(false);
  await expect.poll(() => others, patiently).toBeGreaterThanOrEqual(1);
  away = false;
  letGo();
  await first.scheduler.stop();
  expect((await rows())[0]).toMatchObject({ state: 'LOST', epoch: 1 });
});

test('a claim made in a term that is over is refused, though nobody has run the tick', async () => {
  const runs = taskRuns(database);
  const { lease } = await alone([]);
  const epoch = lease.term()!.epoch;
  expect(await runs.claim({ task: 'report', tickMs: 1_000, epoch }, 0, 1_000)).toBe(true);
  const successor = createLease({ database, holder: 'next', clock, log, alone: true });
  await successor.start(() => {});
  expect(await runs.claim({ task: 'report', tickMs: 2_000, epoch }, 0, 2_000)).toBe(false);
  expect(await runs.claim({ task: 'report', tickMs: 2_000, epoch: successor.term()!.epoch }, 0, 2_000)).toBe(true);
  expect(await states()).toEqual(['LOST', 'RUNNING']);
  await successor.stop();
});

test('of the runs of a task the latest are kept', async () => {
  await database.transaction(async (tx) => {
    const old = clock.nowMs() - 2 * RUNS_KEPT * 60_000;
    for (let index = 0; index < 40; index++) await tx.insertIfAbsent('platform_task_run', { task: 'sweep', tick_ms: old + index, epoch: 1, state: 'DONE', begun_at_ms: old, ended_at_ms: old, error: null });
  });
  await alone([{ name: 'sweep', everyMs: 60_000, run: async () => {} }]);
  await clock.advance(60_000);
  await expect.poll(states, patiently).toEqual(['DONE']);
});

test('a task that would tick more often than is looked is refused', () => {
  const lease = createLease({ database, holder: 'only', clock, log, alone: true });
  expect(() => createScheduler('room', [{ name: 'hasty', everyMs: 10, run: async () => {} }], { database, lease, clock, log })).toThrow('make it a look');
});
