import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import type { Database } from '#platform/database/database.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { createLease, LEASE_MS, type Lease } from './lease.ts';

let place: string;
let database: Database;
let clock: ShiftedClock;
const leases: Lease[] = [];
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'gomall-lease-'));
  clock = createShiftedClock();
  database = await openTestDatabase({ room: 'test', place, migrations: platformMigrations });
});
afterEach(async () => {
  for (const lease of leases.splice(0)) await lease.stop();
  clock.clear();
  await database.close();
  await dropTestDatabases(place);
  rmSync(place, { recursive: true, force: true });
});

async function holder(name: string, takeOver = false) {
  let gained = 0;
  const lease = createLease({ database, name: 'background', holder: name, clock, log: createLogger('silent'), takeOver });
  leases.push(lease);
  await lease.start(() => void gained++);
  return { lease, gained: () => gained };
}

test('one holds it, and keeps it as long as it lives', async () => {
  const first = await holder('a');
  const second = await holder('b');
  expect([first.lease.held(), second.lease.held()]).toEqual([true, false]);
  await clock.advance(LEASE_MS - 1_000);
  await expect.poll(() => [first.lease.held(), second.lease.held()]).toEqual([true, false]);
  await clock.advance(LEASE_MS - 1_000);
  await expect.poll(() => [first.lease.held(), second.lease.held()]).toEqual([true, false]);
  expect(first.lease.epoch()).toBe(1);
  expect(first.gained()).toBe(1);
});

test('given back, another has it at its next try, with a higher epoch', async () => {
  const first = await holder('a');
  const second = await holder('b');
  await first.lease.stop();
  await clock.advance(LEASE_MS / 3);
  expect(first.lease.held()).toBe(false);
  await expect.poll(() => second.lease.held()).toBe(true);
  expect(second.lease.epoch()).toBe(2);
  expect(second.gained()).toBe(1);
});

test('taken by force, the former holder knows it at its next renewal and does not take it back', async () => {
  const first = await holder('a');
  const second = await holder('b', true);
  expect(second.lease.epoch()).toBe(2);
  await clock.advance(LEASE_MS / 3);
  await expect.poll(() => [first.lease.held(), second.lease.held()]).toEqual([false, true]);
});

test('a holder that was killed is followed when its time is over', async () => {
  await database.transaction((tx) => tx.execute("insert into platform_lease (name, holder, epoch, until_ms) values ('background', 'gone', 7, ?)", [clock.nowMs() + LEASE_MS]));
  const next = await holder('b');
  expect(next.lease.held()).toBe(false);
  await clock.advance(LEASE_MS);
  await clock.advance(LEASE_MS / 3);
  await expect.poll(() => next.lease.held()).toBe(true);
  expect(next.lease.epoch()).toBe(8);
});
