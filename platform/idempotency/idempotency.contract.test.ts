/** What idempotency keys promise, one body over every database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import type { Database, Migration } from '#platform/database/database.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { dropTestDatabases, openTestMysql, openTestSqlite } from '#platform/testing/databases.ts';
import { engineAddress } from '#tests/engines.ts';
import { canonicalJson } from './canonical.ts';
import { createIdempotency } from './sql.ts';

const till: Migration = { name: 'test-0001', up: ['create table sale (id varchar(64) not null primary key, cents integer not null)'] };

const mysql = engineAddress('mysql');
const settings = (place: string) => ({ room: 'test', place, migrations: [...platformMigrations, till] });
const adapters: { name: string; open(place: string): Promise<Database> }[] = [
  { name: 'SQLite', open: (place) => openTestSqlite(settings(place)) },
  ...(mysql === null ? [] : [{ name: 'MySQL', open: (place: string) => openTestMysql(mysql, settings(place)) }]),
];

describe.each(adapters)('idempotency keys on $name', ({ open }) => {
  let end = async () => {};
  afterEach(() => end());

  async function shop() {
    const place = mkdtempSync(join(tmpdir(), 'gomall-key-'));
    const database = await open(place);
    end = async () => {
      await database.close();
      await dropTestDatabases(place);
      rmSync(place, { recursive: true, force: true });
    };
    const idempotency = createIdempotency(database, systemClock);
    let number = 0;
    return {
      sell: (key: string, cents: number, call: { scope?: string; operation?: string; fail?: boolean } = {}) =>
        idempotency.run({ operation: call.operation ?? 'sell', scope: call.scope ?? 'user:u1', key, input: { cents } }, async (tx) => {
          const id = `sale-${++number}`;
          await tx.execute('insert into sale (id, cents) values (?, ?)', [id, cents]);
          if (call.fail) throw new Error('the till jams');
          return { id };
        }),
      sales: async () => (await database.query('select id from sale')).length,
    };
  }

  test('the same key with the same input does it once and answers the same', async () => {
    const { sell, sales } = await shop();
    const first = await sell('key-00000001', 5);
    expect(first.replayed).toBe(false);
    expect(await sell('key-00000001', 5)).toEqual({ outcome: first.outcome, replayed: true });
    expect(await sales()).toBe(1);
  });

  test('concurrent repeats wait for the first and answer what it answered', async () => {
    const { sell, sales } = await shop();
    const all = await Promise.all(Array.from({ length: 20 }, () => sell('key-00000001', 5)));
    expect(new Set(all.map(({ outcome }) => outcome.id)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await sales()).toBe(1);
  });

  test('the same key with another input is a CONFLICT and changes nothing', async () => {
    const { sell, sales } = await shop();
    await sell('key-00000001', 5);
    await expect(sell('key-00000001', 6)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await sales()).toBe(1);
  });

  test('a key belongs to its scope and operation', async () => {
    const { sell, sales } = await shop();
    await sell('key-00000001', 5);
    await sell('key-00000001', 6, { scope: 'user:u2' });
    await sell('key-00000001', 7, { operation: 'rent' });
    expect(await sales()).toBe(3);
  });

  test('what fails is rolled back with its key, so it can be tried again', async () => {
    const { sell, sales } = await shop();
    await expect(sell('key-00000001', 5, { fail: true })).rejects.toThrow('the till jams');
    expect(await sales()).toBe(0);
    expect((await sell('key-00000001', 5)).replayed).toBe(false);
    expect(await sales()).toBe(1);
  });

  test('a key that is too short, too long, or guessable by strangers is refused by name', async () => {
    const { sell, sales } = await shop();
    for (const [key, scope] of [['short', 'user:u1'], ['x'.repeat(129), 'user:u1'], ['key-00000001', 'anonymous']] as const) {
      await expect(sell(key, 5, { scope })).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: { 'input.idempotencyKey': expect.any(String) } });
    }
    await sell('0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', 5, { scope: 'anonymous' });
    expect(await sales()).toBe(1);
  });
});

describe('canonical JSON', () => {
  test('the order of names does not matter, everything else does', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson('1')).not.toBe(canonicalJson(1));
  });

  test('it says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('what is nested without end is refused', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100; level++) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(RangeError);
  });
});
