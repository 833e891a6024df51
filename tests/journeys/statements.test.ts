/**
 * No N+1: what each operation of the contract costs in SQL statements, over all rooms, once caches are warm. A number that
 * grows with the page is a fault of the operation; a number that grows in this table wants a reason in its commit.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractDocuments, notBuilt } from '../contracts/documents.ts';
import { address, first, key, openShop, until, type Reader, type Shop } from './shop.ts';

let shop: Shop;
let shopper: Reader & { refreshToken: string; email: string };
beforeAll(async () => {
  shop = await openShop();
  const email = `${key()}@example.com`;
  const session = await shop.call('Register', { input: { email, password: 'a long and good one', displayName: 'Ada' } });
  shopper = { token: session.accessToken, refreshToken: session.refreshToken, email };
});
afterAll(() => shop?.close());

const fill = (quantity = 1, cartId?: string) => shop.call('AddToCart', { input: { variantId: shop.variants.get('TEA'), quantity, cartId, idempotencyKey: key() } });
const order = async (waitMs = 5_000) => {
  const cart = await fill();
  const input = { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: key(), waitMs };
  return shop.call('PlaceOrder', { input });
};
const captured = async () => {
  const placed = await order();
  await first(shop.watch('OrderChanged', { id: placed.id, guestToken: placed.guestToken }), (seen) => seen.payment.status === 'CAPTURED');
  await quiet();
  return placed;
};

/** Until no room has run a statement for a little while: work of earlier operations must not be counted. */
async function quiet(): Promise<void> {
  let before = -1;
  await until(async () => {
    const same = before === shop.statements.length;
    before = shop.statements.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    return same && before === shop.statements.length;
  }, 'the shop is quiet');
}

/** Statements that the operation has set off by the time it is answered, wherever its messages went; not those of timers, nor of other requests. */
async function statementsOf(name: string, variables: Record<string, unknown> = {}, reader?: Reader): Promise<Shop['statements']> {
  const cause = key();
  await shop.call(name, variables, reader, { 'x-cause': cause });
  return shop.statements.filter((statement) => statement.cause === cause);
}

const counted = async (...operation: Parameters<typeof statementsOf>): Promise<number> => (await statementsOf(...operation)).length;

/** The most statements an operation may need, and how it is called. */
const LIMITS: Record<string, { most: number; call: () => Promise<number> }> = {
  Register: { most: 11, call: () => counted('Register', { input: { email: `${key()}@example.com`, password: 'a long and good one', displayName: 'Ada' } }) },
  Login: { most: 6, call: () => counted('Login', { input: { email: shopper.email, password: 'a long and good one' } }) },
  RefreshSession: {
    most: 7,
    async call() {
      const { refreshToken } = await shop.call('Login', { input: { email: shopper.email, password: 'a long and good one' } });
      return counted('RefreshSession', { refreshToken });
    },
  },
  Viewer: { most: 6, call: () => counted('Viewer', {}, shopper) },
  Categories: { most: 1, call: () => counted('Categories') },
  ProductList: { most: 5, call: () => counted('ProductList', { first: 20 }) },
  ProductDetail: { most: 6, call: () => counted('ProductDetail', { slug: 'linen-shirt' }) },
  Recommended: { most: 4, call: () => counted('Recommended', { first: 6 }, shopper) },
  Search: { most: 5, call: () => counted('Search', { query: 'mug', first: 20 }) },
  AddToCart: { most: 12, call: async () => counted('AddToCart', { input: { variantId: shop.variants.get('MUG'), quantity: 1, idempotencyKey: key() } }) },
  SetCartLine: {
    most: 12,
    async call() {
      const cart = await fill();
      return counted('SetCartLine', { input: { cartId: cart.id, lineId: cart.lines[0].id, quantity: 2, idempotencyKey: key() } });
    },
  },
  Cart: { most: 4, call: async () => counted('Cart', { id: (await fill()).id }) },
  // The answer waits for the saga, so the statements of all six steps in four rooms are among these.
  PlaceOrder: {
    most: 110,
    async call() {
      const cart = await fill();
      return counted('PlaceOrder', { input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: key() } });
    },
  },
  Order: {
    most: 5,
    async call() {
      const { id, guestToken } = await captured();
      return counted('Order', { id, guestToken });
    },
  },
  CancelOrder: {
    most: 70,
    async call() {
      const { id, guestToken } = await captured();
      return counted('CancelOrder', { input: { id, guestToken, idempotencyKey: key() } });
    },
  },
  // Its page, and both counts.
  Notifications: { most: 2, call: () => counted('Notifications', { first: 20 }, shopper) },
  AdjustStock: { most: 10, call: () => counted('AdjustStock', { input: { variantId: shop.variants.get('MUG'), delta: 1, reason: 'count', idempotencyKey: key() } }, shop.admin) },
  RefundOrder: { most: 45, call: async () => counted('RefundOrder', { input: { orderId: (await captured()).id, idempotencyKey: key() } }, shop.admin) },
  ShipOrder: { most: 14, call: async () => counted('ShipOrder', { input: { orderId: (await captured()).id, carrier: 'DHL', trackingNumber: '1', idempotencyKey: key() } }, shop.admin) },
  OrderSaga: { most: 5, call: async () => counted('OrderSaga', { id: (await captured()).id }, shop.admin) },
};

describe('statements of an operation', () => {
  test.each(Object.keys(LIMITS))('%s', async (name) => {
    const { most, call } = LIMITS[name]!;
    await call();
    expect(await call()).toBeLessThanOrEqual(most);
  });

  test('a list of all goods costs no more than a list of one', async () => {
    const least = async (page: number) => Math.min(await counted('ProductList', { first: page }), await counted('ProductList', { first: page }), await counted('ProductList', { first: page }));
    await least(4);
    expect(await least(4)).toBe(await least(1));
  });

  test('what an order sets off in other rooms counts as its own, what others do meanwhile does not', async () => {
    const cart = await fill();
    const input = { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: key() };
    const reading = Promise.all(Array.from({ length: 20 }, () => shop.call('Viewer', {}, shopper)));
    const own = await statementsOf('PlaceOrder', { input });
    await reading;
    // Whether the shopper's letter is written before the answer or just after it is left to the machine.
    const rooms = new Set(own.map(({ room }) => room));
    rooms.delete('notifications');
    expect(rooms).toEqual(new Set(['products', 'cart', 'orders', 'inventory', 'payments', 'recommendations']));
  });

  test('every operation of the contract that is built has its number here', () => {
    const built = contractDocuments().filter(({ name, kind }) => kind !== 'subscription' && !(name in notBuilt));
    expect(built.map(({ name }) => name).filter((name) => !(name in LIMITS))).toEqual([]);
  });
});
