import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { address, first, key, openShop, until, type Reader, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop?.close());

const variant = (sku: string) => shop.variants.get(sku)!;
const available = async (sku: string) => {
  const { data } = await shop.send({ query: 'query($ids: [ID!]) { stockLevels(first: 1, filter: { variantIds: $ids }) { edges { node { onHand available held } } } }', variables: { ids: [variant(sku)] } }, shop.admin);
  return data.stockLevels.edges[0].node as { onHand: number; available: number; held: number };
};
const fill = (sku: string, quantity = 1, more: { cartId?: string } = {}, reader?: Reader) =>
  shop.call('AddToCart', { input: { variantId: variant(sku), quantity, idempotencyKey: key(), ...more } }, reader);
const buy = (cartId: string, token: string, more: Record<string, unknown> = {}, reader?: Reader) =>
  shop.call('PlaceOrder', { input: { cartId, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token }, idempotencyKey: key(), ...more } }, reader);
const settled = (order: { id: string; guestToken: string }, fits: (order: any) => boolean) =>
  first(shop.watch('OrderChanged', { id: order.id, guestToken: order.guestToken }), fits);

describe('a guest', () => {
  test('finds with a typing mistake, buys, and sees the order go on by itself', async () => {
    const found = await shop.call('Search', { query: 'linnen shrit', first: 10 });
    expect(found.correctedQuery).toBe('linen shirt');
    expect(found.edges[0].node.slug).toBe('linen-shirt');

    const cart = await fill('SHIRT-M', 2);
    expect(cart.subtotal).toEqual({ amountMinor: 9800, currency: 'USD' });
    const order = await buy(cart.id, 'pm_ok');
    expect(order).toMatchObject({ __typename: 'Order', status: 'CONFIRMED', subtotal: { amountMinor: 9800 }, shipping: { amountMinor: 590 } });
    expect(order.tax.amountMinor).toBe(Math.round((9800 + 590) * 0.19));
    expect(order.total.amountMinor).toBe(9800 + 590 + order.tax.amountMinor);

    const captured = await settled(order, (seen) => seen.payment.status === 'CAPTURED');
    expect(captured.timeline.map((entry: any) => entry.kind)).toEqual(expect.arrayContaining(['PLACED', 'CONFIRMED', 'CAPTURED']));
    await until(async () => (await available('SHIRT-M')).held === 0, 'no hold remains');
    expect(await available('SHIRT-M')).toMatchObject({ onHand: 8, available: 8 });
    await until(async () => (await shop.call('Cart', { id: cart.id })).lines.length === 0, 'the cart is empty');
  });

  test('reads names and messages in Chinese', async () => {
    const product = await shop.call('ProductDetail', { slug: 'linen-shirt' }, { language: 'zh' });
    expect(product.name).toBe('亚麻衬衫');
    expect(product.categories.at(-1).name).toBe('衬衫');
    const found = await shop.call('Search', { query: '绿茶', first: 5 }, { language: 'zh' });
    expect(found.edges.map((edge: any) => edge.node.slug)).toContain('green-tea');
  });

  test('whose card is declined is told so, keeps the cart, and no stock stays held', async () => {
    const before = await available('MUG');
    const cart = await fill('MUG');
    const outcome = await buy(cart.id, 'pm_declined');
    expect(outcome).toMatchObject({ __typename: 'PaymentDeclined', order: { status: 'CANCELLED' } });
    await until(async () => (await available('MUG')).held === 0, 'no hold remains');
    expect(await available('MUG')).toEqual(before);
    expect((await shop.call('Cart', { id: cart.id })).lines).toHaveLength(1);
  });

  test('presses the button twice: one order', async () => {
    const cart = await fill('TEA');
    const idempotencyKey = key();
    const [left, right] = await Promise.all([buy(cart.id, 'pm_ok', { idempotencyKey }), buy(cart.id, 'pm_ok', { idempotencyKey })]);
    expect(left.id).toBe(right.id);
    expect(left.guestToken).toBe(right.guestToken);
    await expect(buy(cart.id, 'pm_ok', { idempotencyKey, email: 'eve@example.com' })).rejects.toThrow('CONFLICT');
  });

  test('cancels: the money goes back and so does the stock', async () => {
    const before = await available('TEA');
    const cart = await fill('TEA', 3);
    const order = await buy(cart.id, 'pm_ok');
    await settled(order, (seen) => seen.payment.status === 'CAPTURED');
    const cancelled = await shop.call('CancelOrder', { input: { id: order.id, guestToken: order.guestToken, idempotencyKey: key() } });
    expect(cancelled.__typename).toBe('Order');
    const end = await settled(order, (seen) => seen.status === 'CANCELLED' && seen.payment.status === 'REFUNDED');
    expect(end.timeline.at(-1)).toBeTruthy();
    await until(async () => (await available('TEA')).available === before.available, 'the stock is back');
  });

  test('goes to the bank for 3-D Secure and comes back with a confirmed order', async () => {
    const cart = await fill('MUG');
    const order = await buy(cart.id, 'pm_3ds');
    expect(order).toMatchObject({ status: 'PENDING', payment: { status: 'ACTION_REQUIRED' } });
    const { pathname } = new URL(order.payment.actionUrl);
    const page = await (await fetch(`${shop.origin}${pathname}`)).text();
    expect(page).toContain('<form');
    const form = new URLSearchParams([...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map((match) => [match[1]!, match[2]!]));
    const button = /<button[^>]*name="([^"]+)"[^>]*value="(approve[^"]*)"/.exec(page);
    if (button) form.set(button[1]!, button[2]!);
    const answer = await fetch(`${shop.origin}${pathname}`, { method: 'POST', body: form, redirect: 'manual' });
    expect([302, 303]).toContain(answer.status);
    await settled(order, (seen) => seen.status === 'CONFIRMED');
  });

  test('whose order waited at the bank finds in the cart what was put there since', async () => {
    const cart = await fill('TEA');
    const waiting = await buy(cart.id, 'pm_3ds');
    await buy(cart.id, 'pm_ok');
    const lines = async () => (await shop.call('Cart', { id: cart.id })).lines as { quantity: number }[];
    await until(async () => (await lines()).length === 0, 'the other order has emptied the cart');
    await fill('TEA', 1, { cartId: cart.id });
    await fetch(`${shop.origin}${new URL(waiting.payment.actionUrl).pathname}`, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }), redirect: 'manual' });
    await until(async () => (await shop.call('OrderSaga', { id: waiting.id }, shop.admin)).saga.state === 'DONE', 'the order has come to its end');
    expect(await lines()).toMatchObject([{ quantity: 1 }]);
  });

  test.each(['pm_timeout', 'pm_webhook_first'])('pays with %s and is confirmed in the end', async (token) => {
    const cart = await fill('MUG');
    const order = await buy(cart.id, token, { waitMs: 0 });
    await settled(order, (seen) => seen.payment.status === 'CAPTURED');
  });

  test('two guests, one lamp left: one order, one refusal, no hold remains', async () => {
    const carts = await Promise.all([fill('LAMP'), fill('LAMP')]);
    const outcomes = await Promise.all(carts.map((cart) => buy(cart.id, 'pm_ok')));
    expect(outcomes.map((outcome) => outcome.__typename).sort()).toEqual(['Order', 'OutOfStock']);
    await until(async () => (await available('LAMP')).held === 0, 'no hold remains');
    expect(await available('LAMP')).toMatchObject({ onHand: 0, available: 0 });
    expect(await fill('LAMP')).toMatchObject({ __typename: 'OutOfStock', available: 0 });
  });
});

describe('a shopper', () => {
  const register = async (cartId?: string) => {
    const email = `${key()}@example.com`;
    const session = await shop.call('Register', { input: { email, password: 'a long and good one', displayName: 'Ada', cartId } });
    expect(session.__typename).toBe('Session');
    return { email, token: session.accessToken as string, refreshToken: session.refreshToken as string };
  };

  test('keeps the cart of before signing in, buys, and finds the order', async () => {
    const guest = await fill('SHIRT-S');
    const { token } = await register(guest.id);
    const viewer = await shop.call('Viewer', {}, { token });
    expect(viewer.cart).not.toBeNull();
    const cart = await shop.call('Cart', { id: guest.id }, { token });
    expect(cart.lines.map((line: any) => line.variant.sku)).toEqual(['SHIRT-S']);
    const order = await buy(viewer.cart.id, 'pm_ok', { email: undefined }, { token });
    expect(order).toMatchObject({ __typename: 'Order', status: 'CONFIRMED', guestToken: null });
    const after = await shop.call('Viewer', {}, { token });
    expect(after.orders).toMatchObject({ totalCount: 1, edges: [{ node: { id: order.id } }] });
  });

  test('merges the carts of two devices at sign-in', async () => {
    const { token, email } = await register();
    await fill('MUG', 1, {}, { token });
    const guest = await fill('MUG', 2);
    const session = await shop.call('Login', { input: { email, password: 'a long and good one', cartId: guest.id } });
    const { cart } = await shop.call('Viewer', {}, { token: session.accessToken });
    expect((await shop.call('Cart', { id: cart.id }, { token })).lines[0].quantity).toBe(3);
    expect((await shop.call('Cart', { id: guest.id }, { token })).id).toBe(cart.id);
  });

  test('sees a change of the cart in the other tab', async () => {
    const cart = await fill('MUG');
    const quantities: number[] = [];
    const tab = (async () => {
      for await (const seen of shop.watch('CartChanged', { cartId: cart.id })) {
        quantities.push(seen.lines[0]?.quantity ?? 0);
        if (quantities.at(-1) === 5) return;
      }
    })();
    await until(async () => quantities.length > 0, 'the current state comes first');
    await shop.call('SetCartLine', { input: { cartId: cart.id, lineId: cart.lines[0].id, quantity: 5, idempotencyKey: key() } });
    await tab;
    expect(quantities[0]).toBe(1);
  });

  test('cannot see the cart or the order of another', async () => {
    const owner = await register();
    const cart = await fill('MUG', 1, {}, { token: owner.token });
    const order = await buy(cart.id, 'pm_ok', { email: undefined }, { token: owner.token });
    const other = await register();
    await expect(shop.call('Order', { id: order.id }, { token: other.token })).rejects.toThrow('NOT_FOUND');
    await expect(shop.call('Order', { id: order.id })).rejects.toThrow('NOT_FOUND');
    await expect(shop.call('Order', { id: order.id, guestToken: 'x'.repeat(32) })).rejects.toThrow('NOT_FOUND');
    const { data } = await shop.send({ query: `{ cart(id: "${cart.id}") { id } }` }, { token: other.token });
    expect(data.cart).toBeNull();
  });

  test('who uses a spent refresh token loses the session', async () => {
    const { refreshToken } = await register();
    const next = await shop.call('RefreshSession', { refreshToken });
    expect(next.__typename).toBe('Session');
    const again = await shop.call('RefreshSession', { refreshToken: next.refreshToken });
    expect(again.__typename).toBe('Session');
    expect((await shop.call('RefreshSession', { refreshToken })).__typename).not.toBe('Session');
    expect((await shop.call('RefreshSession', { refreshToken: again.refreshToken })).__typename).not.toBe('Session');
  });
});

describe('a merchant', () => {
  test('ships an order, gives a part back, then all the rest, and never more', async () => {
    const cart = await fill('MUG', 2);
    const order = await buy(cart.id, 'pm_ok');
    await settled(order, (seen) => seen.payment.status === 'CAPTURED');
    const shipped = await shop.call('ShipOrder', { input: { orderId: order.id, carrier: 'DHL', trackingNumber: 'JD01', idempotencyKey: key() } }, shop.admin);
    expect(shipped.status).toBe('SHIPPED');
    const refund = (input: object) => shop.call('RefundOrder', { input: { orderId: order.id, idempotencyKey: key(), ...input } }, shop.admin);
    expect((await refund({ amount: { amountMinor: 500, currency: 'USD' } })).__typename).toBe('Order');
    await settled(order, (seen) => seen.payment.status === 'PARTIALLY_REFUNDED');
    expect((await refund({ amount: { amountMinor: order.total.amountMinor, currency: 'USD' } })).code).toBe('REFUND_TOO_LARGE');
    expect((await refund({})).__typename).toBe('Order');
    await settled(order, (seen) => seen.payment.status === 'REFUNDED');
    expect((await shop.call('CancelOrder', { input: { id: order.id, guestToken: order.guestToken, idempotencyKey: key() } })).code).toBe('NOT_CANCELLABLE');
  });

  test('sees how the saga of an order went', async () => {
    const order = await buy((await fill('MUG')).id, 'pm_ok');
    await settled(order, (seen) => seen.payment.status === 'CAPTURED');
    await until(async () => (await shop.call('OrderSaga', { id: order.id }, shop.admin)).saga.state === 'DONE', 'the saga is done');
    const { saga } = await shop.call('OrderSaga', { id: order.id }, shop.admin);
    expect(saga.steps.map((step: any) => step.name)).toEqual(['hold-stock', 'authorise-payment', 'confirm-hold', 'take-stock', 'capture-payment', 'clear-cart']);
  });

  test('is told when stock is low, and a shopper may not listen', async () => {
    const low = first(shop.watch('StockLow', {}, shop.admin), () => true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await shop.call('AdjustStock', { input: { variantId: variant('TEA'), setTo: 3, reason: 'count', idempotencyKey: key() } }, shop.admin);
    expect(await low).toMatchObject({ variant: { sku: 'TEA' }, available: 3 });
    await expect(first(shop.watch('StockLow', {}), () => true)).rejects.toThrow();
  });

  test('nobody else may adjust stock, ship or refund', async () => {
    for (const name of ['AdjustStock', 'ShipOrder', 'RefundOrder']) {
      const input = {
        AdjustStock: { variantId: variant('TEA'), delta: 1, reason: 'x', idempotencyKey: key() },
        ShipOrder: { orderId: 'x', carrier: 'x', trackingNumber: 'x', idempotencyKey: key() },
        RefundOrder: { orderId: 'x', idempotencyKey: key() },
      }[name];
      await expect(shop.call(name, { input })).rejects.toThrow('UNAUTHENTICATED');
    }
  });
});
