/** The step before rooms that get no more than their own account (app/accounts.ts), on a real server. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAccounts } from '#app/accounts.ts';
import { readConfig } from '#app/config.ts';
import { ROOM_NAMES } from '#app/modules.ts';
import { systemClock } from '#platform/clock/system.ts';
import { removeRoom } from '#platform/database/mysql-accounts.ts';
import { readMysqlAddress, roomVariable, writeMysqlAddress, type MysqlAddress } from '#platform/database/mysql-address.ts';
import { MysqlPool } from '#platform/database/mysql-pool.ts';
import { systemIds } from '#platform/ids/system.ts';
import { engineAddress } from '../engines.ts';

const server = readMysqlAddress('MYSQL_DSN', engineAddress('mysql')!);
let administrator: MysqlAddress;
let told: string[];

beforeEach(() => {
  administrator = { ...server, schema: `acc${systemIds.integer(1_000_000)}` };
  told = [];
});
afterEach(async () => {
  for (const room of ROOM_NAMES) await removeRoom(administrator, { room, clock: systemClock });
});

/** With a difficult password. */
const accountOf = (room: string, password = `it's "${room}" \\ %`): MysqlAddress => {
  const schema = `${administrator.schema}_${room}`;
  return { ...administrator, user: schema, password, schema, variable: roomVariable(room) };
};
const prepare = (own: Record<string, string>) => prepareAccounts(readConfig([], { MYSQL_DSN: writeMysqlAddress(administrator), ...own }, '/nowhere'), (line) => told.push(line));
const owned = (...more: [string, string][]) => Object.fromEntries(ROOM_NAMES.map((room) => [roomVariable(room), writeMysqlAddress(accountOf(room, new Map(more).get(room)))]));

/** Runs a statement as this account; resolves with its first row's values, or the code of its error. */
async function as(address: MysqlAddress, sql: string): Promise<unknown[] | string> {
  const pool = new MysqlPool({ room: 'test', address, size: 1, clock: systemClock });
  try {
    return Object.values((await pool.read(sql))[0] ?? {});
  } catch (error) {
    const cause = error as { code?: string; cause?: { code?: string } };
    return String(cause.cause?.code ?? cause.code);
  } finally {
    await pool.close();
  }
}

test('every room gets the account that its variable names, with its tables, and rights on nothing else', async () => {
  await prepare(owned());
  expect(told).toHaveLength(ROOM_NAMES.length);
  for (const room of ROOM_NAMES) expect(await as(accountOf(room), 'select count(*) > 3 from information_schema.tables where table_schema = database()'), room).toEqual([1]);
  expect(await as(accountOf('cart'), `select 1 from ${accountOf('orders').schema}.orders`)).toMatch(/DENIED/);
  expect(await as(accountOf('payments'), 'select count(*) from ledger_entry')).toEqual([0]);
  expect(await as(accountOf('payments'), 'delete from ledger_entry')).toMatch(/DENIED/);
}, 60_000);

test('run again it takes a new password and leaves the rest', async () => {
  await prepare(owned());
  await prepare(owned(['cart', 'another']));
  expect(await as(accountOf('cart'), 'select 1')).toMatch(/DENIED|FORBIDDEN|UNAVAILABLE/);
  expect(await as(accountOf('cart', 'another'), 'select 1')).toEqual([1]);
  expect(await as(accountOf('users'), 'select 1')).toEqual([1]);
  expect(await as(accountOf('payments'), 'delete from ledger_entry')).toMatch(/DENIED/);
}, 60_000);

test('what cannot be made is refused by its variable, before anything of it is there', async () => {
  const refused = (address: MysqlAddress) => prepare({ ...owned(), MYSQL_DSN_USERS: writeMysqlAddress(address) });
  await expect(refused({ ...accountOf('users'), password: '' })).rejects.toThrow(/MYSQL_DSN_USERS: an account without a password is not made/);
  await expect(refused({ ...accountOf('users'), user: administrator.user })).rejects.toThrow(/MYSQL_DSN_USERS: it names the account of MYSQL_DSN/);
  await expect(prepareAccounts(readConfig([], {}, '/nowhere'), () => {})).rejects.toThrow(/MYSQL_DSN is missing/);
  await expect(prepare({})).rejects.toThrow(/SESSION_SECRET is missing/);
  expect(told).toEqual([]);
});
