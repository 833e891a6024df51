/** What every adapter of the database port promises, one body over all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEntity, p } from '@mikro-orm/core';
import { afterEach, describe, expect, test } from 'vitest';
import { dropTestDatabases, openTestMysql, openTestSqlite } from '#platform/testing/databases.ts';
import { engineAddress } from '#tests/engines.ts';
import type { Database, Migration } from './database.ts';

const Thing = defineEntity({ name: 'Thing', tableName: 'thing', properties: { id: p.string().primary(), stock: p.integer(), big: p.bigint().nullable() } });
const migrations: Migration[] = [
  { name: 'test-0001-thing', up: ['create table thing (id varchar(64) not null primary key, stock integer not null, big bigint)'] },
];

interface Adapter {
  name: string;
  open(place: string, migrations: Migration[]): Promise<Database>;
}

const mysql = engineAddress('mysql');
const adapters: Adapter[] = [
  { name: 'SQLite', open: (place, migrations) => openTestSqlite({ room: 'test', place, entities: [Thing], migrations }) },
  ...(mysql === null ? [] : [{ name: 'MySQL', open: (place: string, list: Migration[]) => openTestMysql(mysql, { room: 'test', place, entities: [Thing], migrations: list }) }]),
];

describe.each(adapters)('database on $name', ({ open }) => {
  const cleanups: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function fresh(place = mkdtempSync(join(tmpdir(), 'gomall-db-')), list = migrations): Promise<{ database: Database; place: string }> {
    const database = await open(place, list);
    cleanups.push(() => rmSync(place, { recursive: true, force: true }));
    cleanups.push(() => dropTestDatabases(place));
    cleanups.push(() => database.close());
    return { database, place };
  }

  const insert = (database: Database, id: string, stock = 1) =>
    database.transaction((tx) => tx.execute('insert into thing (id, stock) values (?, ?)', [id, stock]));
  const ids = async (database: Database) => (await database.query<{ id: string }>('select id from thing order by id')).map((row) => row.id);

  test('a committed row is read by everybody, a rolled back one by nobody', async () => {
    const { database } = await fresh();
    await insert(database, 'a');
    await expect(
      database.transaction(async (tx) => {
        await tx.execute('insert into thing (id, stock) values (?, ?)', ['b', 1]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await ids(database)).toEqual(['a']);
  });

  test('a reader outside sees nothing of an open transaction and does not wait for it', async () => {
    const { database } = await fresh();
    await database.transaction(async (tx) => {
      await tx.execute('insert into thing (id, stock) values (?, ?)', ['a', 1]);
      expect(await ids(database)).toEqual([]);
    });
    expect(await ids(database)).toEqual(['a']);
  });

  test('twenty takers of seven units by one conditional statement: seven succeed', async () => {
    const { database } = await fresh();
    await insert(database, 'a', 7);
    const taken = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.transaction(async (tx) => (await tx.execute('update thing set stock = stock - 1 where id = ? and stock >= 1', ['a'])).changed),
      ),
    );
    expect(taken.filter((changed) => changed === 1)).toHaveLength(7);
  });

  test('insertIfAbsent tells whether it inserted, and changes nothing when it did not', async () => {
    const { database } = await fresh();
    await database.transaction(async (tx) => {
      expect(await tx.insertIfAbsent('thing', { id: 'a', stock: 1 })).toBe(true);
      expect(await tx.insertIfAbsent('thing', { id: 'a', stock: 9 })).toBe(false);
    });
    expect(await database.query('select stock from thing')).toEqual([{ stock: 1 }]);
  });

  test('afterCommit runs after the commit, in order, and never after a rollback', async () => {
    const { database } = await fresh();
    const seen: string[] = [];
    await database.transaction(async (tx) => {
      tx.afterCommit(() => seen.push('first'));
      tx.afterCommit(() => seen.push('second'));
      expect(seen).toEqual([]);
    });
    const failing = database.transaction(async (tx) => {
      tx.afterCommit(() => seen.push('never'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(seen).toEqual(['first', 'second']);
  });

  test('the unit of work and plain statements of one transaction see each other and commit together', async () => {
    const { database } = await fresh();
    await database.transaction(async (tx) => {
      await tx.execute('insert into thing (id, stock) values (?, ?)', ['a', 1]);
      const thing = await tx.em.findOneOrFail(Thing, 'a');
      thing.stock = 5;
      tx.em.persist(tx.em.create(Thing, { id: 'b', stock: 2 }));
    });
    expect(await database.query('select id, stock from thing order by id')).toEqual([{ id: 'a', stock: 5 }, { id: 'b', stock: 2 }]);
    expect((await database.em().findOneOrFail(Thing, 'b')).stock).toBe(2);
  });

  test('integers past 2^53 are exact', async () => {
    const { database } = await fresh();
    await database.transaction((tx) => tx.execute('insert into thing (id, stock, big) values (?, ?, ?)', ['a', 1, 9007199254740993n]));
    expect(await database.query('select stock, big from thing')).toEqual([{ stock: 1, big: 9007199254740993n }]);
  });

  test('a statement after the end of its transaction is refused', async () => {
    const { database } = await fresh();
    const escaped = await database.transaction(async (tx) => ({ tx }));
    await expect(escaped.tx.execute('delete from thing')).rejects.toThrow('has ended');
  });

  const reopen = async (place: string, list: Migration[]) => {
    const database = await open(place, list);
    cleanups.push(() => database.close());
    return database;
  };

  test('migrations run once, a later one keeps the data and fills new columns, and the version before goes on beside it', async () => {
    const { database, place } = await fresh();
    for (const id of ['a', 'b']) await insert(database, id);
    const later: Migration = {
      name: 'test-0002-colour',
      up: ['alter table thing add column colour varchar(20)', 'alter table thing add column size integer', 'create index thing_colour on thing (colour, id)'],
      backfills: [{ table: 'thing', key: 'id', set: 'size = stock + 1', where: 'size is null' }],
    };
    const second = await reopen(place, [...migrations, later]);
    expect(await second.query('select id, colour, size from thing order by id')).toEqual([{ id: 'a', colour: null, size: 2 }, { id: 'b', colour: null, size: 2 }]);
    const before = await reopen(place, migrations);
    await insert(before, 'c');
    expect(await ids(second)).toEqual(['a', 'b', 'c']);
    expect(await second.query("select id, size from thing where id = 'c'")).toEqual([{ id: 'c', size: null }]);
  });

  test('what takes something away must be marked, and versions that do not know it do not start on it', async () => {
    const { database, place } = await fresh();
    await insert(database, 'a');
    const less: Migration = { name: 'test-0002-less', up: ['alter table thing drop column big'] };
    await expect(open(place, [...migrations, less])).rejects.toThrow(/not marked[^]*test-0002-less: it takes away/);
    expect(await database.query('select big from thing')).toEqual([{ big: null }]);
    const contracted = [...migrations, { ...less, kind: 'contract' as const }];
    const second = await reopen(place, contracted);
    expect(await ids(second)).toEqual(['a']);
    await expect(second.query('select big from thing')).rejects.toThrow(/big/);
    await expect(open(place, migrations)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/newer version that has taken away what this one needs \(test-0002-less\): start that version/) });
    await reopen(place, contracted);
  });
});
