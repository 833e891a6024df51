import { afterEach, beforeEach, expect, test } from 'vitest';
import { PORTION } from '../fan-out.ts';
import { MAX_WATCHES } from '../watches.ts';
import { ada, bob, openInbox, type InboxMall } from './inbox-mall.ts';
import type { Visitor } from '#platform/subgraph/testing.ts';

let inbox: InboxMall;
beforeEach(async () => void (inbox = await openInbox()));
afterEach(() => inbox.close());

const WATCH = 'mutation ($input: WatchProductInput!) { watchProduct(input: $input) { __typename ... on Variant { id watch { backInStock priceDrop } } ... on Refusal { code } } }';
const watch = async (visitor: Visitor, variantId: string, wishes: Record<string, boolean>) => inbox.ask(WATCH, { input: { variantId, ...wishes } }, visitor);
const watching = async (visitor: Visitor) => (await inbox.ask('{ watchedProducts { id backInStock priceDrop variant { id } } }', {}, visitor)).data.watchedProducts;
const told = async (visitor: Visitor) => (await inbox.inbox(visitor)).edges.map(({ node }: any) => `${node.kind} ${node.title}`);
const price = (fromMinor: number, toMinor: number) => inbox.goods('variant.price-changed', 'tea', { productId: 'p', fromMinor, toMinor, currency: 'USD' });

test('who waits is told once when it is back, and does not wait any more', async () => {
  expect((await watch(ada, 'tea', { backInStock: true })).data.watchProduct).toEqual({ __typename: 'Variant', id: 'tea', watch: { backInStock: true, priceDrop: false } });
  await watch(bob, 'mug', { backInStock: true });
  await inbox.goods('stock.back', 'tea', { available: 3 });
  await inbox.goods('stock.back', 'tea', { available: 5 });
  expect(await told(ada)).toEqual(['BACK_IN_STOCK The tea is back']);
  expect(await told({ ...ada, language: 'zh' })).toEqual(['BACK_IN_STOCK 这件 tea 到货了']);
  expect((await inbox.inbox(ada)).edges[0].node.product).toEqual({ id: 'product-of-tea' });
  expect(await told(bob)).toEqual([]);
  expect(await watching(ada)).toEqual([]);
  await inbox.mall.runTask('notifications', 'notifications.send-letters');
  expect(inbox.letters).toMatchObject([{ to: 'ada@example.com', subject: 'The tea is back' }]);
});

test('a price is told when it falls below what was told last, not when it comes back from a rise', async () => {
  await watch(ada, 'tea', { priceDrop: true });
  await price(1_000, 800);
  await price(800, 1_200);
  await price(1_200, 900);
  await price(900, 700);
  expect((await inbox.inbox(ada)).edges.map(({ node }: any) => node.body)).toEqual(['Now $7.00 instead of $9.00.', 'Now $8.00 instead of $10.00.']);
  expect(await watching(ada)).toEqual([{ id: 'tea', backInStock: false, priceDrop: true, variant: { id: 'tea' } }]);
});

test('wishes can be changed and ended; guests, nothing wished, goods that are gone and too many are refused', async () => {
  await watch(ada, 'tea', { backInStock: true });
  await watch(ada, 'tea', { backInStock: true, priceDrop: true });
  expect(await watching(ada)).toHaveLength(1);
  await inbox.ask('mutation { unwatchProduct(variantId: "tea") { ... on Variant { watch { priceDrop } } } }');
  expect(await watching(ada)).toEqual([]);
  expect((await watch({}, 'tea', { backInStock: true })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  expect((await watch(ada, 'tea', {})).errors![0]!.extensions.code).toBe('INVALID_INPUT');
  inbox.neighbours.archived.add('old');
  expect((await watch(ada, 'old', { backInStock: true })).data.watchProduct.code).toBe('VARIANT_UNKNOWN');
  for (let number = 0; number < MAX_WATCHES; number++) await watch(ada, `v${number}`, { backInStock: true });
  expect((await watch(ada, 'one more', { backInStock: true })).data.watchProduct.code).toBe('TOO_MANY_WATCHES');
  expect((await watch(ada, 'v7', { priceDrop: true })).data.watchProduct.__typename).toBe('Variant');
});

test('a variant shows the reader their own watch by one statement for all, and a guest none', async () => {
  await watch(ada, 'tea', { backInStock: true });
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Variant { id watch { backInStock } } } }';
  const of = ['tea', 'mug', 'lamp'].map((id) => ({ __typename: 'Variant', id }));
  let answer: any;
  expect((await inbox.mall.statements(async () => (answer = await inbox.ask(query, { of })))).total).toBe(1);
  expect(answer.data._entities.map(({ watch: own }: any) => own)).toEqual([{ backInStock: true }, null, null]);
  expect((await inbox.ask(query, { of }, {})).data._entities.map(({ watch: own }: any) => own)).toEqual([null, null, null]);
});

test('low stock is for staff: each of them hears of it', async () => {
  inbox.neighbours.staff = ['mina', 'anna'];
  await inbox.goods('stock.low', 'tea', { available: 1, threshold: 5 });
  for (const userId of ['mina', 'anna']) expect((await inbox.inbox({ userId })).edges[0].node).toMatchObject({ kind: 'LOW_STOCK', title: 'The tea is running low', body: '1 unit is left.' });
  expect(await told(ada)).toEqual([]);
});

test('many who wait are told in portions, each once, also when it is cut off between two of them and told by two', async () => {
  const waiting = Array.from({ length: 2 * PORTION + 7 }, (_, index) => `u${String(index).padStart(4, '0')}`);
  for (const userId of waiting) await watch({ userId }, 'tea', { backInStock: true, priceDrop: true });
  inbox.neighbours.away = true;
  await inbox.goods('stock.back', 'tea', { available: 3 });
  await inbox.goods('stock.back', 'tea', { available: 4 });
  expect(await told({ userId: waiting[0]! })).toEqual([]);
  await inbox.mall.crash();
  inbox.neighbours.away = false;
  await Promise.all([inbox.mall.runTask('notifications', 'notifications.fan-out'), inbox.mall.runTask('notifications', 'notifications.fan-out')]);
  const counted = await inbox.mall.database('notifications').query<{ n: number; users: number }>('select count(*) as n, count(distinct user_id) as users from notifications');
  expect(counted).toEqual([{ n: waiting.length, users: waiting.length }]);
  expect(await watching({ userId: waiting[0]! })).toMatchObject([{ backInStock: false, priceDrop: true }]);
});
