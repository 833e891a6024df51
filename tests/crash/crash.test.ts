/**
 * The process is killed with -9 at random moments of many concurrent checkouts, several times over, and started again on
 * what it left. Shoppers ask again with the same keys. Then the files are audited: money, stock, orders.
 */
import { afterEach, expect, test } from 'vitest';
import { seeded } from '#platform/bus/rude.ts';
import { systemIds } from '#platform/ids/system.ts';
import { audit, underWay } from './audit.ts';
import { openFiles, ROOMS, rowsOf, type Books } from './books.ts';
import { DoomedMall, pause } from './doomed-mall.ts';
import { shopping, type Bought } from './shoppers.ts';

const SHOPPERS = 12;
const KILLS = 5;
/** A life lasts so long after it is ready: sometimes only just. */
const SHORTEST_LIFE_MS = 100;
const LONGEST_LIFE_MS = 1_600;
/** For bank answers that come late and for pauses between attempts. */
const REST_LIMIT_MS = 90_000;

const mall = new DoomedMall();
afterEach(async () => {
  await mall.kill();
  mall.remove();
});

test('killed again and again among many checkouts: each key one order, no cent and no unit astray, every saga at its end', async () => {
  // CRASH_SEED=<number> gives the same shoppers and the same lives again; the moments within a life are the machine's.
  const seed = Number(process.env.CRASH_SEED ?? systemIds.integer(2 ** 31));
  console.info(`CRASH_SEED=${seed}`);
  const random = seeded(seed);

  await mall.start();
  const variants = await mall.fill();
  const bought: Bought[] = [];
  let closing = false;
  const plan = { mall, variants, closing: () => closing };
  const shoppers = Promise.all(Array.from({ length: SHOPPERS }, () => shopping({ ...plan, random: seeded(Math.floor(random() * 2 ** 32)) }, bought)));

  const doom = (async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
      await mall.kill();
      await mall.start();
    }
    await pause(LONGEST_LIFE_MS);
    closing = true;
  })();
  // Whichever fails first says why.
  await Promise.all([shoppers, doom]);

  const limit = performance.now() + REST_LIMIT_MS;
  const running = openFiles(mall.dataDir);
  while ((await underWay(running)).length > 0 && performance.now() < limit) await pause(100);
  expect(await underWay(running)).toEqual([]);
  await running.close();
  await mall.stop();

  const books = openFiles(mall.dataDir);
  expect(await damage(books)).toEqual([]);
  expect(await audit(books, bought)).toEqual([]);
  const byStatus = Object.fromEntries((await rowsOf(books, 'orders', 'select status, count(*) as n from orders group by status')).map(({ status, n }) => [status, n]));
  await books.close();
  console.info(`${mall.lives} lives, ${bought.length} shoppers: ${JSON.stringify(byStatus)}`);
  // A test in which nothing was bought proves nothing.
  expect(byStatus.CONFIRMED).toBeGreaterThan(5);
  expect(byStatus.CANCELLED).toBeGreaterThan(5);
}, 240_000);

async function damage(books: Books): Promise<string[]> {
  const found: string[] = [];
  for (const room of ROOMS) {
    const [integrity] = await rowsOf(books, room, 'pragma integrity_check');
    if (integrity!.integrity_check !== 'ok') found.push(`${room}: the file is damaged: ${integrity!.integrity_check}`);
  }
  return found;
}
