import { afterEach, describe, expect, test } from 'vitest';
import type { Visitor } from '#platform/subgraph/testing.ts';
import { openShop, ORDER_PARTS, type Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.mall.close());

const merchant: Visitor = { userId: 'm', roles: ['merchant'] };
const admin: Visitor = { userId: 'boss', roles: ['admin'] };
let keys = 0;
const change = (verb: string, type: string) => (input: Record<string, unknown>, visitor: Visitor = {}) =>
  shop.mall
    .execute('orders', `mutation M($input: ${type}!) { ${verb}(input: $input) { __typename ... on Order { ...OrderParts } ... on Refusal { code message } } } ${ORDER_PARTS}`, { input: { idempotencyKey: `change-${++keys}-key`, ...input } }, visitor)
    .then((answer) => ({ ...answer, result: answer.data?.[verb] }));
const cancel = change('cancelOrder', 'CancelOrderInput');
const refund = change('refundOrder', 'RefundOrderInput');
const ship = change('shipOrder', 'ShipOrderInput');
const deliver = change('deliverOrder', 'DeliverOrderInput');
const resume = (orderId: string, visitor: Visitor = admin) =>
  shop.mall.execute('orders', 'mutation R($orderId: ID!) { resumeSaga(orderId: $orderId) { __typename ... on Refusal { code } } }', { orderId }, visitor);
const parcel = { carrier: 'DHL', trackingNumber: 'T1' };
const kinds = (order: any) => order.timeline.map((entry: any) => entry.kind);

async function confirmed(): Promise<{ id: string; guestToken: string; lines: { id: string }[] }> {
  const { data } = await shop.place();
  expect(data.placeOrder.payment.status).toBe('CAPTURED');
  shop.heard.length = 0;
  return data.placeOrder;
}

describe('calling off', () => {
  test('before the pivot the checkout turns back: stock and money are let go', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = () => ({ outcome: 'waiting', untilMs: shop.mall.clock.nowMs() + 900_000, data: { actionUrl: 'http://bank.test' } });
    const { id, guestToken } = (await shop.place()).data.placeOrder;
    const { result } = await cancel({ id, guestToken, reason: 'changed my mind' });
    expect(result).toMatchObject({ __typename: 'Order', status: 'CANCELLED', payment: { status: 'VOIDED', actionUrl: null }, cancellable: false });
    expect(shop.commandsHeard()).toEqual(['hold-stock', 'authorise-payment', 'void-payment', 'release-stock']);
    expect(result.timeline.at(-1)).toMatchObject({ kind: 'CANCELLED', message: 'Called off by the shopper.' });
  });

  test('after the pivot the money and then the goods come back, and only then is it CANCELLED', async () => {
    shop = await openShop();
    const { id, guestToken } = await confirmed();
    const { result } = await cancel({ id, guestToken });
    expect(result).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' }, refunded: { amountMinor: 3_050 }, total: { amountMinor: 3_050 } });
    expect(shop.commandsHeard()).toEqual(['refund-payment', 'return-stock']);
    expect(shop.heard[0]!.input).toMatchObject({ orderId: id, amountMinor: 3_050 });
    expect(shop.heard[1]!.input).toEqual({ orderId: id, lines: [{ variantId: 'a', quantity: 2 }, { variantId: 'b', quantity: 1 }] });
    expect(kinds(result).slice(-2)).toEqual(['REFUNDED', 'CANCELLED']);
  });

  test('between pivot and capture it waits for the capture, then gives everything back once', async () => {
    shop = await openShop();
    let captureKey = '';
    shop.script['capture-payment'] = (heard) => {
      captureKey = heard.key;
      return null;
    };
    const { id, guestToken, status } = (await shop.place({ waitMs: 300 })).data.placeOrder;
    expect(status).toBe('CONFIRMED');
    const cancelling = cancel({ id, guestToken });
    await shop.mall.settle();
    expect((await ship({ orderId: id, ...parcel }, merchant)).result).toMatchObject({ code: 'NOT_SHIPPABLE' });
    expect(shop.commandsHeard()).not.toContain('refund-payment');
    await shop.mall.database('payments').transaction((tx) => shop.mall.room('payments').deps.commands.reply(tx, { key: captureKey, subject: id }, { outcome: 'done' }));
    expect((await cancelling).result).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
    await shop.mall.settle();
    expect(shop.commandsHeard().filter((command) => command === 'refund-payment')).toHaveLength(1);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('racing with the checkout (%i): the order ends CANCELLED, or nothing moved', async (rude) => {
    shop = await openShop({ rude });
    const { id, guestToken } = (await shop.place({ waitMs: 0 })).data.placeOrder;
    for (let turn = 0; turn < rude * 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    const { result } = await cancel({ id, guestToken });
    expect(result.__typename).toBe('Order');
    await shop.mall.settle();
    const { order } = (await shop.order(id, guestToken)).data;
    expect(order.status).toBe('CANCELLED');
    const heard = new Set(shop.commandsHeard());
    // Before the pivot or after it, never a mix of the two.
    expect([heard.has('release-stock') && !heard.has('refund-payment'), heard.has('refund-payment') && heard.has('return-stock') && !heard.has('release-stock')].filter(Boolean)).toHaveLength(1);
    expect(['VOIDED', 'REFUNDED', 'NONE']).toContain(order.payment.status);
  });

  test('a repeat of the key changes nothing; a new key finds nothing left to call off', async () => {
    shop = await openShop();
    const { id, guestToken } = await confirmed();
    const first = await cancel({ id, guestToken, idempotencyKey: 'cancel-just-once' });
    expect((await cancel({ id, guestToken, idempotencyKey: 'cancel-just-once' })).result).toEqual(first.result);
    expect((await cancel({ id, guestToken })).result).toMatchObject({ __typename: 'OrderRefused', code: 'NOT_CANCELLABLE' });
    expect(shop.commandsHeard()).toEqual(['refund-payment', 'return-stock']);
  });

  test('what is shipped stays sold; what is not yours is not there', async () => {
    shop = await openShop();
    const { id, guestToken } = await confirmed();
    expect((await cancel({ id })).errors![0]!.extensions.code).toBe('NOT_FOUND');
    expect((await cancel({ id }, { userId: 'ops', roles: ['ops'] })).errors![0]!.extensions.code).toBe('NOT_FOUND');
    await ship({ orderId: id, ...parcel }, merchant);
    expect((await cancel({ id, guestToken })).result).toMatchObject({ code: 'NOT_CANCELLABLE', message: expect.any(String) });
  });

  test('a part that was refunded before is not given back twice', async () => {
    shop = await openShop();
    const { id, guestToken } = await confirmed();
    await refund({ orderId: id, amount: { amountMinor: 1_000, currency: 'USD' } }, merchant);
    expect((await cancel({ id, guestToken })).result).toMatchObject({ status: 'CANCELLED', refunded: { amountMinor: 3_050 } });
    expect(shop.heard.filter(({ command }) => command === 'refund-payment').map(({ input }) => input.amountMinor)).toEqual([1_000, 2_050]);
  });
});

describe('refunds', () => {
  test('an amount, then lines with their share of tax, then the rest: payment and numbers follow', async () => {
    shop = await openShop({ shop: { taxBasisPoints: { '*': 1_000 } } });
    const { id, lines } = await confirmed();
    const first = await refund({ orderId: id, amount: { amountMinor: 100, currency: 'USD' }, reason: 'late' }, merchant);
    expect(first.result).toMatchObject({ payment: { status: 'PARTIALLY_REFUNDED' }, refunded: { amountMinor: 100 } });
    const second = await refund({ orderId: id, lines: [{ lineId: lines[0]!.id, quantity: 1 }] }, merchant);
    expect(second.result).toMatchObject({ refunded: { amountMinor: 1_200 } });
    const third = await refund({ orderId: id }, merchant);
    expect(third.result).toMatchObject({ payment: { status: 'REFUNDED' }, refunded: { amountMinor: 3_355 }, total: { amountMinor: 3_355 }, status: 'CONFIRMED' });
    expect(kinds(third.result).filter((kind: string) => kind === 'REFUNDED')).toHaveLength(3);
    expect((await refund({ orderId: id }, merchant)).result).toMatchObject({ code: 'REFUND_TOO_LARGE' });
  });

  test('twenty at once never give back more than was taken', async () => {
    shop = await openShop({ rude: 5 });
    const { id } = await confirmed();
    const all = await Promise.all(Array.from({ length: 20 }, () => refund({ orderId: id, amount: { amountMinor: 400, currency: 'USD' } }, merchant)));
    await shop.mall.settle();
    expect(all.filter(({ result }) => result.__typename === 'Order')).toHaveLength(7);
    expect(shop.heard.filter(({ command }) => command === 'refund-payment')).toHaveLength(7);
    expect((await shop.order(id, null, merchant)).data.order.refunded.amountMinor).toBe(2_800);
  });

  test('a repeat of the key is one refund, another input with it is a conflict', async () => {
    shop = await openShop();
    const { id } = await confirmed();
    const input = { orderId: id, amount: { amountMinor: 10, currency: 'USD' }, idempotencyKey: 'refund-just-once' };
    await Promise.all([refund(input, merchant), refund(input, merchant)]);
    expect((await refund(input, merchant)).result.refunded.amountMinor).toBe(10);
    expect((await refund({ ...input, amount: { amountMinor: 11, currency: 'USD' } }, merchant)).errors![0]!.extensions.code).toBe('CONFLICT');
  });

  test('more units than are left, unknown lines, other currencies, both ways at once: each named', async () => {
    shop = await openShop();
    const { id, lines } = await confirmed();
    const lineId = lines[1]!.id;
    expect((await refund({ orderId: id, lines: [{ lineId, quantity: 2 }] }, merchant)).result.code).toBe('REFUND_TOO_LARGE');
    await refund({ orderId: id, lines: [{ lineId, quantity: 1 }] }, merchant);
    expect((await refund({ orderId: id, lines: [{ lineId, quantity: 1 }] }, merchant)).result.code).toBe('REFUND_TOO_LARGE');
    const fields = async (input: Record<string, unknown>) => Object.keys((await refund({ orderId: id, ...input }, merchant)).errors![0]!.extensions.fields);
    expect(await fields({ lines: [{ lineId: 'other', quantity: 1 }] })).toEqual(['input.lines.0.lineId']);
    expect(await fields({ lines: [{ lineId, quantity: 0 }] })).toEqual(['input.lines.0.quantity']);
    expect(await fields({ lines: [] })).toEqual(['input.lines']);
    expect(await fields({ amount: { amountMinor: 1, currency: 'EUR' } })).toEqual(['input.amount.currency']);
    expect(await fields({ amount: { amountMinor: -1, currency: 'USD' } })).toEqual(['input.amount.amountMinor']);
    expect(await fields({ amount: { amountMinor: 1, currency: 'USD' }, lines: [{ lineId, quantity: 1 }] })).toEqual(['input.lines']);
  });

  test('nothing to give back before it was taken, and nobody but staff gives', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = () => null;
    const { id } = (await shop.place({ waitMs: 0 })).data.placeOrder;
    expect((await refund({ orderId: id }, merchant)).result.code).toBe('NOT_REFUNDABLE');
    expect((await refund({ orderId: id })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect((await refund({ orderId: id }, { userId: 'u' })).errors![0]!.extensions.code).toBe('FORBIDDEN');
  });

  test('a provider that does not answer: the refund stays reserved, gets stuck after its attempts, and is resumed by a person', async () => {
    shop = await openShop();
    const { id } = await confirmed();
    shop.script['refund-payment'] = () => ({ outcome: 'refused', code: 'BROKEN', message: 'the provider is confused' });
    const running = refund({ orderId: id }, merchant);
    for (let round = 0; round < 12; round++) await shop.mall.advance(301_000);
    await running;
    expect(shop.commandsHeard()).toHaveLength(12);
    expect((await resume(id, { userId: 'm', roles: ['merchant'] })).errors![0]!.extensions.code).toBe('FORBIDDEN');
    delete shop.script['refund-payment'];
    expect((await resume(id)).data.resumeSaga.__typename).toBe('Order');
    await shop.mall.settle();
    expect((await shop.order(id, null, merchant)).data.order).toMatchObject({ refunded: { amountMinor: 3_050 }, payment: { status: 'REFUNDED' } });
    expect((await resume(id)).data.resumeSaga.code).toBe('NOT_STUCK');
  });
});

describe('shipping', () => {
  test('a confirmed, paid order is shipped once', async () => {
    shop = await openShop();
    const { id } = await confirmed();
    const { result } = await ship({ orderId: id, ...parcel }, merchant);
    expect(result).toMatchObject({ status: 'SHIPPED', cancellable: false });
    expect(result.timeline.at(-1)).toMatchObject({ kind: 'SHIPPED', message: 'Handed to DHL, tracking number T1.' });
    expect((await ship({ orderId: id, ...parcel }, merchant)).result.code).toBe('NOT_SHIPPABLE');
    expect((await ship({ orderId: id, carrier: '', trackingNumber: 'x'.repeat(81) }, merchant)).errors![0]!.extensions.fields).toEqual({
      'input.carrier': 'must not be empty', 'input.trackingNumber': 'must have at most 80 characters',
    });
    expect((await ship({ orderId: id, ...parcel }, { userId: 'u' })).errors![0]!.extensions.code).toBe('FORBIDDEN');
    await shop.mall.settle();
    expect(shop.mall.told('orders').map(({ message }) => message.type)).toContain('order.shipped');
  });

  test('what was shipped arrives, once, and nothing else does', async () => {
    shop = await openShop();
    const { id } = await confirmed();
    expect((await deliver({ orderId: id }, merchant)).result.code).toBe('NOT_DELIVERABLE');
    await ship({ orderId: id, ...parcel }, merchant);
    const { result } = await deliver({ orderId: id }, merchant);
    expect(result).toMatchObject({ status: 'DELIVERED', cancellable: false });
    expect(result.timeline.at(-1)).toMatchObject({ kind: 'DELIVERED', message: 'Delivered.' });
    expect((await deliver({ orderId: id }, merchant)).result.code).toBe('NOT_DELIVERABLE');
    expect((await deliver({ orderId: id }, { userId: 'u' })).errors![0]!.extensions.code).toBe('FORBIDDEN');
    await shop.mall.settle();
    expect(shop.mall.told('orders').map(({ message }) => message.type)).toContain('order.delivered');
  });
});

test('a capture that gets stuck after the pivot shows in the saga and in the list, and goes on when a person says so', async () => {
  shop = await openShop();
  shop.script['capture-payment'] = () => ({ outcome: 'refused', code: 'CAPTURE_REFUSED', message: 'no' });
  const { id } = (await shop.place({ waitMs: 0 })).data.placeOrder;
  for (let round = 0; round < 12; round++) await shop.mall.advance(301_000);
  const view = async () => (await shop.mall.execute('orders', 'query($id: ID!) { order(id: $id) { id saga { state steps { name state attempts error } } } }', { id }, admin)).data.order;
  const stuck = async () => (await shop.mall.execute('orders', '{ orders(filter: { stuck: true }) { totalCount edges { node { id } } } }', {}, admin)).data.orders;
  expect((await view()).saga).toMatchObject({ state: 'STUCK', steps: expect.arrayContaining([{ name: 'capture-payment', state: 'STUCK', attempts: 12, error: 'CAPTURE_REFUSED: no' }]) });
  expect(await stuck()).toEqual({ totalCount: 1, edges: [{ node: { id } }] });
  delete shop.script['capture-payment'];
  await resume(id);
  await shop.mall.settle();
  expect((await view()).saga.state).toBe('DONE');
  expect((await stuck()).totalCount).toBe(0);
});
