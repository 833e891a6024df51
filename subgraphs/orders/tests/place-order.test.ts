import { afterEach, describe, expect, test } from 'vitest';
import { ADDRESS, line, openShop, quote, type Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.mall.close());

const CHECKOUT = ['hold-stock', 'authorise-payment', 'confirm-hold', 'take-stock', 'capture-payment', 'clear-cart'];
const declined = (code: string) => () => ({ outcome: 'refused', code: 'PAYMENT_DECLINED', message: 'no', data: { declineCode: code } }) as const;

describe('a checkout that goes well', () => {
  test('one answer: confirmed, paid, with frozen names and prices, and a time-line in order', async () => {
    shop = await openShop({ shop: { shippingMinor: 490, taxBasisPoints: { GB: 2_000, '*': 0 } } });
    const { data, errors } = await shop.place();
    expect(errors).toBeUndefined();
    expect(data.placeOrder).toMatchObject({
      __typename: 'Order', number: 'GM-1001', status: 'CONFIRMED', email: 'ada@example.com', cancellable: true,
      subtotal: { amountMinor: 2_550 }, discount: { amountMinor: 0 }, shipping: { amountMinor: 490 }, tax: { amountMinor: 608 }, total: { amountMinor: 3_648, currency: 'USD' },
      payment: { status: 'CAPTURED', provider: 'SANDBOX', actionUrl: null },
      lines: [
        { quantity: 2, sku: 'SKU-a', name: 'Thing a', variant: { id: 'a' }, unitPrice: { amountMinor: 1_000 }, lineTotal: { amountMinor: 2_000 } },
        { quantity: 1, sku: 'SKU-b', name: 'Thing b', variant: { id: 'b' }, lineTotal: { amountMinor: 550 } },
      ],
      guestToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(data.placeOrder.timeline.map((entry: any) => entry.kind)).toEqual(['PLACED', 'STOCK_HELD', 'AUTHORISED', 'CONFIRMED', 'CAPTURED']);
    expect(shop.commandsHeard()).toEqual(CHECKOUT);
    await shop.mall.settle();
    expect(shop.mall.told('orders').filter(({ topic }) => topic.endsWith('events')).map(({ message }) => message.type)).toEqual(['order.placed', 'order.confirmed']);
  });

  test('prices that move later do not move an order', async () => {
    shop = await openShop();
    const { id, guestToken } = (await shop.place()).data.placeOrder;
    shop.quotes.set('a', quote('a', 9_999));
    expect((await shop.order(id, guestToken)).data.order).toMatchObject({ total: { amountMinor: 3_050 } });
  });

  test('waitMs 0 answers at once with a pending order, which goes on by itself', async () => {
    shop = await openShop();
    const { id, status, guestToken } = (await shop.place({ waitMs: 0 })).data.placeOrder;
    expect(status).toBe('PENDING');
    await shop.mall.settle();
    expect((await shop.order(id, guestToken)).data.order.status).toBe('CONFIRMED');
  });

  test('an order that costs nothing asks nobody for money and can be shipped', async () => {
    shop = await openShop({ shop: { shippingMinor: 0 } });
    shop.quotes.set('a', quote('a', 0));
    shop.carts.set('free', { userId: null, lines: [line('a', 1, 0)] });
    expect((await shop.place({ cartId: 'free' })).data.placeOrder).toMatchObject({ status: 'CONFIRMED', payment: { status: 'NONE' }, total: { amountMinor: 0 } });
    expect(shop.commandsHeard()).toEqual(CHECKOUT.filter((command) => !command.endsWith('payment')));
  });

  test('in Chinese the names and the time-line are Chinese', async () => {
    shop = await openShop();
    const { data } = await shop.place({}, { language: 'zh' });
    expect(data.placeOrder.lines[0].name).toBe('东西 a');
    expect(data.placeOrder.timeline[0].message).toBe('订单已提交。');
  });

  test('a shopper needs no e-mail, has no guest token, and pays with the cart that is theirs', async () => {
    shop = await openShop();
    shop.carts.set('cart-of-u1', { userId: 'u1', lines: [line('a', 1, 1_000)] });
    const { data } = await shop.place({ cartId: 'cart-of-u1', email: undefined }, { userId: 'u1' });
    expect(data.placeOrder).toMatchObject({ status: 'CONFIRMED', email: 'u1@example.com', guestToken: null });
    const stranger = await shop.place({ cartId: 'cart-of-u1' }, { userId: 'u2' });
    expect(stranger.data.placeOrder).toMatchObject({ __typename: 'OrderRefused', code: 'CART_NOT_FOUND' });
  });
});

describe('what is refused before anything is written', () => {
  test('a price that moved since the cart showed it', async () => {
    shop = await openShop();
    shop.quotes.set('a', quote('a', 999));
    expect((await shop.place()).data.placeOrder).toMatchObject({ __typename: 'PriceChanged', code: 'PRICE_CHANGED', message: expect.stringContaining('price has changed') });
    expect(shop.heard).toEqual([]);
  });

  test('an empty cart, one that is not there, goods no longer sold, totals too large, unknown tickets and shipping', async () => {
    shop = await openShop();
    shop.carts.set('empty', { userId: null, lines: [] });
    shop.carts.set('gone', { userId: null, lines: [line('gone', 1, 5)] });
    shop.carts.set('huge', { userId: null, lines: [line('big', 999, 2_200_000)] });
    shop.quotes.set('gone', quote('gone', 5, { sellable: false }));
    shop.quotes.set('big', quote('big', 2_200_000));
    const code = async (input: Record<string, unknown>) => (await shop.place(input)).data.placeOrder.code;
    expect(await code({ cartId: 'empty' })).toBe('CART_EMPTY');
    expect(await code({ cartId: 'nowhere' })).toBe('CART_NOT_FOUND');
    expect(await code({ cartId: 'gone' })).toBe('VARIANT_UNAVAILABLE');
    shop.quotes.set('gone', quote('gone', 5, { currency: 'EUR' }));
    expect(await code({ cartId: 'gone' })).toBe('VARIANT_UNAVAILABLE');
    expect(await code({ cartId: 'huge' })).toBe('TOTAL_TOO_LARGE');
    expect(await code({ cartId: undefined, flashSaleTicketId: 't', idempotencyKey: crypto.randomUUID() })).toBe('TICKET_UNKNOWN');
    expect(await code({ shippingMethod: 'ROCKET' })).toBe('SHIPPING_METHOD_UNKNOWN');
    expect(shop.heard).toEqual([]);
  });

  test('bad input names every field', async () => {
    shop = await openShop();
    const { errors } = await shop.place({
      email: 'ada', waitMs: 10_001, payment: { provider: 'SANDBOX', token: ' ' },
      shippingAddress: { ...ADDRESS, fullName: '', countryCode: 'XX', postalCode: 'x'.repeat(21), phone: '1'.repeat(41) },
    });
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    expect(Object.keys(errors![0]!.extensions.fields).sort()).toEqual([
      'input.email', 'input.payment.token', 'input.shippingAddress.countryCode', 'input.shippingAddress.fullName',
      'input.shippingAddress.phone', 'input.shippingAddress.postalCode', 'input.waitMs',
    ]);
    const noCart = await shop.place({ cartId: undefined });
    expect(noCart.errors![0]!.extensions.fields).toHaveProperty(['input.cartId']);
    const shortKey = await shop.place({ idempotencyKey: 'short' });
    expect(shortKey.errors![0]!.extensions.fields).toHaveProperty(['input.idempotencyKey']);
  });
});

describe('a checkout that is refused on its way', () => {
  test('out of stock: which variant and how many are left; the order is called off, nobody was asked for money', async () => {
    shop = await openShop();
    shop.script['hold-stock'] = () => ({ outcome: 'refused', code: 'OUT_OF_STOCK', message: 'no', data: { variantId: 'b', available: 0 } });
    expect((await shop.place()).data.placeOrder).toMatchObject({ __typename: 'OutOfStock', code: 'OUT_OF_STOCK', variantId: 'b', available: 0 });
    await shop.mall.settle();
    expect(shop.commandsHeard()).toEqual(['hold-stock']);
  });

  test('a declined card: stock goes back, the order says so, and the answer has it', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = declined('INSUFFICIENT_FUNDS');
    const { data } = await shop.place();
    expect(data.placeOrder).toMatchObject({ __typename: 'PaymentDeclined', code: 'INSUFFICIENT_FUNDS', order: { status: 'CANCELLED', guestToken: expect.any(String) } });
    expect(shop.commandsHeard()).toEqual(['hold-stock', 'authorise-payment', 'release-stock']);
    const { order } = (await shop.order(data.placeOrder.order.id, data.placeOrder.order.guestToken)).data;
    expect(order).toMatchObject({ status: 'CANCELLED', cancellable: false, payment: { status: 'DECLINED' } });
    expect(order.timeline.map((entry: any) => entry.kind)).toEqual(['PLACED', 'STOCK_HELD', 'DECLINED', 'CANCELLED']);
  });

  test('a word of the provider that shoppers cannot act on is PAYMENT_DECLINED', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = declined('CARD_DECLINED');
    expect((await shop.place()).data.placeOrder).toMatchObject({ __typename: 'PaymentDeclined', code: 'PAYMENT_DECLINED' });
  });

  test('a provider that is not there', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = () => ({ outcome: 'refused', code: 'PROVIDER_UNAVAILABLE', message: 'no' });
    expect((await shop.place({ payment: { provider: 'STRIPE', token: 'tok' } })).data.placeOrder).toMatchObject({ __typename: 'OrderRefused', code: 'PROVIDER_UNAVAILABLE' });
  });

  test('a hold that ran out before the pivot: money and stock are let go', async () => {
    shop = await openShop();
    shop.script['confirm-hold'] = () => ({ outcome: 'refused', code: 'HOLD_EXPIRED', message: 'no' });
    expect((await shop.place()).data.placeOrder).toMatchObject({ __typename: 'OrderRefused', code: 'ORDER_CANCELLED' });
    expect(shop.commandsHeard()).toEqual(['hold-stock', 'authorise-payment', 'confirm-hold', 'void-payment', 'release-stock']);
    const [row] = await shop.mall.database('orders').query<{ id: string; payment_status: string }>('select id, payment_status from orders');
    expect(row!.payment_status).toBe('VOIDED');
  });

  test('a bank that never answers: after its time the money is let go, whatever it says later', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = () => null;
    const { data } = await shop.place({ waitMs: 20 });
    expect(data.placeOrder).toMatchObject({ __typename: 'Order', status: 'PENDING' });
    await shop.mall.advance(61_000);
    expect(shop.commandsHeard()).toEqual(['hold-stock', 'authorise-payment', 'void-payment', 'release-stock']);
    expect((await shop.order(data.placeOrder.id, data.placeOrder.guestToken)).data.order.status).toBe('CANCELLED');
  });

  test('3-D Secure: the answer has the address, the order waits, and goes on when the bank has spoken', async () => {
    shop = await openShop();
    let key = '';
    shop.script['authorise-payment'] = (heard) => {
      key = heard.key;
      return { outcome: 'waiting', untilMs: shop.mall.clock.nowMs() + 900_000, data: { actionUrl: 'http://bank.test/1' } };
    };
    const { id, guestToken, status, payment } = (await shop.place()).data.placeOrder;
    expect({ status, payment }).toMatchObject({ status: 'PENDING', payment: { status: 'ACTION_REQUIRED', actionUrl: 'http://bank.test/1', actionExpiresAt: expect.any(String) } });
    await shop.mall.advance(600_000);
    expect(shop.commandsHeard()).toEqual(['hold-stock', 'authorise-payment']);
    await shop.mall.database('payments').transaction((tx) => shop.mall.room('payments').deps.commands.reply(tx, { key, subject: id }, { outcome: 'done', data: { paymentId: 'p' } }));
    await shop.mall.settle();
    expect((await shop.order(id, guestToken)).data.order).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED', actionUrl: null } });
  });
});

describe('one key, one order', () => {
  test('a double click: two at once with one key are one order, and both get it', async () => {
    shop = await openShop();
    const [first, second] = await Promise.all([shop.place({ idempotencyKey: 'double-click' }), shop.place({ idempotencyKey: 'double-click' })]);
    expect(first.data.placeOrder).toMatchObject({ status: 'CONFIRMED' });
    expect(second.data.placeOrder).toEqual(first.data.placeOrder);
    expect(shop.commandsHeard()).toEqual(CHECKOUT);
  });

  test('a repeat answers the same order as it is now, though the cart is empty and the other rooms are away', async () => {
    shop = await openShop();
    const first = (await shop.place({ idempotencyKey: 'again-and-again' })).data.placeOrder;
    shop.carts.get('cart-1')!.lines = [];
    expect((await shop.place({ idempotencyKey: 'again-and-again', waitMs: 0 })).data.placeOrder).toEqual(first);
    shop.asksFail = true;
    expect((await shop.place({ idempotencyKey: 'again-and-again' })).data.placeOrder).toEqual(first);
  });

  test('a repeat while the first is on its way waits for the same outcome', async () => {
    shop = await openShop();
    let key = '';
    shop.script['capture-payment'] = (heard) => {
      key = heard.key;
      return null;
    };
    const { id, payment } = (await shop.place({ idempotencyKey: 'still-going', waitMs: 0 })).data.placeOrder;
    expect(payment.status).toBe('NONE');
    await shop.mall.settle();
    const repeat = shop.place({ idempotencyKey: 'still-going', waitMs: 5_000 });
    await shop.mall.settle();
    await shop.mall.database('payments').transaction((tx) => shop.mall.room('payments').deps.commands.reply(tx, { key, subject: id }, { outcome: 'done' }));
    expect((await repeat).data.placeOrder).toMatchObject({ id, status: 'CONFIRMED', payment: { status: 'CAPTURED' } });
  });

  test('a repeat of a declined order is declined again, without a second try', async () => {
    shop = await openShop();
    shop.script['authorise-payment'] = declined('CARD_DECLINED');
    const first = await shop.place({ idempotencyKey: 'declined-once' });
    expect((await shop.place({ idempotencyKey: 'declined-once' })).data).toEqual(first.data);
    expect(shop.commandsHeard().filter((command) => command === 'authorise-payment')).toHaveLength(1);
  });

  test('the same key with another input is a conflict; after a refusal it is free', async () => {
    shop = await openShop();
    shop.quotes.set('a', quote('a', 1));
    expect((await shop.place({ idempotencyKey: 'the-one-key' })).data.placeOrder.code).toBe('PRICE_CHANGED');
    shop.quotes.set('a', quote('a', 1_000));
    expect((await shop.place({ idempotencyKey: 'the-one-key' })).data.placeOrder.status).toBe('CONFIRMED');
    const other = await shop.place({ idempotencyKey: 'the-one-key', email: 'eve@example.com' });
    expect(other.errors![0]!.extensions.code).toBe('CONFLICT');
  });

  test('numbers are unique under a rush', async () => {
    shop = await openShop();
    const all = await Promise.all(Array.from({ length: 25 }, () => shop.place()));
    expect(new Set(all.map(({ data }) => data.placeOrder.number)).size).toBe(25);
  });
});

describe('secrets', () => {
  test('the token leaves orders sealed, opens for its order only, and is gone from the saga once it was used', async () => {
    shop = await openShop();
    await shop.place({ payment: { provider: 'SANDBOX', token: 'pm_very_secret' } });
    await shop.mall.settle();
    const { input } = shop.heard.find(({ command }) => command === 'authorise-payment')!;
    expect(input.token).toMatch(/^v1\./);
    const database = shop.mall.database('orders');
    expect(await shop.mall.stored('orders')).not.toContain('pm_very_secret');
    expect(await database.query('select data from platform_saga')).toEqual([{ data: expect.stringContaining('"sealedToken":null') }]);
  });

  test('a guest token opens its order; another token, another shopper and nobody do not', async () => {
    shop = await openShop();
    const first = (await shop.place()).data.placeOrder;
    const second = (await shop.place()).data.placeOrder;
    expect((await shop.order(first.id, first.guestToken)).data.order.id).toBe(first.id);
    for (const token of [null, second.guestToken, `${first.guestToken.slice(0, -1)}!`, '']) {
      const { data, errors } = await shop.order(first.id, token);
      expect(data.order).toBeNull();
      expect(errors![0]!.extensions.code).toBe('NOT_FOUND');
    }
    expect((await shop.order(first.id, null, { userId: 'u9' })).errors![0]!.extensions.code).toBe('NOT_FOUND');
    const staff = await shop.order(first.id, null, { userId: 'm', roles: ['merchant'] });
    expect(staff.data.order).toMatchObject({ id: first.id, guestToken: null });
  });

  test('events of orders hold no address, no e-mail, no token and no guest’s cart', async () => {
    shop = await openShop();
    await shop.place();
    await shop.mall.settle();
    const told = JSON.stringify(shop.mall.told('orders').map(({ message }) => message));
    for (const secret of ['ada@example.com', 'Lovelace', 'Example Road', 'pm_ok', 'cart-1']) expect(told).not.toContain(secret);
  });
});

describe('under a rude bus and a crash', () => {
  test.each([1, 2, 3])('messages late, twice and shuffled (%i): every checkout ends once, each command is obeyed once', async (rude) => {
    shop = await openShop({ rude });
    shop.script['authorise-payment'] = (_, times) => (times % 3 === 2 ? declined('CARD_DECLINED')() : { outcome: 'done', data: {} });
    const all = await Promise.all(Array.from({ length: 9 }, () => shop.place({ waitMs: 10_000 })));
    await shop.mall.settle();
    expect(all.map(({ data }) => data.placeOrder.__typename).sort()).toEqual([...Array(6).fill('Order'), ...Array(3).fill('PaymentDeclined')]);
    expect(shop.commandsHeard().filter((command) => command === 'capture-payment')).toHaveLength(6);
    expect(shop.commandsHeard().filter((command) => command === 'release-stock')).toHaveLength(3);
    expect(await shop.mall.deadLetters()).toEqual([]);
  });

  test.each(CHECKOUT)('killed while %s is asked: it goes on after the restart and ends once', async (command) => {
    shop = await openShop();
    let crashed = false;
    const begun = Promise.withResolvers<void>();
    shop.script[command] = () => {
      if (!crashed) begun.resolve();
      return { outcome: 'done', data: {} };
    };
    const { id, guestToken } = (await shop.place({ waitMs: 0 })).data.placeOrder;
    await begun.promise;
    crashed = true;
    await shop.mall.crash();
    await shop.mall.settle();
    expect((await shop.order(id, guestToken)).data.order).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED' } });
  });
});

test('placeOrder costs few statements, however many lines there are', async () => {
  shop = await openShop();
  const many = Array.from({ length: 40 }, (_, index) => line(`v${index}`, 1, 10));
  for (const one of many) shop.quotes.set(one.variantId, quote(one.variantId, 10));
  shop.carts.set('many', { userId: null, lines: many });
  // On the room's own tables: what the core does beside, on a clock, is not the order's.
  const count = async (cartId: string) => {
    const { sql } = await shop.mall.statements(async () => {
      await shop.place({ cartId });
      await shop.mall.settle();
    });
    return sql.filter((one) => /\b(orders|order_line|order_timeline|order_counter|platform_idempotency)\b/.test(one.sql)).length;
  };
  const few = await count('cart-1');
  expect(few).toBeLessThanOrEqual(22);
  expect(await count('many')).toBe(few);
});
