/** What only a server can do to us: deadlocks, lost connections, accounts without rights, two who migrate at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { dropTestDatabases, openTestMysql, testPrefix } from '#platform/testing/databases.ts';
import { engineAddress } from '../engines.ts';
import type { Database, Migration, Transaction } from '#platform/database/database.ts';
import { readMysqlAddress, type MysqlAddress } from '#platform/database/mysql-address.ts';
import { CONNECT_TIMEOUT_MS, MysqlPool } from '#platform/database/mysql-pool.ts';
import { openMysql, READERS, WRITERS } from '#platform/database/mysql.ts';

const dsn = engineAddress('mysql')!;
const migrations: Migration[] = [
  { name: 'test-0001', up: ['create table thing (id varchar(8) not null primary key, stock integer not null)', 'create table book (id varchar(8) not null primary key)'] },
];

let place: string;
const open: Database[] = [];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'gomall-server-'));
});
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
  await dropTestDatabases(place);
  rmSync(place, { recursive: true, force: true });
});

async function room(settings: { name?: string; list?: Migration[]; appendOnly?: string[] } = {}): Promise<Database> {
  const { name = 'test', list = migrations, appendOnly = [] } = settings;
  const database = await openTestMysql(dsn, { room: name, place, migrations: list, appendOnly });
  open.push(database);
  return database;
}

const stocked = async (...ids: string[]) => {
  const database = await room();
  for (const id of ids) await database.transaction((tx) => tx.insertIfAbsent('thing', { id, stock: 0 }));
  return database;
};
const add = (tx: Transaction, id: string, count = 1) => tx.execute('update thing set stock = stock + ? where id = ?', [count, id]);
const stock = async (database: Database) => Object.fromEntries((await database.query<{ id: string; stock: number }>('select id, stock from thing')).map((row) => [row.id, row.stock]));

/** As the server's administrator, on no schema. */
async function asAdministrator<T>(work: (run: (sql: string) => Promise<unknown>) => Promise<T>): Promise<T> {
  const pool = new MysqlPool({ room: 'test', address: { ...readMysqlAddress('MYSQL_DSN', dsn), schema: '' }, size: 1, clock: systemClock });
  try {
    return await work((sql) => pool.read(sql));
  } finally {
    await pool.close();
  }
}

/** Resolves for all when `count` have come. */
function meeting(count: number): () => Promise<void> {
  let come = 0;
  let opened = () => {};
  const all = new Promise<void>((resolve) => (opened = resolve));
  return () => {
    if (++come >= count) opened();
    return all;
  };
}

test('two who take the same two rows in opposite order: both are done, and what the rolled back try asked for is forgotten', async () => {
  const database = await stocked('a', 'b');
  const meet = meeting(2);
  let tries = 0;
  const told: string[] = [];
  const take = (name: string, first: string, second: string) =>
    database.transaction(async (tx) => {
      tries++;
      tx.afterCommit(() => void told.push(name));
      await add(tx, first);
      await meet();
      await add(tx, second);
    });
  await Promise.all([take('one', 'a', 'b'), take('two', 'b', 'a')]);
  expect(await stock(database)).toEqual({ a: 2, b: 2 });
  expect(tries).toBeGreaterThan(2);
  expect(told.toSorted()).toEqual(['one', 'two']);
});

test('work that swallows the deadlock writes nothing afterwards, and is run again', async () => {
  const database = await stocked('a', 'b', 'c');
  const meet = meeting(2);
  const take = (first: string, second: string) =>
    database.transaction(async (tx) => {
      await add(tx, first);
      await meet();
      await add(tx, second).catch(() => 'looks away');
      await add(tx, 'c').catch(() => 'looks away');
    });
  await Promise.all([take('a', 'b'), take('b', 'a')]);
  expect(await stock(database)).toEqual({ a: 2, b: 2, c: 2 });
});

test('a transaction whose connection is killed is run again, and counts once', async () => {
  const database = await stocked('a');
  let tries = 0;
  await database.transaction(async (tx) => {
    tries++;
    await add(tx, 'a');
    const [row] = await tx.query<{ id: number }>('select connection_id() as id');
    if (tries === 1) await asAdministrator((run) => run(`kill ${row!.id}`));
    await add(tx, 'a');
  });
  expect(tries).toBe(2);
  expect(await stock(database)).toEqual({ a: 2 });
});

test('idle connections that the server has closed are not met by anybody', async () => {
  const database = await stocked('a');
  await asAdministrator(async (run) => {
    const rows = (await run(`select id from information_schema.processlist where user = '${testPrefix(place)}_test'`)) as { id: number }[];
    expect(rows.length).toBeGreaterThan(0);
    for (const { id } of rows) await run(`kill ${id}`);
  });
  expect(await stock(database)).toEqual({ a: 0 });
  await database.transaction((tx) => add(tx, 'a'));
  expect(await stock(database)).toEqual({ a: 1 });
});

test('more at once than there are connections: all are served, and readers do not wait for writers', async () => {
  const database = await stocked('a');
  const meet = meeting(WRITERS + 1);
  const writers = Array.from({ length: WRITERS }, () =>
    database.transaction(async (tx) => {
      await tx.query('select 1');
      await meet();
      await add(tx, 'a');
    }),
  );
  expect(await Promise.all(Array.from({ length: READERS * 5 }, () => stock(database)))).toHaveLength(READERS * 5);
  void meet();
  await Promise.all(writers);
  await Promise.all(Array.from({ length: WRITERS * 5 }, () => database.transaction((tx) => add(tx, 'a'))));
  expect(await stock(database)).toEqual({ a: WRITERS * 6 });
});

test('insertIfAbsent hides no other error', async () => {
  const database = await room();
  await expect(database.transaction((tx) => tx.insertIfAbsent('thing', { id: 'longer than eight', stock: 1 }))).rejects.toThrow(/too long/i);
  await expect(database.transaction((tx) => tx.insertIfAbsent('thing', { id: 'a', stock: null }))).rejects.toThrow(/null/i);
  await expect(database.transaction((tx) => tx.insertIfAbsent('nothing', { id: 'a' }))).rejects.toThrow(/nothing/);
});

test('a value that would be spread into the statement is refused', async () => {
  const database = await stocked('a');
  await expect(database.query('select * from thing where id = ?', [{ id: 1 } as never])).rejects.toThrow('neither text, number, bytes nor null');
});

test('a room may read and write its own schema and nothing else; append-only rows stay as they are', async () => {
  const mine = await room({ name: 'mine', appendOnly: ['book'] });
  await room({ name: 'theirs' });
  await expect(mine.query(`select * from ${testPrefix(place)}_theirs.thing`)).rejects.toThrow(/denied/);
  await expect(mine.query('select user from mysql.user')).rejects.toThrow(/denied/);
  await mine.transaction((tx) => tx.execute("insert into book (id) values ('a')"));
  await expect(mine.transaction((tx) => tx.execute("update book set id = 'b'"))).rejects.toThrow('append-only');
  await expect(mine.transaction((tx) => tx.execute('delete from book'))).rejects.toThrow('append-only');
  await mine.transaction((tx) => tx.execute('delete from thing'));
});

test('two processes that start at once on nothing: the migrations run once', async () => {
  const [first, second] = await Promise.all([room(), room()]);
  await first.transaction((tx) => tx.insertIfAbsent('thing', { id: 'a', stock: 3 }));
  expect(await stock(second)).toEqual({ a: 3 });
});

test('a migration that was broken off goes on where it was', async () => {
  const half: Migration[] = [{ name: 'test-0001', up: [(migrations[0]!.up as string[])[0]!, 'insert into nowhere (id) values (1)'] }];
  await expect(room({ list: half })).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/^The migration test-0001 of test stopped at step 2 of 2: .*nowhere.*goes on at that step/) });
  const database = await room();
  await database.query('select id from book');
  await database.close();
  // Killed after the second table was there and before that was known.
  const again = await room({ list: [...migrations, { name: 'test-0002', up: ['create table shelf (id varchar(8) not null primary key)'] }] });
  await again.transaction((tx) => tx.execute("delete from gomall_migration where name = 'test-0002'"));
  const last = await room({ list: [...migrations, { name: 'test-0002', up: ['create table shelf (id varchar(8) not null primary key)'] }] });
  await last.query('select id from shelf');
});

test('a schema that does not tell a from A is refused with the words that mend it', async () => {
  await room();
  await asAdministrator((run) => run(`alter database ${testPrefix(place)}_test collate utf8mb4_general_ci`));
  await expect(room()).rejects.toThrow(/utf8mb4_general_ci; utf8mb4_bin is needed: alter database/);
});

const atAddress = (change: Partial<MysqlAddress>) =>
  openMysql({ room: 'test', address: { ...readMysqlAddress('MYSQL_DSN', dsn), schema: 'gomall_nowhere', ...change }, entities: [], migrations: [], clock: systemClock, ids: systemIds });

test.each([
  ['a wrong password', { password: 'wrong' }, /refuses the account \w+: no such account there, or a wrong password. Check MYSQL_DSN/],
  ['no such host', { host: 'no-such-host.invalid' }, /no host no-such-host.invalid to be found. Check MYSQL_DSN/],
  ['nothing there', { port: 1 }, /Nothing answers at [\d.]+:1: start the database server, or check MYSQL_DSN/],
  ['no such schema', {}, /has no schema gomall_nowhere: create it/],
  ['encryption that the server does not have', { tls: 'verify' as const }, /No encrypted connection/],
])('%s: says what was expected and how to mend it', async (_, change, words) => {
  await expect(atAddress(change)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(words) });
});

test('a server that takes the connection and says nothing is given up', async () => {
  const mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const begunMs = performance.now();
  await expect(atAddress({ host: '127.0.0.1', port: (mute.address() as { port: number }).port })).rejects.toThrow('does not answer in time');
  expect(performance.now() - begunMs).toBeLessThan(CONNECT_TIMEOUT_MS + 3_000);
  await new Promise<void>((resolve) => mute.close(() => resolve()));
});
