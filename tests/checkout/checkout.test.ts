import { afterEach, describe, expect, test } from 'vitest';
import { openMarket, type Market } from './market.ts';

let market: Market;
afterEach(async () => {
  await market.mall.settle();
  expect(await market.audit()).toMatchObject({ problems: [], openSagas: 0, openCalls: 0 });
  await market.mall.close();
});

describe('one shopper', () => {
  test('from cart to captured payment in one answer; stock is sold, the cart is empty, the books agree', async () => {
    market = await openMarket({ shirt: 5, mug: 5 });
    const cartId = await market.fill({ shirt: 2, mug: 1 });
    expect(await market.place(cartId)).toMatchObject({ __typename: 'Order', status: 'CONFIRMED', total: { amountMinor: 4_998 }, payment: { status: 'CAPTURED' } });
    await market.mall.settle();
    expect(await market.cartCount(cartId)).toBe(0);
    expect((await market.audit()).levels).toEqual({ shirt: { onHand: 3, held: 0 }, mug: { onHand: 4, held: 0 } });
  });

  test('what was put in the cart while the order was on its way stays in it', async () => {
    market = await openMarket({ shirt: 5, mug: 5 });
    const cartId = await market.fill({ shirt: 2 });
    const { payment } = await market.place(cartId, 'pm_3ds');
    await market.mall.execute('cart', 'mutation ($input: AddToCartInput!) { addToCart(input: $input) { __typename } }', { input: { cartId, variantId: 'mug', quantity: 1, idempotencyKey: market.key() } });
    await market.atTheBank(payment.actionUrl, 'approve');
    await market.mall.settle();
    expect(await market.cartCount(cartId)).toBe(1);
  });

  test.each([['pm_declined', 'PAYMENT_DECLINED'], ['pm_insufficient_funds', 'INSUFFICIENT_FUNDS']])('%s: the order is called off, the stock free, the cart as it was', async (token, code) => {
    market = await openMarket({ shirt: 2 });
    const cartId = await market.fill({ shirt: 2 });
    expect(await market.place(cartId, token)).toMatchObject({ __typename: 'PaymentDeclined', code, order: { status: 'CANCELLED' } });
    expect(await market.cartCount(cartId)).toBe(2);
    expect((await market.place(cartId, 'pm_ok')).status).toBe('CONFIRMED');
  });

  test('pm_webhook_first: nothing is taken twice', async () => {
    market = await openMarket({ shirt: 2 });
    expect(await market.buy({ shirt: 1 }, 'pm_webhook_first')).toMatchObject({ status: 'CONFIRMED' });
    await market.pass(2_000, 500);
  });

  test('pm_timeout: pending at first, confirmed when the bank has answered', async () => {
    market = await openMarket({ shirt: 2 });
    const { id, status } = await market.buy({ shirt: 1 }, 'pm_timeout', { waitMs: 50 });
    expect(status).toBe('PENDING');
    expect((await market.audit()).levels.shirt).toEqual({ onHand: 2, held: 1 });
    await market.pass(5_000, 1_000);
    expect(await market.order(id)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED' } });
  });

  test('pm_3ds: approved at the bank after fourteen minutes', async () => {
    market = await openMarket({ shirt: 2 });
    const { id, status, payment } = await market.buy({ shirt: 1 }, 'pm_3ds');
    expect([status, payment.status]).toEqual(['PENDING', 'ACTION_REQUIRED']);
    await market.pass(14 * 60_000);
    await market.atTheBank(payment.actionUrl, 'approve');
    await market.mall.settle();
    expect(await market.order(id)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED', actionUrl: null } });
  });

  test('pm_3ds: declined at the bank, or never answered: stock is free again and nothing is held', async () => {
    market = await openMarket({ shirt: 2 });
    const declined = await market.buy({ shirt: 1 }, 'pm_3ds');
    const silent = await market.buy({ shirt: 1 }, 'pm_3ds');
    await market.atTheBank(declined.payment.actionUrl, 'decline');
    await market.pass(22 * 60_000);
    for (const { id } of [declined, silent]) expect(await market.order(id)).toMatchObject({ status: 'CANCELLED', payment: { status: 'DECLINED' } });
    expect((await market.audit()).levels.shirt).toEqual({ onHand: 2, held: 0 });
  });

  test('called off before, and called off after: nothing is owed and nothing is missing', async () => {
    market = await openMarket({ shirt: 4 });
    const waiting = await market.buy({ shirt: 1 }, 'pm_3ds');
    expect(await market.cancel(waiting.id, waiting.guestToken)).toMatchObject({ status: 'CANCELLED', payment: { status: 'VOIDED' } });
    const bought = await market.buy({ shirt: 3 });
    expect(await market.cancel(bought.id, bought.guestToken)).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
    expect((await market.audit()).levels.shirt).toEqual({ onHand: 4, held: 0 });
  });
});

describe('many shoppers', () => {
  test('two shoppers, one item left: one order, one refusal, no hold remains', async () => {
    market = await openMarket({ shirt: 1 });
    const carts = [await market.fill({ shirt: 1 }), await market.fill({ shirt: 1 })];
    const answers = await Promise.all(carts.map((cartId) => market.place(cartId)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Order', 'OutOfStock']);
    expect(answers.find(({ __typename }) => __typename === 'OutOfStock')).toMatchObject({ variantId: 'shirt', available: 0 });
    expect((await market.audit()).levels.shirt).toEqual({ onHand: 0, held: 0 });
  });

  test.each([1, 2, 3, 4])('rude messages (%i): sixty shoppers of all kinds, forty items: sold out exactly, no cent astray', async (rude) => {
    market = await openMarket({ shirt: 40, mug: 1_000 }, { rude });
    const tokens = ['pm_ok', 'pm_ok', 'pm_declined', 'pm_webhook_first', 'pm_timeout', 'pm_ok'];
    await Promise.all(Array.from({ length: 60 }, (_, n) => market.buy({ shirt: 1, mug: 1 + (n % 3) }, tokens[n % tokens.length], { waitMs: 0 })));
    await market.pass(6_000, 1_000);
    const { byStatus, levels } = await market.audit();
    expect(byStatus.CONFIRMED! + levels.shirt!.onHand).toBe(40);
    expect(levels.shirt!.held).toBe(0);
  });

  test.each([5, 6, 7])('calling off in the middle of a storm (%i): each order ends as one thing', async (rude) => {
    market = await openMarket({ shirt: 100 }, { rude });
    const placed = await Promise.all(Array.from({ length: 24 }, () => market.buy({ shirt: 1 }, 'pm_ok', { waitMs: 0 })));
    const answers = await Promise.all(placed.map(async ({ id, guestToken }, n) => {
      for (let turn = 0; turn < n * 6; turn++) await new Promise((resolve) => setImmediate(resolve));
      return n % 2 === 0 ? market.cancel(id, guestToken) : null;
    }));
    expect(answers.filter((answer) => answer !== null && answer.__typename !== 'Order')).toEqual([]);
    await market.pass(60_000, 10_000);
    expect(await market.audit()).toMatchObject({ byStatus: { CONFIRMED: 12, CANCELLED: 12 }, levels: { shirt: { onHand: 88, held: 0 } } });
  });
});

describe('a crash', () => {
  test.each([1, 2, 3, 4, 5, 6])('killed again and again in the middle of many checkouts (%i): nothing is lost, nothing is doubled', async (seed) => {
    market = await openMarket({ shirt: 25, mug: 500 }, { rude: seed });
    const tokens = ['pm_ok', 'pm_ok', 'pm_declined', 'pm_webhook_first', 'pm_timeout'];
    let number = 0;
    for (let life = 0; life < 3; life++) {
      const buying = Array.from({ length: 12 }, () => {
        const n = number++;
        return market.buy({ shirt: 1, mug: 1 }, tokens[n % tokens.length], { waitMs: 0 }).catch((error: unknown) => String(error));
      });
      for (let turn = 0; turn < 40 + ((seed * 97 + life * 31) % 160); turn++) await new Promise((resolve) => setImmediate(resolve));
      await market.mall.crash();
      await Promise.all(buying);
    }
    await market.pass(120_000, 10_000);
    const { byStatus, levels } = await market.audit();
    expect((byStatus.CONFIRMED ?? 0) + levels.shirt!.onHand).toBe(25);
    expect(byStatus.PENDING ?? 0).toBe(0);
  });
});
