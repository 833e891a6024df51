/**
 * A mall on MySQL and Kafka is saved while shoppers buy, and lost: server, topics, process. It is restored on an empty server
 * and an empty Kafka. The payment provider is a party outside: its books are those of later.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded } from '#platform/bus/rude.ts';
import { systemClock } from '#platform/clock/system.ts';
import { removeRoom } from '#platform/database/mysql-accounts.ts';
import { readMysqlAddress } from '#platform/database/mysql-address.ts';
import { systemIds } from '#platform/ids/system.ts';
import { removeTopics } from '#platform/testing/buses.ts';
import { SANDBOX_FILE } from '#subgraphs/payments/index.ts';
import { audit, underWay } from '../crash/audit.ts';
import { openSchemas, ROOMS, rowsOf, type Books } from '../crash/books.ts';
import { DoomedMall, pause } from '../crash/doomed-mall.ts';
import { buyAgain, shopping, type Bought } from '../crash/shoppers.ts';
import { engineAddress } from '../engines.ts';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url));

const SHOPPERS = 12;
/** Answered before the save, and after it. */
const ANSWERED = 60;
const REST_LIMIT_MS = 120_000;
const TEST_LIMIT_MS = 400_000;

const server = process.env.MYSQL_DSN;
if (!server) throw new Error('This needs MySQL beside Kafka: MYSQL_DSN must hold its address');
const kafka = engineAddress('kafka')!;

let place: string;
let prefix: string;
let dsn: string;
let mall: DoomedMall;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'gomall-save-'));
  prefix = `save${process.pid}`;
  const url = new URL(server);
  url.pathname = prefix;
  dsn = url.href;
  mall = new DoomedMall();
});
afterEach(async () => {
  await mall.kill();
  mall.remove();
  await dropSchemas();
  for (const topics of ['before', 'after']) await removeTopics(brokers(topics));
  rmSync(place, { recursive: true, force: true });
}, TEST_LIMIT_MS);

const brokers = (topics: string) => `${kafka}?prefix=${basename(place)}-${topics}`;

async function dropSchemas(): Promise<void> {
  for (const room of ROOMS) await removeRoom(readMysqlAddress('MYSQL_DSN', dsn), { room, clock: systemClock });
}

async function callScript(name: string, file: string): Promise<string> {
  const { hostname, port, username, password } = new URL(dsn);
  const options = [`--host=${hostname}`, `--port=${port || 3306}`, `--user=${username}`, `--password=${password}`];
  return (await run('bash', [script(name), file, ...options], { env: { ...process.env, PREFIX: prefix } })).stdout;
}

test('saved while shoppers buy and restored on an empty MySQL and an empty Kafka: every order of it once, each key one order, no cent and no unit astray', async () => {
  const seed = Number(process.env.CRASH_SEED ?? systemIds.integer(2 ** 31));
  console.info(`CRASH_SEED=${seed}`);
  const random = seeded(seed);
  mall.environment = { MYSQL_DSN: dsn, KAFKA_BROKERS: brokers('before') };
  await mall.start();
  const variants = await mall.fill();
  const bought: Bought[] = [];
  let closing = false;
  const shoppers = Promise.all(Array.from({ length: SHOPPERS }, () => shopping({ mall, variants, closing: () => closing, random: seeded(Math.floor(random() * 2 ** 32)) }, bought)));

  const file = join(place, 'mall.sql');
  const saving = (async () => {
    await answered(bought, ANSWERED);
    const told = new Map(bought.map(({ key, orderIds }) => [key, new Set(orderIds)]));
    expect(await callScript('save-mysql.sh', file)).toContain(`Saved ${prefix}_cart`);
    await answered(bought, bought.length + ANSWERED);
    closing = true;
    return told;
  })();
  const [told] = await Promise.all([saving, shoppers]);
  await mall.kill();

  await expect(callScript('restore-mysql.sh', file)).rejects.toThrow(`a schema ${prefix}_cart already`);
  await dropSchemas();
  await callScript('restore-mysql.sh', file);
  const books = openSchemas(dsn, mall.dataDir);
  try {
    // A save in which nothing was on its way proves nothing.
    expect((await underWay(books)).join()).toMatch(/messages.*orders: \d+ sagas/);
    mall.environment.KAFKA_BROKERS = brokers('after');
    await mall.start();
    const again = await buyAllAgain(bought, told);
    const limit = performance.now() + REST_LIMIT_MS;
    while ((await underWay(books)).length > 0 && performance.now() < limit) await pause(200);
    expect(await underWay(books)).toEqual([]);
    await mall.stop();

    const lost = await settleWhatIsLost(books);
    expect(await audit({ ...books, provider: () => without(books.provider(), lost) }, again)).toEqual([]);
    const [confirmed] = await rowsOf(books, 'orders', "select count(*) as n from orders where status = 'CONFIRMED'");
    console.info(`${bought.length} shoppers, ${told.size} answered before the save; ${confirmed!.n} confirmed orders in what was restored; money of ${lost.size} lost orders given back`);
    expect(confirmed!.n).toBeGreaterThan(5);
    expect(lost.size).toBeGreaterThan(0);
  } finally {
    await books.close();
  }
}, TEST_LIMIT_MS);

async function answered(bought: readonly Bought[], count: number): Promise<void> {
  const limit = performance.now() + REST_LIMIT_MS;
  while (bought.length < count && performance.now() < limit) await pause(50);
}

/** Everybody asks again; who was answered before the save has two answers then, which must be one. */
async function buyAllAgain(all: readonly Bought[], told: ReadonlyMap<string, ReadonlySet<string>>): Promise<Bought[]> {
  const answers: Bought[] = [];
  const queue = all.filter(({ input }) => input !== null).values();
  const work = async () => {
    for (const each of queue) {
      const id = await buyAgain(mall, each);
      answers.push({ ...each, orderIds: new Set([...(told.get(each.key) ?? []), ...(id === null ? [] : [id])]) });
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, work));
  return answers;
}

/**
 * What people do at the provider's own desk: it keeps no money of orders of which our books have taken none, be it that they
 * are lost or that they went another way this time. Answers those orders.
 */
async function settleWhatIsLost(books: Books): Promise<Set<string>> {
  const taken = new Set((await rowsOf(books, 'payments', "select order_id from ledger_entry where kind = 'CAPTURE'")).map(({ order_id }) => order_id as string));
  const lost = new Set([...books.provider()].filter(([id, { heldMinor, capturedMinor }]) => !taken.has(id) && heldMinor + capturedMinor > 0).map(([id]) => id));
  const desk = new DatabaseSync(join(mall.dataDir, 'payments', SANDBOX_FILE));
  for (const id of lost) {
    desk.prepare("update authorisations set state = 'VOIDED' where order_id = ? and state = 'AUTHORISED'").run(id);
    desk.prepare('update authorisations set refunded_minor = captured_minor where order_id = ?').run(id);
  }
  desk.close();
  return lost;
}

const without = <T>(all: Map<string, T>, keys: ReadonlySet<string>): Map<string, T> => new Map([...all].filter(([key]) => !keys.has(key)));
