/** What a backup and a restore leave behind when they are broken off, and what a restore refuses. */
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdDataDir } from '#app/data-dir.ts';
import { systemIds } from '#platform/ids/system.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { command, commandProcess } from './command.ts';

/** Enough that a process can be killed among them. */
const PICTURES = 100;
const PICTURE = Buffer.alloc(64 * 1024, 'picture');

let place: string;
let dataDir: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'gomall-restore-'));
  dataDir = makeData(join(place, 'mall'), 1);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** A folder such as a mall leaves when it is killed, with `orders` in a log that is not yet in its file. */
function makeData(folder: string, orders: number): string {
  mkdirSync(join(folder, 'products', 'media'), { recursive: true });
  const live = `${folder}-live.sqlite`;
  const database = new DatabaseSync(live);
  database.exec('pragma journal_mode = wal; create table gomall_migration (id integer primary key, name text); create table orders (id integer primary key)');
  database.prepare('insert into gomall_migration (name) values (?)').run(platformMigrations[0]!.name);
  for (let id = 1; id <= orders; id++) database.prepare('insert into orders (id) values (?)').run(id);
  for (const end of ['', '-wal']) cpSync(live + end, join(folder, `orders.sqlite${end}`));
  database.close();
  for (let number = 0; number < PICTURES; number++) writeFileSync(join(folder, 'products', 'media', `${number}.png`), PICTURE);
  writeFileSync(join(folder, 'session-secret'), 's'.repeat(64), { mode: 0o600 });
  return folder;
}

const ordersIn = (folder: string): number => {
  const database = new DatabaseSync(join(folder, 'orders.sqlite'), { readOnly: true });
  const { n } = database.prepare('select count(*) as n from orders').get() as { n: number };
  database.close();
  return n;
};
const backup = async (name = 'backup') => {
  const ended = await command(['backup', join(place, name)], { dataDir });
  expect(ended.code, ended.err).toBe(0);
  return join(place, name);
};
const restore = (folder: string, into: string, ...words: string[]) => command(['restore', folder, ...words], { dataDir: into });
const isWhole = (folder: string) => {
  expect(ordersIn(folder)).toBe(1);
  expect(readFileSync(join(folder, 'session-secret'), 'utf8')).toBe('s'.repeat(64));
  expect(readdirSync(join(folder, 'products', 'media')).length).toBe(PICTURES);
};

describe('a backup', () => {
  test('of a stopped mall is whole, also of what a crash left in the log; a second one lies beside it', async () => {
    const folder = await backup('one');
    await backup('two');
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['orders.sqlite', 'products', 'session-secret']);
    const empty = join(place, 'empty');
    expect(await restore(folder, empty)).toMatchObject({ code: 0 });
    isWhole(empty);
    expect(readFileSync(join(empty, 'products', 'media', '7.png')).equals(PICTURE)).toBe(true);
  });

  test('killed in the middle has no name of its own and is no backup; its name says how to go on', async () => {
    const folder = join(place, 'backup');
    const killed = await commandProcess(['backup', folder], { dataDir, killAt: /pictures and letters: 0 %/ });
    expect(killed.code).toBe(null);
    expect(existsSync(folder)).toBe(false);
    expect(await restore(`${folder}.part`, join(place, 'empty'))).toMatchObject({ code: 1, err: expect.stringMatching(/no backup.*broken off/s) });
    expect(await command(['backup', folder], { dataDir })).toMatchObject({ code: 1, err: expect.stringContaining('was broken off. In that case remove it') });
    rmSync(`${folder}.part`, { recursive: true });
    expect(await restore(await backup(), join(place, 'empty'))).toMatchObject({ code: 0 });
  });

  test('is not made over another, inside DATA_DIR, of a folder without a mall, or of a mall whose data is elsewhere', async () => {
    const folder = await backup();
    expect(await command(['backup', folder], { dataDir })).toMatchObject({ code: 1, err: expect.stringContaining('already') });
    expect(await command(['backup', join(dataDir, 'backup')], { dataDir })).toMatchObject({ code: 1, err: expect.stringContaining('inside DATA_DIR') });
    expect(await command(['backup', join(place, 'x')], { dataDir: join(place, 'nothing') })).toMatchObject({ code: 1, err: expect.stringContaining('is DATA_DIR the folder of your mall?') });
    expect(existsSync(join(place, 'nothing'))).toBe(false);
    mkdirSync(join(place, 'bare'));
    expect(await command(['backup', join(place, 'x')], { dataDir: join(place, 'bare') })).toMatchObject({ code: 1, err: expect.stringContaining('no database') });
    const environment = { KAFKA_BROKERS: 'localhost:1', MYSQL_DSN_ORDERS: 'mysql://a:b@localhost:1/orders' };
    expect(await command(['backup', join(place, 'x')], { dataDir, environment })).toMatchObject({ code: 1, err: expect.stringMatching(/MYSQL_DSN_ORDERS.*README/) });
    expect(readdirSync(place).filter((name) => name.startsWith('x'))).toEqual([]);
  });

  test('of a damaged database is not made, and names it', async () => {
    const file = join(dataDir, 'orders.sqlite');
    const database = new DatabaseSync(file);
    database.exec('pragma wal_checkpoint(truncate)');
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xee, bytes.length - 200);
    writeFileSync(file, bytes);
    expect(await command(['backup', join(place, 'backup')], { dataDir })).toMatchObject({ code: 1, err: expect.stringContaining('orders.sqlite of the mall is damaged') });
    expect(readdirSync(place).filter((name) => name.startsWith('backup'))).toEqual([]);
  });
});

describe('a restore', () => {
  test('into a folder with data is refused; --replace sets that aside, whole, and a later backup leaves it out', async () => {
    const folder = await backup();
    const other = makeData(join(place, 'other'), 5);
    expect(await restore(folder, other)).toMatchObject({ code: 1, err: expect.stringContaining('--replace') });
    expect(ordersIn(other)).toBe(5);
    const ended = await restore(folder, other, '--replace');
    isWhole(other);
    const aside = /in (\S+); remove it/.exec(ended.out)![1]!;
    expect(ordersIn(aside)).toBe(5);
    expect(await command(['backup', join(place, 'later')], { dataDir: other })).toMatchObject({ code: 0 });
    expect(readdirSync(join(place, 'later', 'data')).sort()).toEqual(['orders.sqlite', 'products', 'session-secret']);
  });

  test('of a mall that runs is refused', async () => {
    const folder = await backup();
    const held = holdDataDir(dataDir, systemIds);
    held.announce(8_123);
    expect(await restore(folder, dataDir, '--replace')).toMatchObject({ code: 1, err: expect.stringContaining(`process ${process.pid}`) });
    held.release();
    isWhole(dataDir);
  });

  test('of a damaged backup is refused by the name of the file, and changes nothing', async () => {
    const empty = join(place, 'empty');
    let count = 0;
    const damaged = async (path: string, damage: (file: string) => void) => {
      const folder = await backup(`damaged-${++count}`);
      damage(join(folder, path));
      const ended = await restore(folder, empty);
      expect(ended.code).toBe(1);
      expect(readdirSync(empty).filter((name) => !name.startsWith('lock.'))).toEqual([]);
      return ended.err;
    };
    mkdirSync(empty);
    const flip = (file: string) => {
      const bytes = readFileSync(file);
      bytes[100]! ^= 1;
      writeFileSync(file, bytes);
    };
    expect(await damaged('data/orders.sqlite', flip)).toContain('orders.sqlite: its content is not what was saved');
    expect(await damaged('data/products/media/9.png', (file) => truncateSync(file, 10))).toContain('products/media/9.png: it has 10 bytes and had 65536');
    expect(await damaged('data/session-secret', (file) => rmSync(file))).toContain('session-secret is missing');
    expect(await damaged('manifest.json', (file) => appendFileSync(file, '}'))).toContain('manifest.json is damaged');
    expect(await damaged('manifest.json', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('orders.sqlite', '../orders.sqlite')))).toContain('leads out of the folder');
  });

  test('of a folder that is no backup, of a newer format or of a newer database is refused', async () => {
    const empty = join(place, 'empty');
    expect(await restore(join(place, 'nowhere'), empty)).toMatchObject({ code: 1, err: expect.stringContaining('is no backup') });
    expect(await restore(dataDir, empty)).toMatchObject({ code: 1, err: expect.stringContaining('is no backup') });
    const folder = await backup();
    const file = join(folder, 'manifest.json');
    const manifest = readFileSync(file, 'utf8');
    writeFileSync(file, manifest.replace('"format": 1', '"format": 2').replace(/"version": "[^"]+"/, '"version": "9.1.0"'));
    expect(await restore(folder, empty)).toMatchObject({ code: 1, err: expect.stringContaining('newer version (9.1.0)') });
    writeFileSync(file, manifest.replace(platformMigrations[0]!.name, 'orders-9999-parcels'));
    expect(await restore(folder, empty)).toMatchObject({ code: 1, err: expect.stringMatching(/newer version.*orders-9999-parcels/) });
    expect(existsSync(empty)).toBe(false);
  });

  test('under another SESSION_SECRET is refused, and says which is needed', async () => {
    const folder = await backup();
    const empty = join(place, 'empty');
    const environment = { SESSION_SECRET: 'x'.repeat(40) };
    expect(await command(['restore', folder], { dataDir: empty, environment })).toMatchObject({ code: 1, err: expect.stringContaining('leave SESSION_SECRET out') });
    expect(await command(['backup', join(place, 'configured')], { dataDir, environment })).toMatchObject({ code: 0, out: expect.stringContaining('SESSION_SECRET is not in it') });
    expect(await restore(join(place, 'configured'), empty)).toMatchObject({ code: 1, err: expect.stringContaining('set SESSION_SECRET to the one') });
    expect(await restore(join(place, 'configured'), empty, '--other-secret')).toMatchObject({ code: 0 });
    expect(await command(['restore', join(place, 'configured'), '--replace'], { dataDir: empty, environment })).toMatchObject({ code: 0 });
  });

  test('killed among its files leaves nothing, and is done again', async () => {
    const folder = await backup();
    const other = makeData(join(place, 'other'), 5);
    expect(await commandProcess(['restore', folder, '--replace'], { dataDir: other, killAt: /copied: 0 %/ })).toMatchObject({ code: null });
    expect(ordersIn(other)).toBe(5);
    expect(await restore(folder, other, '--replace')).toMatchObject({ code: 0 });
    isWhole(other);
    expect(existsSync(join(other, 'restoring'))).toBe(false);
  });

  test.each(['before anything was set aside', 'among what is set aside', 'when all is set aside', 'among what goes up'])('broken off %s is ended by the next who holds the folder', async (moment) => {
    const folder = makeData(join(place, 'other'), 5);
    const [decided, aside, placing] = ['restored', 'replaced', 'placing'].map((word) => join(folder, `${word}-2026-01-01`)) as [string, string, string];
    renameSync(dataDir, decided);
    const move = (from: string, names: string[], to: string) => {
      mkdirSync(to, { recursive: true });
      for (const name of names) renameSync(join(from, name), join(to, name));
    };
    if (moment === 'among what is set aside') move(folder, ['orders.sqlite'], aside);
    if (moment === 'when all is set aside' || moment === 'among what goes up') {
      move(folder, ['orders.sqlite', 'orders.sqlite-wal', 'products', 'session-secret'], aside);
      renameSync(decided, placing);
    }
    if (moment === 'among what goes up') move(placing, ['orders.sqlite', 'orders.sqlite-wal'], folder);

    holdDataDir(folder, systemIds).release();
    isWhole(folder);
    expect(ordersIn(aside)).toBe(5);
    expect(readdirSync(folder).filter((name) => /^(restored|placing)-/.test(name))).toEqual([]);
  });
});

test('wrong words are answered with the right ones', async () => {
  expect(await command(['restore'], { dataDir })).toMatchObject({ code: 2, err: expect.stringContaining('Usage: npm run restore') });
  expect(await command(['backup', 'a', 'b'], { dataDir })).toMatchObject({ code: 2, err: expect.stringContaining('Usage: npm run backup') });
  expect(await command(['backup', '--fast'], { dataDir })).toMatchObject({ code: 2, err: expect.stringContaining('--fast') });
});
