/** The checker is given what a real mall has done, and then the same with one thing wrong: it finds each. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '#platform/bus/rude.ts';
import { SANDBOX_FILE } from '#subgraphs/payments/index.ts';
import { openFiles } from '../crash/books.ts';
import { openShop } from '../journeys/shop.ts';
import { check, drain, readEnds } from './checker.ts';
import { History, type Entry } from './history.ts';
import { Shopper } from './shopper.ts';
import { stateOf } from './watching.ts';

const SHOPPERS = 4;
const LIMIT_MS = 90_000;
const place = mkdtempSync(join(tmpdir(), 'gomall-checker-'));
const data = join(place, 'data');
const history = new History();

/** Everything that the tests bend has happened at least once. */
const happened = ({ entries }: History): boolean => {
  const ok = entries.filter(({ kind }) => kind === 'ok');
  return (['register', 'browse', 'bank', 'cancel', 'refund'] as const).every((op) => ok.some((entry) => entry.op === op)) && ok.filter(({ op, order }) => op === 'place' && order!.status === 'CONFIRMED').length > 10;
};

beforeAll(async () => {
  const shop = await openShop({ MYSQL_DSN: '', KAFKA_BROKERS: '', REDIS_ADDRESS: '' });
  const dataDir = shop.mall.config.dataDir;
  const front = { origin: shop.origin, staffToken: () => shop.admin.token!, variants: shop.variants };
  const random = seeded(7);
  const shoppers = Array.from({ length: SHOPPERS }, (_, index) => new Shopper({ who: `shopper ${index + 1}`, front, history, random: seeded(Math.floor(random() * 2 ** 32)), signsIn: index === 0, rests: 0.1 }));
  const deadline = performance.now() + LIMIT_MS / 2;
  await Promise.all(shoppers.map((shopper) => shopper.shop(() => happened(history) || performance.now() > deadline)));
  const books = openFiles(dataDir);
  expect(await drain(books, LIMIT_MS / 2)).toEqual([]);
  const ends = new Map([...(await readEnds(books)).orders].map(([id, end]) => [id, stateOf(end.status, end.payment)]));
  await Promise.all(shoppers.map(({ watching }) => watching.settle(ends, 5_000)));
  await books.close();
  await shop.mall.stop();
  cpSync(dataDir, data, { recursive: true });
  await shop.close();
  expect(happened(history)).toBe(true);
}, LIMIT_MS);
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Wrong {
  entries?: (entries: Entry[]) => unknown;
  books?: (rows: (room: string, sql: string) => void) => void;
}

/** What the checker says when this is wrong. */
async function findings({ entries: bend, books: change }: Wrong): Promise<string[]> {
  const entries = structuredClone(history.entries);
  bend?.(entries);
  const copy = mkdtempSync(join(place, 'wrong-'));
  cpSync(data, copy, { recursive: true });
  change?.((room, sql) => {
    const database = new DatabaseSync(room === 'provider' ? join(copy, 'payments', SANDBOX_FILE) : join(copy, `${room}.sqlite`));
    database.exec(sql);
    database.close();
  });
  const books = openFiles(copy);
  try {
    return await check(entries, books);
  } finally {
    await books.close();
  }
}

const isPlaced = ({ op, kind, order }: Entry) => op === 'place' && kind === 'ok' && order!.status === 'CONFIRMED';
/** An order that was bought and that nobody has changed since. */
const bought = (): string => {
  const touched = new Set(history.entries.filter(({ op, order }) => order && (op === 'cancel' || op === 'refund')).map(({ order }) => order!.id));
  return history.entries.find((entry) => isPlaced(entry) && !touched.has(entry.order!.id))!.order!.id;
};
const look = (status: string, payment: string): Entry => ({ atMs: history.nowMs(), who: 'another shopper', op: 'look', key: bought(), kind: 'ok', order: { id: bought(), status, payment } });
const last = (entries: Entry[], fits: (entry: Entry) => boolean) => entries.findLast(fits)!;

test('what really happened has nothing wrong', async () => {
  expect(await findings({})).toEqual([]);
});

test.each<[string, () => Wrong, RegExp]>([
  ['an order that was told is lost', () => ({ books: (rows) => rows('orders', `delete from orders where id = '${bought()}'`) }), /was told and is not there/],
  ['a key was answered with two orders', () => ({ entries: (entries) => entries.push({ ...entries.find(isPlaced)!, order: { ...entries.findLast(isPlaced)!.order! } }) }), /was answered with the order/],
  [
    'an order is there twice',
    () => ({
      books: (rows) => {
        rows('orders', `create temp table copy as select * from orders where id = '${bought()}'; update copy set id = 'twice', sequence = 99999, order_number = 'GM-99999'; insert into orders select * from copy`);
        rows('orders', "insert into platform_idempotency (id, operation, input_hash, outcome, at_ms) values ('twice', 'placeOrder', '', '{\"orderId\":\"twice\"}', 0)");
      },
    }),
    /nobody has asked for the order twice/,
  ],
  ['an order has no key', () => ({ books: (rows) => rows('orders', "delete from platform_idempotency where id = (select min(id) from platform_idempotency where operation = 'placeOrder')") }), /orders and \d+ keys/],
  ['a hold is leaked', () => ({ books: (rows) => rows('inventory', `update stock_holds set state = 'CONFIRMED' where order_id = '${bought()}'`) }), /the hold of the order .* is CONFIRMED/],
  ['units are held for nobody', () => ({ books: (rows) => rows('inventory', 'update stock_levels set held = held + 1') }), /1 of .* are held/],
  ['a unit is gone that nobody has bought', () => ({ books: (rows) => rows('inventory', 'update stock_levels set on_hand = on_hand - 1') }), /on hand, .* at first/],
  ['the provider has less than was paid', () => ({ books: (rows) => rows('provider', `update authorisations set captured_minor = captured_minor - 100 where order_id = '${bought()}'`) }), /the provider kept/],
  ['the provider still holds money', () => ({ books: (rows) => rows('provider', "update authorisations set state = 'AUTHORISED' where state = 'VOIDED' or state = 'CAPTURED'") }), /the provider holds/],
  ['the ledger misses an entry', () => ({ books: (rows) => rows('payments', `drop trigger ledger_entry_no_delete; delete from ledger_entry where kind = 'CAPTURE' and order_id = '${bought()}'`) }), /the ledger says 0/],
  ['money went between the wrong accounts', () => ({ books: (rows) => rows('payments', "drop trigger ledger_entry_no_update; update ledger_entry set debit = 'pocket' where kind = 'CAPTURE'") }), /between pocket and/],
  ['a refund was promised and not made', () => ({ entries: (entries) => void (last(entries, ({ op, kind }) => op === 'refund' && kind === 'invoke').amountMinor = 200) }), /were given back, 200 were asked for/],
  ['a saga has not ended', () => ({ books: (rows) => rows('orders', `update platform_saga set state = 'STUCK' where id = '${bought()}'`) }), /the saga place-order .* is STUCK/],
  ['a letter is dead', () => ({ books: (rows) => rows('inventory', "insert into platform_dead_letter values ('1', '2', 'orders', 'gomall.inventory.replies', '{}', 'broken', 12, 0)") }), /could not handle: broken/],
  ['an order that was seen bought is called off', () => ({ books: (rows) => rows('orders', `update orders set status = 'CANCELLED', failure = '{"code":"TIMED_OUT"}' where id = '${bought()}'`) }), /was seen CONFIRMED, and nobody has called it off/],
  [
    'an order that was called off is bought',
    () => ({ entries: (entries) => entries.push({ ...last(entries, ({ op, kind }) => op === 'cancel' && kind === 'ok'), key: 'another', order: { id: bought(), status: 'CANCELLED', payment: 'REFUNDED' } }) }),
    /and it was called off/,
  ],
  ['a card was declined and the goods were sold', () => ({ entries: (entries) => entries.forEach((entry) => entry.op === 'place' && entry.token === 'pm_ok' && (entry.token = 'pm_declined')) }), /and its card was pm_declined/],
  ['an order went back', () => ({ entries: (entries) => entries.push(look('CONFIRMED', 'CAPTURED'), look('CONFIRMED', 'AUTHORISED')) }), /go back from CONFIRMED CAPTURED to CONFIRMED AUTHORISED/],
  [
    'a subscription stopped short of the end',
    () => ({ entries: (entries) => last(entries, ({ op, kind }) => op === 'watch' && kind === 'ok').order!.status = 'PENDING' }),
    /saw PENDING .* last of the order/,
  ],
  ['a shopper was told INTERNAL', () => ({ entries: (entries) => entries.unshift({ ...entries.find(({ op, kind }) => op === 'fill' && kind === 'ok')!, kind: 'info', code: 'INTERNAL' }) }), /was told INTERNAL/],
  ['a cart that was filled is empty', () => ({ entries: (entries) => entries.push({ ...last(entries, isPlaced), kind: 'fail', code: 'CART_EMPTY', key: 'another' }) }), /was refused with CART_EMPTY/],
  ['a shopper never got an answer', () => ({ entries: (entries) => entries.push({ ...last(entries, ({ op, kind }) => op === 'fill' && kind === 'invoke'), key: 'another' }) }), /never got an answer/],
])('%s: the checker says so', async (_, wrong, words) => {
  expect((await findings(wrong())).join('\n')).toMatch(words);
});
