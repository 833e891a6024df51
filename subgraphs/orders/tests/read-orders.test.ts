import { afterEach, describe, expect, test } from 'vitest';
import type { Statements, Visitor } from '#platform/subgraph/testing.ts';
import { boughtProducts } from '#schema/asks.ts';
import { auditOrders } from '../audit.ts';
import { line, openShop, type Shop } from './shop.ts';

/** Statements on the room's own tables; what the core does on a clock is not counted. */
const own = ({ sql }: Statements): number => sql.filter((one) => /\b(orders|order_\w+)\b/.test(one.sql)).length;

let shop: Shop;
afterEach(() => shop.mall.close());

const merchant: Visitor = { userId: 'm', roles: ['merchant'] };
const LIST = `query List($first: Int!, $after: String, $filter: OrderFilter) {
  orders(first: $first, after: $after, filter: $filter) { totalCount edges { cursor node { number status } } pageInfo { hasNextPage endCursor } }
}`;
const list = (variables: Record<string, unknown>, visitor = merchant) => shop.mall.execute('orders', LIST, { first: 20, ...variables }, visitor);
const numbers = (page: any) => page.edges.map((edge: any) => edge.node.number);
const ENTITY = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on User { id orders(first: 10) { totalCount edges { cursor node { id number status placedAt total { amountMinor } } } pageInfo { hasNextPage endCursor } } }
  ... on Order { id number accessGrant }
} }`;
const entities = (representations: unknown[], visitor: Visitor = {}) => shop.mall.execute('orders', ENTITY, { representations }, visitor);

describe('lists', () => {
  test('staff pages through all orders, newest first, none twice though new ones come in between', async () => {
    shop = await openShop();
    for (let n = 0; n < 5; n++) await shop.place();
    const first = (await list({ first: 2 })).data.orders;
    expect(numbers(first)).toEqual(['GM-1005', 'GM-1004']);
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
    await shop.place();
    const second = (await list({ first: 3, after: first.pageInfo.endCursor })).data.orders;
    expect(numbers(second)).toEqual(['GM-1003', 'GM-1002', 'GM-1001']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test('filters: status, the beginning of a number or an e-mail; a wildcard is a letter', async () => {
    shop = await openShop();
    await shop.place();
    shop.script['authorise-payment'] = () => ({ outcome: 'refused', code: 'PAYMENT_DECLINED', message: 'no' });
    await shop.place({ email: 'bob_100%@example.com' });
    expect(numbers((await list({ filter: { status: ['CONFIRMED'] } })).data.orders)).toEqual(['GM-1001']);
    expect(numbers((await list({ filter: { status: [] } })).data.orders)).toEqual([]);
    expect(numbers((await list({ filter: { search: 'bob_' } })).data.orders)).toEqual(['GM-1002']);
    expect(numbers((await list({ filter: { search: '%' } })).data.orders)).toEqual([]);
    expect(numbers((await list({ filter: { search: 'GM-1001' } })).data.orders)).toEqual(['GM-1001']);
    expect(numbers((await list({ filter: { search: '1002' } })).data.orders)).toEqual(['GM-1002']);
  });

  test('a page of 101, a foreign cursor and a shopper are refused', async () => {
    shop = await openShop();
    expect((await list({ first: 101 })).errors![0]!.extensions.fields).toHaveProperty('first');
    expect((await list({ first: 0 })).errors![0]!.extensions.fields).toHaveProperty('first');
    expect((await list({ after: 'nonsense' })).errors![0]!.extensions.fields).toHaveProperty('after');
    expect((await list({}, { userId: 'u1' })).errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});

describe('links', () => {
  test('a shopper has their own orders in two statements; another shopper and a guest have none of them', async () => {
    shop = await openShop();
    shop.carts.set('mine', { userId: 'u1', lines: [line('a', 1, 1_000)] });
    for (let n = 0; n < 3; n++) await shop.place({ cartId: 'mine' }, { userId: 'u1' });
    await shop.mall.settle();
    const counted = await shop.mall.statements(async () => {
      const { data } = await entities([{ __typename: 'User', id: 'u1' }], { userId: 'u1' });
      expect(data._entities[0].orders).toMatchObject({ totalCount: 3, edges: [{ node: { number: 'GM-1003' } }, {}, {}] });
    });
    expect(own(counted)).toBe(2);
    expect((await entities([{ __typename: 'User', id: 'u1' }], { userId: 'u2' })).errors![0]!.extensions.code).toBe('FORBIDDEN');
    expect((await entities([{ __typename: 'User', id: 'u1' }])).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect((await entities([{ __typename: 'User', id: 'u1' }], merchant)).data._entities[0].orders.totalCount).toBe(3);
  });

  test('orders named by other rooms come in one statement, and only to who may see them, with a signed grant', async () => {
    shop = await openShop();
    shop.carts.set('mine', { userId: 'u1', lines: [line('a', 1, 1_000)] });
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await shop.place({ cartId: 'mine' }, { userId: 'u1' })).data.placeOrder.id);
    await shop.mall.settle();
    const references = ids.map((id) => ({ __typename: 'Order', id }));
    const counted = await shop.mall.statements(async () => {
      const { data } = await entities(references, { userId: 'u1' });
      expect(data._entities.map((order: any) => order.id)).toEqual(ids);
      expect(data._entities[0].accessGrant).toMatch(/^\d+\.[\w-]{43}$/);
    });
    expect(own(counted)).toBe(1);
    expect((await entities(references, { userId: 'u2' })).data._entities).toEqual([null, null, null]);
  });

  test('what a shopper has bought counts once it is confirmed, and no more when it is called off', async () => {
    shop = await openShop();
    shop.carts.set('mine', { userId: 'u1', lines: [line('a', 1, 1_000)] });
    const { id } = (await shop.place({ cartId: 'mine' }, { userId: 'u1' })).data.placeOrder;
    const bought = () => shop.mall.room('orders').deps.asker.ask(boughtProducts, { userId: 'u1', productIds: ['product-of-a', 'product-of-b'] });
    expect(await bought()).toEqual(['product-of-a']);
    await shop.mall.execute('orders', 'mutation($id: ID!) { cancelOrder(input: { id: $id, idempotencyKey: "call-it-off" }) { __typename } }', { id }, { userId: 'u1' });
    await shop.mall.settle();
    expect(await bought()).toEqual([]);
  });
});

describe('live', () => {
  test('orderChanged: the current state first, then every change, and nobody else hears it', async () => {
    shop = await openShop();
    let answer = () => {};
    shop.script['authorise-payment'] = (heard) => {
      answer = () =>
        void shop.mall.database('payments').transaction((tx) => shop.mall.room('payments').deps.commands.reply(tx, { key: heard.key, subject: heard.input.orderId }, { outcome: 'done', data: {} }));
      return null;
    };
    const { id, guestToken } = (await shop.place({ waitMs: 0 })).data.placeOrder;
    await shop.mall.settle();
    const document = 'subscription($id: ID!, $guestToken: String) { orderChanged(id: $id, guestToken: $guestToken) { status payment { status } timeline { kind } } }';
    const denied = await shop.mall.subscribe('orders', document, { id }).next();
    expect(denied.value.errors[0].extensions.code).toBe('NOT_FOUND');
    const seen: any[] = [];
    for await (const { data } of shop.mall.subscribe('orders', document, { id, guestToken })) {
      seen.push(data.orderChanged);
      if (seen.length === 1) answer();
      if (data.orderChanged.payment.status === 'CAPTURED') break;
    }
    expect(seen[0]).toMatchObject({ status: 'PENDING', payment: { status: 'NONE' }, timeline: [{ kind: 'PLACED' }, { kind: 'STOCK_HELD' }] });
    expect(seen.at(-1)).toMatchObject({ status: 'CONFIRMED', timeline: [{ kind: 'PLACED' }, { kind: 'STOCK_HELD' }, { kind: 'AUTHORISED' }, { kind: 'CONFIRMED' }, { kind: 'CAPTURED' }] });
  });

  test('ordersChanged: staff sees every new order come to its end', async () => {
    shop = await openShop();
    const ends = new Set<string>();
    const feed = shop.mall.subscribe('orders', 'subscription { ordersChanged { number payment { status } } }', {}, merchant);
    const watching = (async () => {
      for await (const { data } of feed) {
        if (data.ordersChanged.payment.status === 'CAPTURED') ends.add(data.ordersChanged.number);
        if (ends.size === 8) return;
      }
    })();
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(Array.from({ length: 8 }, () => shop.place({ waitMs: 0 })));
    await shop.mall.settle();
    for (let tick = 0; tick < 50 && ends.size < 8; tick++) await shop.mall.advance(100);
    await watching;
    expect(ends.size).toBe(8);
    const denied = await shop.mall.subscribe('orders', 'subscription { ordersChanged { id } }', {}, { userId: 'u1' }).next();
    expect(denied.value.errors[0].extensions.code).toBe('FORBIDDEN');
  });
});

test('an order page is three statements, whatever it holds', async () => {
  shop = await openShop();
  const { id, guestToken } = (await shop.place()).data.placeOrder;
  await shop.mall.settle();
  expect(own(await shop.mall.statements(() => shop.order(id, guestToken)))).toBe(3);
});

test('checkoutQuote says what placeOrder would freeze, and names what it cannot quote', async () => {
  shop = await openShop({ shop: { shippingMinor: 490, taxBasisPoints: { GB: 2_000, '*': 0 } } });
  const document = 'query($cartId: ID!, $countryCode: String!) { checkoutQuote(cartId: $cartId, countryCode: $countryCode) { subtotal { amountMinor } shipping { amountMinor } tax { amountMinor } total { amountMinor currency } } }';
  const ask = (cartId: string, countryCode: string) => shop.mall.execute('orders', document, { cartId, countryCode });
  expect((await ask('cart-1', 'gb')).data.checkoutQuote).toEqual({ subtotal: { amountMinor: 2_550 }, shipping: { amountMinor: 490 }, tax: { amountMinor: 608 }, total: { amountMinor: 3_648, currency: 'USD' } });
  expect((await ask('cart-1', 'CN')).data.checkoutQuote.tax.amountMinor).toBe(0);
  expect((await ask('cart-1', 'ZZ')).errors![0]!.extensions.fields).toHaveProperty('countryCode');
  expect((await ask('nowhere', 'GB')).errors![0]!.extensions.code).toBe('NOT_FOUND');
});

test('the audit finds nothing in a sound shop, and names what was tampered with', async () => {
  shop = await openShop();
  const { id } = (await shop.place()).data.placeOrder;
  await shop.mall.settle();
  const database = shop.mall.database('orders');
  const ledger = new Map([[id, { heldMinor: 0, capturedMinor: 3_050, refundedMinor: 0 }]]);
  expect(await auditOrders(database, ledger)).toMatchObject({ problems: [], openSagas: 0, byStatus: { CONFIRMED: 1 } });
  expect((await auditOrders(database, new Map())).problems).toHaveLength(2);
  await database.transaction((tx) => tx.execute('update orders set tax_minor = tax_minor + 1'));
  expect((await auditOrders(database, ledger)).problems).toEqual([expect.stringContaining('do not add up')]);
});
