/**
 * A table of a million rows keeps taking writes while the next version migrates. What a write waits for is told apart from
 * what the machine is busy with by a table beside it that no migration touches, written to in turn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import type { Database, Migration } from '#platform/database/database.ts';
import { readMysqlAddress } from '#platform/database/mysql-address.ts';
import { MysqlPool } from '#platform/database/mysql-pool.ts';
import { LOCK_PATIENCE_S } from '#platform/database/mysql-server.ts';
import { dropTestDatabases, openTestMysql } from '#platform/testing/databases.ts';
import { engineAddress } from '../engines.ts';

const ROWS = 2 ** 20;
const WRITERS = 3;
const PAUSE_MS = 10;

const dsn = engineAddress('mysql')!;
const columns = 'id bigint not null auto_increment primary key, name varchar(64) not null, stock integer not null';
const first: Migration = { name: 'test-0001', up: [`create table thing (${columns})`, `create table beside (${columns})`] };
const next: Migration[] = [
  first,
  {
    name: 'test-0002',
    up: ["alter table thing add column colour varchar(20) not null default 'grey'", 'alter table thing add column size integer', 'create index thing_name on thing (name, stock)'],
    backfills: [{ table: 'thing', key: 'id', set: 'size = length(name)', where: `size is null and id > ${(ROWS / 4) * 3}` }],
  },
];
const afterNext: Migration[] = [...next, { name: 'test-0003', kind: 'contract', up: ['drop index thing_name on thing', 'alter table thing drop column colour'] }];

const place = mkdtempSync(join(tmpdir(), 'gomall-online-'));
const opened: Database[] = [];
async function version(migrations: Migration[]): Promise<Database> {
  const database = await openTestMysql(dsn, { room: 'test', place, migrations });
  opened.push(database);
  return database;
}

let before: Database;
beforeAll(async () => {
  before = await version([first]);
  await before.transaction((tx) => tx.execute("insert into thing (name, stock) values ('one', 1)"));
  await before.transaction((tx) => tx.execute("insert into beside (name, stock) values ('one', 1)"));
  for (let rows = 1; rows < ROWS; rows *= 2) await before.transaction((tx) => tx.execute("insert into thing (name, stock) select concat('thing ', id), stock + 1 from thing"));
}, 120_000);
afterAll(async () => {
  for (const database of opened) await database.close();
  await dropTestDatabases(place);
  rmSync(place, { recursive: true, force: true });
});

interface Waits {
  writes: number;
  worstMs: number;
}

/** Shoppers of the version before: changes of rows and new rows, one after the other, in both tables. */
function traffic() {
  const waits: Record<'thing' | 'beside', Waits> = { thing: { writes: 0, worstMs: 0 }, beside: { writes: 0, worstMs: 0 } };
  let going = true;
  async function write(table: 'thing' | 'beside', turn: number): Promise<void> {
    const begunMs = performance.now();
    await before.transaction(async (tx) => {
      await tx.execute(`update ${table} set stock = stock + 1 where id = ?`, [table === 'beside' ? 1 : 1 + ((turn * 7_919) % ROWS)]);
      await tx.execute(`insert into ${table} (name, stock) values ('new', 1)`);
    });
    waits[table].writes++;
    waits[table].worstMs = Math.max(waits[table].worstMs, performance.now() - begunMs);
  }
  async function shopper(start: number): Promise<void> {
    for (let turn = start; going; turn += WRITERS) {
      await write('thing', turn);
      await write('beside', turn);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  const shoppers = Promise.all(Array.from({ length: WRITERS }, (_, index) => shopper(index)));
  return {
    waits,
    end() {
      going = false;
      return shoppers;
    },
  };
}

/** Milliseconds that a write waited for the migration. */
async function waitedDuring(name: string, work: () => Promise<unknown>): Promise<{ waitedMs: number; writes: number }> {
  const shoppers = traffic();
  await expect.poll(() => shoppers.waits.thing.writes, { timeout: 10_000 }).toBeGreaterThan(5);
  const begunMs = performance.now();
  await work().finally(() => shoppers.end());
  const tookMs = performance.now() - begunMs;
  const { thing, beside } = shoppers.waits;
  console.log(`${name}: ${Math.round(tookMs)} ms on ${ROWS} rows; ${thing.writes} writes meanwhile, the worst ${Math.round(thing.worstMs)} ms (${Math.round(beside.worstMs)} ms in the table beside)`);
  return { waitedMs: thing.worstMs - beside.worstMs, writes: thing.writes };
}

test('columns and an index come and are filled, then go again: no write waits over a second for it', async () => {
  const wider = await waitedDuring('expand', () => version(next));
  const narrower = await waitedDuring('contract', () => version(afterNext));
  for (const { waitedMs, writes } of [wider, narrower]) {
    expect(waitedMs).toBeLessThan(1_000);
    expect(writes).toBeGreaterThan(5);
  }
  const [row] = await before.query<{ filled: number; wrong: number }>('select count(size) as filled, sum(size <> length(name)) as wrong from thing');
  expect(Number(row!.filled)).toBeGreaterThan(ROWS / 8);
  expect(Number(row!.wrong)).toBe(0);
}, 120_000);

test('a transaction that stays open does not make everybody wait: the migration comes again until it has ended', async () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const held = before.transaction(async (tx) => {
    await tx.execute("insert into thing (name, stock) values ('held', 1)");
    await ended;
  });
  const migrated = version([...afterNext, { name: 'test-0004', up: ['alter table thing add column note varchar(20)'] }]);
  const shoppers = traffic();
  await new Promise((resolve) => setTimeout(resolve, 3 * LOCK_PATIENCE_S * 1_000));
  end();
  await Promise.all([held, migrated]).finally(() => shoppers.end());
  const { thing, beside } = shoppers.waits;
  console.log(`an open transaction of ${3 * LOCK_PATIENCE_S} s: ${thing.writes} writes meanwhile, the worst ${Math.round(thing.worstMs)} ms (${Math.round(beside.worstMs)} ms in the table beside)`);
  expect(thing.worstMs - beside.worstMs).toBeLessThan(2 * LOCK_PATIENCE_S * 1_000);
}, 60_000);

test('a migration that is cut off in the middle of an index goes on at the next start, beside writers', async () => {
  const indexed: Migration[] = [...afterNext, { name: 'test-0004', up: ['alter table thing add column note varchar(20)'] }, { name: 'test-0005', up: ['alter table thing add column mark integer', 'create index thing_stock on thing (stock, name)'] }];
  const administrator = new MysqlPool({ room: 'test', address: { ...readMysqlAddress('MYSQL_DSN', dsn), schema: '' }, size: 1, clock: systemClock });
  const cut = version(indexed).then(() => 'migrated', (error: Error) => error.message);
  let victim: unknown;
  await expect.poll(async () => {
    const [row] = await administrator.read("select id from information_schema.processlist where info like 'create index thing_stock%'");
    return (victim = row?.id);
  }, { timeout: 30_000, interval: 5 }).toBeDefined();
  await administrator.read(`kill ${victim}`);
  await administrator.close();
  expect(await cut).toMatch(/^The migration test-0005 of test stopped at step 2 of 2: /);
  const { writes } = await waitedDuring('going on', () => version(indexed));
  expect(writes).toBeGreaterThan(5);
  const found = await before.query<{ name: string }>("select distinct index_name as name from information_schema.statistics where table_schema = database() and table_name = 'thing'");
  expect(found.map(({ name }) => name).toSorted()).toEqual(['PRIMARY', 'thing_stock']);
}, 60_000);

test('a change that would copy the table is refused with another way, and nothing has happened', async () => {
  const copying = version([...afterNext, { name: 'test-0006', kind: 'contract', up: ['alter table thing modify column stock varchar(20) not null'] }]);
  await expect(copying).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/test-0006 of test stopped at step 1 of 1: it cannot be done while others write to thing .*backfill/) });
  expect(typeof (await before.query<{ stock: number }>('select stock from thing where id = 1'))[0]!.stock).toBe('number');
});
