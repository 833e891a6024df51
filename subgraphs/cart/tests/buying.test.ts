import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ann, bob, guest, openCarts, problemCodes, type CartMall } from './cart-mall.ts';

let carts: CartMall;

beforeEach(async () => {
  carts = await openCarts();
});
afterEach(() => carts.mall.close());

describe('a guest', () => {
  test('gets a cart of an unguessable id with the first item, and fills it', async () => {
    const { data } = await carts.add('shirt', 2);
    const { id } = data.addToCart;
    expect(id).toMatch(/^[\w-]{32}$/);
    await carts.add('mug', 1, guest, { cartId: id });
    await carts.add('shirt', 1, guest, { cartId: id });
    expect(await carts.cart(id)).toMatchObject({
      id, couponCode: null, version: 3, itemCount: 4,
      lines: [
        { quantity: 3, variant: { id: 'shirt' }, unitPrice: { amountMinor: 1999, currency: 'USD' }, lineTotal: { amountMinor: 5997 }, problems: [] },
        { quantity: 1, variant: { id: 'mug' }, lineTotal: { amountMinor: 500 } },
      ],
      subtotal: { amountMinor: 6497 }, discount: { amountMinor: 0 }, total: { amountMinor: 6497 }, shippingEstimate: { amountMinor: 500 },
    });
  });

  test('sets a line, removes it, and pays no shipping for nothing', async () => {
    const { addToCart: { id, lines: [line] } } = (await carts.add('shirt', 2)).data;
    expect((await carts.set(id, line.id, 5)).data.setCartLine).toMatchObject({ itemCount: 5 });
    expect((await carts.set(id, line.id, 0)).data.setCartLine).toMatchObject({ lines: [], total: { amountMinor: 0 }, shippingEstimate: { amountMinor: 0 } });
    expect((await carts.set(id, line.id, 1)).data.setCartLine).toMatchObject({ __typename: 'CartRefused', code: 'LINE_NOT_FOUND' });
  });

  test('with a cart id that never was is refused, and no cart is made', async () => {
    expect((await carts.add('shirt', 1, guest, { cartId: 'no-such-cart' })).data.addToCart).toMatchObject({ code: 'CART_NOT_FOUND' });
    expect((await carts.set('no-such-cart', 'line', 1)).data.setCartLine).toMatchObject({ code: 'CART_NOT_FOUND' });
    expect((await carts.accept('no-such-cart')).data.acceptCartPrices).toMatchObject({ code: 'CART_NOT_FOUND' });
    expect(await carts.cart('no-such-cart')).toBeNull();
    expect(await carts.mall.database('cart').query('select id from carts')).toEqual([]);
  });

  test('without cart must bring a UUID for a key', async () => {
    expect((await carts.add('shirt', 1, guest, { idempotencyKey: 'not-a-uuid' })).errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { 'input.idempotencyKey': expect.any(String) } });
  });
});

describe('a shopper', () => {
  test('has one cart, whatever cart is named', async () => {
    const other = await carts.guestCart({ pen: 1 });
    const { id } = (await carts.add('shirt', 1, ann)).data.addToCart;
    expect((await carts.add('mug', 1, ann, { cartId: other })).data.addToCart).toMatchObject({ id, itemCount: 2 });
    expect((await carts.add('mug', 1, ann, { cartId: 'no-such-cart' })).data.addToCart).toMatchObject({ id, itemCount: 3 });
    expect(await carts.units(other)).toEqual({ pen: 1 });
  });

  test('ten first items at a time fill one cart', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => carts.add('pen', 1, ann)));
    expect(new Set(answers.map(({ data }) => data.addToCart.id)).size).toBe(1);
    const [row] = await carts.mall.database('cart').query<{ carts: number; units: number }>('select (select count(*) from carts) as carts, (select sum(quantity) from cart_lines) as units');
    expect(row).toEqual({ carts: 1, units: 10 });
  });

  test("finds the cart on the account, and never another's", async () => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id cart { id itemCount } } } }';
    const of = ['ann', 'bob'].map((id) => ({ __typename: 'User', id }));
    expect((await carts.mall.execute('cart', query, { of }, ann)).data._entities).toEqual([{ id: 'ann', cart: null }, { id: 'bob', cart: null }]);
    expect((await carts.add('shirt', 99, ann)).data.addToCart).toMatchObject({ code: 'OUT_OF_STOCK' });
    expect((await carts.mall.execute('cart', query, { of }, ann)).data._entities[0]).toEqual({ id: 'ann', cart: null });
    const { id } = (await carts.add('shirt', 1, ann)).data.addToCart;
    expect((await carts.mall.execute('cart', query, { of }, ann)).data._entities).toEqual([{ id: 'ann', cart: { id, itemCount: 1 } }, { id: 'bob', cart: null }]);
    expect((await carts.mall.execute('cart', query, { of }, guest)).data._entities).toEqual([{ id: 'ann', cart: null }, { id: 'bob', cart: null }]);
  });

  test("another's cart cannot be seen, changed or ordered, not even with its id", async () => {
    const { id, lines } = (await carts.add('shirt', 1, ann)).data.addToCart;
    for (const stranger of [bob, guest]) {
      expect(await carts.cart(id, stranger)).toBeNull();
      expect((await carts.set(id, lines[0].id, 0, stranger)).data.setCartLine).toMatchObject({ code: 'CART_NOT_FOUND' });
      expect((await carts.accept(id, stranger)).data.acceptCartPrices).toMatchObject({ code: 'CART_NOT_FOUND' });
      expect(await carts.ask.contents(id, stranger.userId ?? null)).toBeNull();
      expect((await carts.watch(id, stranger).next()).errors[0].extensions.code).toBe('NOT_FOUND');
    }
    expect((await carts.add('shirt', 1, guest, { cartId: id })).data.addToCart).toMatchObject({ code: 'CART_NOT_FOUND' });
    expect(await carts.units(id, ann)).toEqual({ shirt: 1 });
  });
});

describe('limits', () => {
  test.each([
    ['zero', 0], ['negative', -1], ['hugely negative', -2_147_483_648],
  ])('a %s quantity to add names its field', async (_, quantity) => {
    expect((await carts.add('shirt', quantity)).errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { 'input.quantity': expect.any(String) } });
  });

  test('a negative quantity to set names its field', async () => {
    const { id, lines } = (await carts.add('shirt', 1)).data.addToCart;
    expect((await carts.set(id, lines[0].id, -1)).errors![0]!.extensions).toMatchObject({ fields: { 'input.quantity': expect.any(String) } });
  });

  test('more than are there is refused with what is there, in the language of the request', async () => {
    const { id, lines } = (await carts.add('shirt', 8)).data.addToCart;
    expect((await carts.add('shirt', 3, guest, { cartId: id })).data.addToCart).toEqual({ __typename: 'OutOfStock', code: 'OUT_OF_STOCK', message: 'Only 10 left.', variantId: 'shirt', available: 10 });
    expect((await carts.set(id, lines[0].id, 11, { language: 'zh' })).data.setCartLine).toMatchObject({ code: 'OUT_OF_STOCK', message: '仅剩 10 件。' });
    expect((await carts.add('shirt', 2_147_483_647, guest)).data.addToCart).toMatchObject({ code: 'OUT_OF_STOCK', available: 10 });
    expect(await carts.units(id)).toEqual({ shirt: 8 });
  });

  test('999 units a line, a total that an Int can hold', async () => {
    expect((await carts.add('pen', 1_000)).data.addToCart).toMatchObject({ code: 'QUANTITY_LIMIT' });
    expect((await carts.add('pen', 999)).data.addToCart).toMatchObject({ itemCount: 999 });
    expect((await carts.add('yacht', 3)).data.addToCart).toMatchObject({ code: 'TOTAL_TOO_LARGE' });
    expect((await carts.add('yacht', 2)).data.addToCart).toMatchObject({ total: { amountMinor: 2_000_000_000 } });
  });

  test('what is unknown, archived or priced in other money cannot be bought', async () => {
    carts.archived.add('mug');
    carts.prices.set('euros', 100);
    carts.stock.set('euros', 9);
    for (const variantId of ['nothing', 'mug', 'euros']) expect((await carts.add(variantId, 1)).data.addToCart).toMatchObject({ code: 'VARIANT_UNAVAILABLE' });
    expect((await carts.add('', 1)).errors![0]!.extensions).toMatchObject({ fields: { 'input.variantId': expect.any(String) } });
    expect(await carts.mall.database('cart').query('select id from carts')).toEqual([]);
  });

  test('a cart that grew too dear since can be read, says so, and can be made smaller', async () => {
    const { id, lines } = (await carts.add('yacht', 2)).data.addToCart;
    carts.prices.set('yacht', 2_000_000_000);
    const dear = await carts.cart(id);
    expect(dear.total.amountMinor).toBe(2_147_483_647);
    expect(problemCodes(dear)).toEqual(['PRICE_MOVED TOTAL_TOO_LARGE']);
    expect((await carts.set(id, lines[0].id, 1)).data.setCartLine).toMatchObject({ total: { amountMinor: 2_000_000_000 } });
  });
});

describe('keys', () => {
  test('the same again answers the same cart, adds nothing, and tells nothing', async () => {
    const more = { idempotencyKey: carts.key() };
    const first = (await carts.add('shirt', 2, guest, more)).data.addToCart;
    expect((await carts.add('shirt', 2, guest, more)).data.addToCart).toEqual(first);
    await carts.mall.settle();
    expect(carts.mall.told('cart').map(({ message }) => message.data)).toEqual([{ cartId: first.id, version: 1 }]);
  });

  test('it answers the lines of the first answer, though the cart has moved on', async () => {
    const id = await carts.guestCart({ shirt: 1 });
    const more = { cartId: id, idempotencyKey: 'my-own-key' };
    const first = (await carts.add('mug', 1, guest, more)).data.addToCart;
    await carts.add('pen', 1, guest, { cartId: id });
    expect((await carts.add('mug', 1, guest, more)).data.addToCart).toEqual(first);
    expect(await carts.units(id)).toEqual({ shirt: 1, mug: 1, pen: 1 });
  });

  test('twenty repeats at a time are one', async () => {
    const more = { idempotencyKey: carts.key() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => carts.add('pen', 3, guest, more)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await carts.units(answers[0]!.data.addToCart.id)).toEqual({ pen: 3 });
  });

  test('a refusal is kept too; another input is a conflict; keys of two carts do not meet', async () => {
    const more = { idempotencyKey: carts.key() };
    const refused = (await carts.add('shirt', 99, guest, more)).data.addToCart;
    carts.stock.set('shirt', 100);
    expect((await carts.add('shirt', 99, guest, more)).data.addToCart).toEqual(refused);
    expect((await carts.add('shirt', 98, guest, more)).errors![0]!.extensions.code).toBe('CONFLICT');
    const [one, two] = [await carts.guestCart({ pen: 1 }), await carts.guestCart({ pen: 1 })];
    for (const cartId of [one, two]) await carts.add('pen', 1, guest, { cartId, idempotencyKey: 'same-key' });
    expect([await carts.units(one), await carts.units(two)]).toEqual([{ pen: 2 }, { pen: 2 }]);
  });

  test('sets and acceptances are repeated the same way', async () => {
    const { id, lines } = (await carts.add('pen', 1)).data.addToCart;
    const more = { idempotencyKey: 'set-to-five' };
    const first = (await carts.set(id, lines[0].id, 5, guest, more)).data.setCartLine;
    await carts.set(id, lines[0].id, 7);
    expect((await carts.set(id, lines[0].id, 5, guest, more)).data.setCartLine).toEqual(first);
    expect(await carts.units(id)).toEqual({ pen: 7 });
  });
});

describe('prices and stock move', () => {
  test('a moved price is today\'s at once, and a problem until it is accepted', async () => {
    const id = await carts.guestCart({ shirt: 2, mug: 1 });
    carts.prices.set('shirt', 2500);
    const moved = await carts.cart(id);
    expect(problemCodes(moved)).toEqual(['PRICE_MOVED', '']);
    expect(moved).toMatchObject({ lines: [{ unitPrice: { amountMinor: 2500 } }, {}], total: { amountMinor: 5500 } });
    expect((await carts.ask.contents(id, null))!.lines[0]!.seenPriceMinor).toBe(1999);
    const accepted = (await carts.accept(id)).data.acceptCartPrices;
    expect([problemCodes(accepted), accepted.version]).toEqual([['', ''], 3]);
    expect((await carts.ask.contents(id, null))!.lines[0]!.seenPriceMinor).toBe(2500);
    expect((await carts.accept(id)).data.acceptCartPrices.version).toBe(3);
  });

  test('short, sold out, archived: the line says so and can still be taken down', async () => {
    const { id } = (await carts.add('shirt', 5)).data.addToCart;
    await carts.add('mug', 2, guest, { cartId: id });
    await carts.add('pen', 1, guest, { cartId: id });
    carts.stock.set('shirt', 3).set('mug', 0);
    carts.archived.add('pen');
    const cart = await carts.cart(id);
    expect(problemCodes(cart)).toEqual(['STOCK_SHORT', 'OUT_OF_STOCK', 'UNAVAILABLE']);
    expect(cart.lines[0].problems[0].message).toBe('Only 3 left.');
    expect((await carts.set(id, cart.lines[0].id, 4)).data.setCartLine).toMatchObject({ __typename: 'Cart', itemCount: 7 });
  });
});

describe('when other rooms are silent', () => {
  test('the cart reads at the last prices seen, and says what it could not check', async () => {
    const id = await carts.guestCart({ shirt: 2 });
    carts.productsAnswer = false;
    expect(await carts.cart(id)).toMatchObject({ total: { amountMinor: 3998 }, lines: [{ problems: [{ code: 'NOT_CHECKED' }] }] });
    carts.productsAnswer = true;
    carts.inventoryAnswers = false;
    expect(await carts.cart(id)).toMatchObject({ total: { amountMinor: 3998 }, lines: [{ problems: [{ code: 'NOT_CHECKED' }] }] });
  });

  test('adding says UNAVAILABLE and adds nothing; less is always possible', async () => {
    const { id, lines } = (await carts.add('shirt', 2)).data.addToCart;
    carts.inventoryAnswers = false;
    expect((await carts.add('mug', 1, guest, { cartId: id })).errors![0]!.extensions.code).toBe('UNAVAILABLE');
    expect((await carts.set(id, lines[0].id, 3)).errors![0]!.extensions.code).toBe('UNAVAILABLE');
    expect((await carts.set(id, lines[0].id, 1)).data.setCartLine).toMatchObject({ itemCount: 1 });
    carts.productsAnswer = false;
    expect((await carts.accept(id)).errors![0]!.extensions.code).toBe('UNAVAILABLE');
    expect((await carts.set(id, lines[0].id, 0)).data.setCartLine).toMatchObject({ lines: [] });
  });

  test('a key whose first try found a room silent is free for the next', async () => {
    const more = { idempotencyKey: carts.key() };
    carts.productsAnswer = false;
    await carts.add('shirt', 1, guest, more);
    carts.productsAnswer = true;
    expect((await carts.add('shirt', 1, guest, more)).data.addToCart).toMatchObject({ itemCount: 1 });
    carts.productsAnswer = false;
    expect((await carts.add('shirt', 1, guest, more)).data.addToCart).toMatchObject({ itemCount: 1, lines: [{ problems: [{ code: 'NOT_CHECKED' }] }] });
  });
});

test('shipping is free from where the shop says so', async () => {
  const generous = await openCarts({ shop: { shippingMinor: 700, freeShippingFromMinor: 2000 } });
  const { id } = (await generous.add('shirt', 1)).data.addToCart;
  expect(await generous.cart(id)).toMatchObject({ shippingEstimate: { amountMinor: 700 } });
  expect((await generous.add('pen', 1, guest, { cartId: id })).data.addToCart).toMatchObject({ shippingEstimate: { amountMinor: 0 } });
  await generous.mall.close();
});

describe('statements', () => {
  test('a cart of a hundred lines is one', async () => {
    for (let index = 0; index < 100; index++) {
      carts.prices.set(`v${index}`, 100);
      carts.stock.set(`v${index}`, 100);
    }
    const id = await carts.guestCart(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`v${index}`, 1])));
    await carts.mall.settle();
    const { total } = await carts.mall.statements(() => carts.cart(id));
    expect(total).toBe(1);
    expect((await carts.add('pen', 1, guest, { cartId: id })).data.addToCart).toMatchObject({ code: 'CART_FULL' });
  });

  test('adding to a cart: three for the key and its event, three for the cart, none before the transaction', async () => {
    const id = await carts.guestCart({ shirt: 1, mug: 1 });
    await carts.mall.settle();
    const { sql } = await carts.mall.statements(() => carts.add('pen', 1, guest, { cartId: id }));
    const words = sql.map((each) => /^(select|insert into \w+|update \w+|begin|commit)/.exec(each.sql.trim())?.[0]).filter((word) => !/begin|commit/.test(word ?? ''));
    expect(words.slice(0, 6)).toEqual([
      'insert into platform_idempotency', 'select', 'insert into cart_lines', 'update carts', expect.stringContaining('insert into platform_outbox'), 'update platform_idempotency',
    ]);
  });
});
