/**
 * Backups are taken while shoppers buy; the mall dies; another is made of a backup in an empty place. Its sagas end, shoppers
 * ask again with the keys they have, and the files are audited as after a crash.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHolder } from '#app/data-dir.ts';
import { seeded } from '#platform/bus/rude.ts';
import { systemIds } from '#platform/ids/system.ts';
import { audit, underWay } from '../crash/audit.ts';
import { openFiles, rowsOf, type Books } from '../crash/books.ts';
import { DoomedMall, pause } from '../crash/doomed-mall.ts';
import { buyAgain, shopping, type Bought } from '../crash/shoppers.ts';
import { commandProcess } from './command.ts';

const SHOPPERS = 12;
/** Answered before the first backup and between the two. */
const ANSWERED = 60;
const REST_LIMIT_MS = 90_000;

const malls: DoomedMall[] = [];
const open = (): DoomedMall => malls[malls.push(new DoomedMall()) - 1]!;
let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'gomall-backups-'))));
afterEach(async () => {
  for (const mall of malls.splice(0)) {
    await mall.kill();
    mall.remove();
  }
  rmSync(place, { recursive: true, force: true });
});

interface Taken {
  folder: string;
  /** Answered before it was asked for, so it has them. */
  told: Bought[];
}

test('taken while shoppers buy and restored into an empty place: every order of it once, each key one order, no cent and no unit astray', async () => {
  const seed = Number(process.env.CRASH_SEED ?? systemIds.integer(2 ** 31));
  console.info(`CRASH_SEED=${seed}`);
  const random = seeded(seed);

  const mall = open();
  await mall.start();
  const variants = await mall.fill();
  const bought: Bought[] = [];
  let closing = false;
  const shoppers = Promise.all(Array.from({ length: SHOPPERS }, () => shopping({ mall, variants, closing: () => closing, random: seeded(Math.floor(random() * 2 ** 32)) }, bought)));

  const take = async (name: string): Promise<Taken> => {
    const enough = bought.length + ANSWERED;
    const limit = performance.now() + REST_LIMIT_MS;
    while (bought.length < enough && performance.now() < limit) await pause(50);
    const told = bought.map((each) => ({ ...each, orderIds: new Set(each.orderIds) }));
    const folder = join(place, name);
    const ended = await commandProcess(['backup', folder], { dataDir: mall.dataDir });
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/of the running mall.*It holds secrets/s), err: expect.stringContaining('databases: 100 %') });
    return { folder, told };
  };
  const backups = (async () => {
    const taken = [await take('first'), await take('second')];
    closing = true;
    return taken;
  })();
  const [taken] = await Promise.all([backups, shoppers]);
  await mall.kill();
  expect(readdirSync(place).sort()).toEqual(['first', 'second']);
  expect(statSync(join(place, 'first')).mode & 0o077).toBe(0);
  expect(statSync(join(place, 'first', 'data', 'session-secret')).mode & 0o777).toBe(0o600);

  const other = open();
  let orders = 0;
  let unfinished = 0;
  for (const [index, { folder, told }] of taken.entries()) {
    const ended = await commandProcess(['restore', folder, ...(index > 0 ? ['--replace'] : [])], { dataDir: other.dataDir });
    expect(ended.code, ended.err).toBe(0);
    unfinished += await withBooks(other, async (books) => (await underWay(books)).length);
    await other.start();
    const again = await buyAllAgain(other, bought, told);
    await withBooks(other, async (books) => {
      const limit = performance.now() + REST_LIMIT_MS;
      while ((await underWay(books)).length > 0 && performance.now() < limit) await pause(100);
      expect(await underWay(books)).toEqual([]);
    });
    await other.stop();
    await withBooks(other, async (books) => {
      expect(await audit(books, again)).toEqual([]);
      const [confirmed] = await rowsOf(books, 'orders', "select count(*) as n from orders where status = 'CONFIRMED'");
      expect(confirmed!.n).toBeGreaterThan(5);
      orders += confirmed!.n;
    });
  }
  console.info(`${bought.length} shoppers, ${taken.map(({ told }) => told.length).join(' and ')} answered before the backups; ${orders} confirmed orders in what was restored`);
  // A backup in which nothing was under way proves nothing.
  expect(unfinished).toBeGreaterThan(0);
}, 240_000);

test('the running mall copies only for who has the token of its lock file, and only into an empty folder', async () => {
  const mall = open();
  await mall.start();
  const { port, token } = readHolder(mall.dataDir)!;
  const ask = async (authorization: string, into: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}/local/backup`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ into }) });
    return `${response.status} ${await response.text()}`;
  };
  expect(await ask(`Bearer ${'x'.repeat(token.length)}`, place)).toMatch(/^401 .*lock file/);
  expect(await ask('', place)).toMatch(/^401/);
  expect(await ask(`Bearer ${token}`, 'backups/here')).toMatch(/^400 .*absolute/);
  expect(await ask(`Bearer ${token}`, mall.dataDir)).toMatch(/^400 .*not empty/);
  expect(await ask(`Bearer ${token}`, join(place, 'nowhere'))).toMatch(/^400 .*as the user the mall runs as/);
}, 90_000);

async function withBooks<T>(mall: DoomedMall, work: (books: Books) => Promise<T>): Promise<T> {
  const books = openFiles(mall.dataDir);
  try {
    return await work(books);
  } finally {
    await books.close();
  }
}

/** Everybody asks again; who was answered before the backup has two answers then, which must be one. */
async function buyAllAgain(mall: DoomedMall, all: readonly Bought[], told: readonly Bought[]): Promise<Bought[]> {
  const before = new Map(told.map((each) => [each.key, each]));
  const answers: Bought[] = [];
  const queue = all.filter(({ input }) => input !== null).values();
  const work = async () => {
    for (const each of queue) {
      const id = await buyAgain(mall, each);
      const orderIds = new Set([...(before.get(each.key)?.orderIds ?? []), ...(id === null ? [] : [id])]);
      answers.push({ ...each, orderIds });
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, work));
  return answers;
}
