import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Visitor } from '#platform/subgraph/testing.ts';
import { merchant, openStock, type StockMall } from './stock-mall.ts';

let stock: StockMall;

beforeEach(async () => {
  stock = await openStock({ shirt: 10, mug: 3 });
});
afterEach(() => stock.mall.close());

const CHANGED = 'subscription ($ids: [ID!]!) { stockChanged(variantIds: $ids) { id stock { available status } } }';
const LOW = 'subscription { stockLow { variant { id stock { available } } available threshold } }';

/** A client that is there: `next` waits for its next event, `leave` goes. */
function client(query: string, variables: Record<string, unknown>, visitor: Visitor = {}) {
  const gone = new AbortController();
  const events = stock.mall.subscribe('inventory', query, variables, { ...visitor, signal: gone.signal });
  return { next: async () => (await events.next()).value, leave: () => gone.abort(), done: async () => (await events.next()).done };
}

test('stock of some variants: how it is now, then each change', async () => {
  const shopper = client(CHANGED, { ids: ['shirt', 'mug', 'shirt'] });
  const first = [await shopper.next(), await shopper.next()].map(({ data }) => data.stockChanged);
  expect(first).toEqual([
    { id: 'shirt', stock: { available: 10, status: 'IN_STOCK' } },
    { id: 'mug', stock: { available: 3, status: 'LOW' } },
  ]);
  await stock.hold('o1', { shirt: 4 });
  expect((await shopper.next()).data.stockChanged).toEqual({ id: 'shirt', stock: { available: 6, status: 'IN_STOCK' } });
  await stock.adjust({ variantId: 'mug', setTo: 0 });
  expect((await shopper.next()).data.stockChanged).toEqual({ id: 'mug', stock: { available: 0, status: 'OUT' } });
  shopper.leave();
  expect(await shopper.done()).toBe(true);
});

test('a client that leaves while it waits is let go at once', async () => {
  const shopper = client(CHANGED, { ids: ['shirt'] });
  await shopper.next();
  const waiting = shopper.done();
  shopper.leave();
  expect(await waiting).toBe(true);
});

test('at least one variant and at most a hundred', async () => {
  for (const ids of [[], Array.from({ length: 101 }, String)]) {
    expect((await client(CHANGED, { ids }).next()).errors[0].extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { variantIds: expect.any(String) } });
  }
});

test('staff hears of a variant that falls to its threshold, once a fall', async () => {
  const staff = client(LOW, {}, merchant);
  const first = staff.next();
  await stock.hold('o1', { shirt: 4 });
  await stock.hold('o2', { shirt: 2 });
  expect((await first).data.stockLow).toEqual({ variant: { id: 'shirt', stock: { available: 4 } }, available: 4, threshold: 5 });
  const second = staff.next();
  await stock.hold('o3', { shirt: 1 });
  await stock.adjust({ delta: 10 });
  await stock.adjust({ delta: -9 });
  expect((await second).data.stockLow).toMatchObject({ available: 4 });
  staff.leave();
});

test('shoppers do not hear of low stock', async () => {
  expect((await client(LOW, {}, { userId: 'u1' }).next()).errors[0].extensions.code).toBe('FORBIDDEN');
});
