/** A process that cannot have its engines says which and how to mend it, ends by itself, and leaves nothing behind. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdDataDir } from '#app/data-dir.ts';
import { systemClock } from '#platform/clock/system.ts';
import { readMysqlAddress } from '#platform/database/mysql-address.ts';
import { MysqlPool } from '#platform/database/mysql-pool.ts';
import { systemIds } from '#platform/ids/system.ts';
import { openMailServer } from '#platform/testing/mail-server.ts';
import { dropTestDatabases, openTestMysql, testDatabaseVariables } from '#platform/testing/databases.ts';
import { freePort } from '../processes/mall-process.ts';
import { engineAddress } from '../engines.ts';

const MAIN = fileURLToPath(new URL('../../app/main.ts', import.meta.url));
const PATIENCE_MS = 60_000;
const dsn = engineAddress('mysql')!;
const withRedis = engineAddress('redis') ? { REDIS_ADDRESS: engineAddress('redis')! } : {};

let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'gomall-start-'))));
afterEach(async () => {
  await dropTestDatabases(place);
  rmSync(place, { recursive: true, force: true });
});

interface End {
  code: number | null;
  said: string;
  opened: boolean;
}

/** Starts a mall and waits for its end; one that goes on is ended, which fails the test. */
async function start(environment: Record<string, string>): Promise<End> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, '--target=users,cart'], {
    env: { PATH: process.env.PATH, DATA_DIR: join(place, 'data'), SEED: 'none', SESSION_SECRET: 'the secret of a mall that does not open', PORT: String(port), ROOMS_PORT: String(port), MODULE_ADDRESSES: 'rooms=http://127.0.0.1:1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, told] = ['', ''];
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (told += text));
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(late);
  return { code, said, opened: told.includes('open') };
}

const shared = { KAFKA_BROKERS: '127.0.0.1:1', REDIS_ADDRESS: '127.0.0.1:1', ...withRedis };
function refused({ code, said, opened }: End, words: RegExp): void {
  expect(said).toMatch(words);
  expect({ code, opened }).toEqual({ code: 1, opened: false });
  const data = join(place, 'data');
  if (!existsSync(data)) return;
  expect(readdirSync(data).filter((name) => /^(users|cart)/.test(name))).toEqual([]);
  // A second start is not told that the first still holds the folder.
  holdDataDir(data, systemIds).release();
}

test('every address that cannot be right is told at once, by the name of its setting, without passwords', async () => {
  const end = await start({ MYSQL_DSN: 'mysql://localhost:3306/gomall', REDIS_ADDRESS: 'redis://:hunter2@cache/orders', CONSUL_ADDRESS: 'consul:8500/v1', SMTP_URL: 'smtp://shop:hunter2@', KAFKA_BROKERS: '127.0.0.1:1' });
  refused(end, /MYSQL_DSN: it names no account[^]*REDIS_ADDRESS: the path must be the number[^]*CONSUL_ADDRESS: nothing else follows[^]*SMTP_URL: /);
  expect(end.said).not.toContain('hunter2');
});

test.each([
  ['a wrong password', (url: URL) => (url.password = 'hunter2'), /refuses the account \w+: no such account there, or a wrong password\. Check MYSQL_DSN/],
  ['nothing there', (url: URL) => (url.port = '1'), /Nothing answers at [\d.]+:1: start the database server, or check MYSQL_DSN/],
  ['no such machine', (url: URL) => (url.hostname = 'no-such-host.invalid'), /There is no host no-such-host\.invalid to be found\. Check MYSQL_DSN/],
])('MySQL, %s: what was opened before is closed again', async (_, change, words) => {
  const url = new URL(dsn);
  change(url);
  const end = await start({ ...shared, MYSQL_DSN: url.href });
  refused(end, words);
  expect(end.said).not.toContain('hunter2');
}, PATIENCE_MS + 10_000);

test('the port of a mail server is no MySQL', async () => {
  const mail = await openMailServer();
  const url = new URL(dsn);
  url.port = String(mail.port);
  refused(await start({ ...shared, MYSQL_DSN: url.href }), /127\.0\.0\.1:\d+ does not answer in time as a database server: .*the port of something else\. Check MYSQL_DSN/);
  await mail.close();
}, PATIENCE_MS + 10_000);

test('the schema of a newer version that has taken something away is refused with what to start instead', async () => {
  const variables = testDatabaseVariables(place, ['users', 'cart']);
  const later = await openTestMysql(dsn, { room: 'users', place, migrations: [{ name: 'users-9999-less', kind: 'contract', up: ['create table of_the_future (id varchar(8) not null primary key)'] }] });
  await later.close();
  refused(await start({ ...shared, ...variables }), /The database of users was written by a newer version that has taken away what this one needs \(users-9999-less\): start that version/);
}, PATIENCE_MS + 10_000);

test('a schema where a migration cannot run says which one and where', async () => {
  const variables = testDatabaseVariables(place, ['users', 'cart']);
  const address = readMysqlAddress('MYSQL_DSN', variables.MYSQL_DSN!);
  const pool = new MysqlPool({ room: 'test', address: { ...address, schema: '' }, size: 1, clock: systemClock });
  await pool.read(`create database ${address.schema}_users character set utf8mb4 collate utf8mb4_bin`);
  await pool.read(`create table ${address.schema}_users.accounts (id integer)`);
  await pool.close();
  refused(await start({ ...shared, ...variables }), /The migration 2026-11-24-accounts of users stopped at step 1 of \d+: .*accounts.*already exists.*goes on at that step/s);
}, PATIENCE_MS + 10_000);
