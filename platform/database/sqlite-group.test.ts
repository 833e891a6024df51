/** Transactions that share a commit, on a real file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from './database.ts';
import { openSqlite } from './sqlite.ts';

let place: string;
let database: Database;
let groups: number;
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'gomall-group-'));
  groups = 0;
  database = await openSqlite({
    room: 'test', file: join(place, 'test.sqlite'), entities: [], clock: systemClock, onTransaction: () => void groups++,
    migrations: [{ name: 'test-0001', up: ['create table thing (id integer not null primary key, text mediumtext)'] }],
  });
});
afterEach(async () => {
  await database.close();
  rmSync(place, { recursive: true, force: true });
});

const insert = (id: number, text = '', then = () => {}) =>
  database.transaction(async (tx) => {
    await tx.execute('insert into thing (id, text) values (?, ?)', [id, text]);
    then();
  });
const ids = async () => (await database.query<{ id: number }>('select id from thing order by id')).map(({ id }) => id);

test('those that wait together share a commit; those that fail take nothing and nobody with them', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, id) =>
      insert(id, '', () => {
        if (id % 3 === 0) throw new Error(`no ${id}`);
      }),
    ),
  );
  expect(outcomes.map(({ status }, id) => status === (id % 3 === 0 ? 'rejected' : 'fulfilled'))).toEqual(Array(30).fill(true));
  expect(await ids()).toEqual(Array.from({ length: 30 }, (_, id) => id).filter((id) => id % 3 !== 0));
  expect(groups).toBeLessThan(5);
});

test('each sees what those before it have written, and a statement that fails can be caught inside', async () => {
  const seen = await Promise.all(
    Array.from({ length: 5 }, (_, id) =>
      database.transaction(async (tx) => {
        const before = (await tx.query('select id from thing')).length;
        await tx.execute('insert into thing (id) values (?)', [id]);
        await expect(tx.execute('insert into thing (id) values (?)', [id])).rejects.toThrow('UNIQUE');
        return before;
      }),
    ),
  );
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  expect(await ids()).toEqual([0, 1, 2, 3, 4]);
});

test('nobody hears of a success before it is durable, and what follows a commit runs in order', async () => {
  const heard: string[] = [];
  await Promise.all(
    [1, 2, 3].map((id) =>
      database
        .transaction(async (tx) => {
          await tx.execute('insert into thing (id) values (?)', [id]);
          tx.afterCommit(() => heard.push(`after ${id}`));
        })
        .then(async () => heard.push(`done ${id} of ${(await ids()).length}`)),
    ),
  );
  expect(heard.filter((each) => each.startsWith('after'))).toEqual(['after 1', 'after 2', 'after 3']);
  expect(heard.filter((each) => each.startsWith('done'))).toEqual(['done 1 of 3', 'done 2 of 3', 'done 3 of 3']);
});

test('a full disk fails whoever met it, and nothing is half done or told as done', async () => {
  await database.transaction((tx) => tx.query('pragma max_page_count = 40'));
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, id) => insert(id, 'x'.repeat(20_000))));
  const done = outcomes.flatMap(({ status }, id) => (status === 'fulfilled' ? [id] : []));
  expect(await ids()).toEqual(done);
  expect(done.length).toBeLessThan(20);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected') as PromiseRejectedResult;
  expect(failed.reason).toMatchObject({ code: 'UNAVAILABLE' });

  await database.transaction((tx) => tx.query('pragma max_page_count = 100000'));
  await insert(100);
  expect(await ids()).toContain(100);
});

test('a database that closes refuses those that wait instead of leaving them waiting', async () => {
  const waiting = [insert(1), insert(2)];
  const closing = database.close();
  for (const { status, reason } of (await Promise.allSettled(waiting)) as PromiseRejectedResult[]) expect([status, reason.code]).toEqual(['rejected', 'UNAVAILABLE']);
  await closing;
  await expect(insert(3)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  database = await openSqlite({ room: 'test', file: join(place, 'other.sqlite'), entities: [], clock: systemClock, migrations: [] });
});

test('one that awaits something else does not mix with those that wait behind it', async () => {
  const slow = database.transaction(async (tx) => {
    await tx.execute('insert into thing (id) values (1)');
    await systemClock.sleep(30);
    await tx.execute('insert into thing (id) values (2)');
    throw new Error('after all, no');
  });
  const quick = insert(3);
  await expect(slow).rejects.toThrow('after all');
  await quick;
  expect(await ids()).toEqual([3]);
});
