/** What happens to carts from outside: sign-in, orders, time, and whoever watches them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inventory, openLevels } from '#subgraphs/inventory/index.ts';
import { cart } from '../index.ts';
import { ann, bob, DAY_MS, guest, openCarts, problemCodes, type CartMall } from './cart-mall.ts';

let carts: CartMall;

beforeEach(async () => {
  carts = await openCarts();
});
afterEach(() => carts.mall.close());

describe('sign-in', () => {
  test("a guest's cart becomes the shopper's first one, id and all", async () => {
    const id = await carts.guestCart({ shirt: 2 });
    expect(await carts.ask.adopt(id, 'ann')).toEqual({ cartId: id });
    expect(await carts.units(id, ann)).toEqual({ shirt: 2 });
    expect(await carts.cart(id, guest)).toBeNull();
    expect((await carts.add('mug', 1, ann)).data.addToCart).toMatchObject({ id, itemCount: 3 });
  });

  test("a second one is merged: quantities add up, its id answers as the shopper's cart, to that shopper only", async () => {
    const own = (await carts.add('shirt', 1, ann)).data.addToCart.id;
    const id = await carts.guestCart({ shirt: 2, mug: 1 });
    expect(await carts.ask.adopt(id, 'ann')).toEqual({ cartId: own });
    expect(await carts.cart(id, ann)).toMatchObject({ id: own, itemCount: 4 });
    for (const stranger of [guest, bob]) expect(await carts.cart(id, stranger)).toBeNull();
    expect(await carts.ask.contents(id, 'ann')).toMatchObject({ cartId: own, lines: [{ variantId: 'shirt', quantity: 3 }, { variantId: 'mug', quantity: 1 }] });
    const line = (await carts.cart(id, ann)).lines[0].id;
    expect((await carts.set(id, line, 1, ann)).data.setCartLine).toMatchObject({ id: own, itemCount: 2 });
  });

  test("the guest's tab that is still open can do nothing more with the cart, merged or taken over", async () => {
    for (const own of [false, true]) {
      const shopper = own ? ann : bob;
      if (own) await carts.add('pen', 1, ann);
      const { id, lines } = (await carts.add('shirt', 1)).data.addToCart;
      await carts.ask.adopt(id, shopper.userId!);
      expect((await carts.add('mug', 1, guest, { cartId: id })).data.addToCart).toMatchObject({ code: 'CART_NOT_FOUND' });
      expect((await carts.set(id, lines[0].id, 2)).data.setCartLine).toMatchObject({ code: 'CART_NOT_FOUND' });
      expect((await carts.accept(id)).data.acceptCartPrices).toMatchObject({ code: 'CART_NOT_FOUND' });
      expect((await carts.set(id, lines[0].id, 2, shopper)).data.setCartLine).toMatchObject({ __typename: 'Cart' });
      expect(await carts.units(id, shopper)).toEqual(own ? { pen: 1, shirt: 2 } : { shirt: 2 });
    }
  });

  test('again is the same: by the id of the guest cart', async () => {
    await carts.add('shirt', 1, ann);
    const id = await carts.guestCart({ shirt: 2 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => carts.ask.adopt(id, 'ann')));
    expect(new Set(answers.map((answer) => answer!.cartId)).size).toBe(1);
    expect(await carts.units(id, ann)).toEqual({ shirt: 3 });
  });

  test("one guest's cart, two shoppers at a time: one gets it", async () => {
    await Promise.all([carts.add('pen', 1, ann), carts.add('pen', 1, bob)]);
    const id = await carts.guestCart({ shirt: 2 });
    await Promise.all([carts.ask.adopt(id, 'ann'), carts.ask.adopt(id, 'bob')]);
    const seen = [await carts.units(id, ann), await carts.units(id, bob)];
    expect(seen.filter((units) => units !== null)).toEqual([{ pen: 1, shirt: 2 }]);
  });

  test("another shopper's cart stays where it is; a cart that never was brings nothing", async () => {
    const { id } = (await carts.add('shirt', 1, ann)).data.addToCart;
    expect(await carts.ask.adopt(id, 'bob')).toBeNull();
    expect(await carts.ask.adopt('no-such-cart', 'bob')).toBeNull();
    expect(await carts.ask.adopt('no-such-cart', 'ann')).toEqual({ cartId: id });
    expect(await carts.ask.adopt(id, 'ann')).toEqual({ cartId: id });
    expect(await carts.units(id, ann)).toEqual({ shirt: 1 });
  });
});

describe('an order takes its units', () => {
  test('the cart is empty after it, what was added since stays, and again changes nothing', async () => {
    const id = await carts.guestCart({ shirt: 2, mug: 1 });
    await carts.add('shirt', 3, guest, { cartId: id });
    await carts.clear(id, 'o1', { shirt: 2, mug: 1 });
    expect(await carts.units(id)).toEqual({ shirt: 3 });
    await carts.clear(id, 'o1', { shirt: 2, mug: 1 });
    expect(await carts.units(id)).toEqual({ shirt: 3 });
    await carts.clear(id, 'o2', { shirt: 9 });
    expect(await carts.units(id)).toEqual({});
    await carts.clear('no-such-cart', 'o3', { shirt: 1 });
    expect(carts.mall.told('cart').filter(({ topic }) => topic === 'gomall.cart.replies').map(({ message }: any) => message.data.reply.outcome)).toEqual(['done', 'done', 'done', 'done']);
  });

  test("an order made from a guest's cart clears the shopper's it was merged into", async () => {
    await carts.add('pen', 1, ann);
    const id = await carts.guestCart({ shirt: 2 });
    await carts.ask.adopt(id, 'ann');
    await carts.clear(id, 'o1', { shirt: 2 });
    expect(await carts.units(id, ann)).toEqual({ pen: 1 });
  });
});

describe('time', () => {
  const forget = () => carts.mall.runTask('cart', 'cart.forget-carts');

  test("a guest's cart is forgotten thirty days after its last change, a shopper's never", async () => {
    const old = await carts.guestCart({ shirt: 2 });
    const kept = await carts.guestCart({ shirt: 2 });
    const own = (await carts.add('pen', 1, ann)).data.addToCart.id;
    await carts.mall.advance(20 * DAY_MS);
    await carts.add('pen', 1, guest, { cartId: kept });
    await carts.mall.advance(11 * DAY_MS);
    await forget();
    expect(await carts.cart(old)).toBeNull();
    expect((await carts.add('pen', 1, guest, { cartId: old })).data.addToCart).toMatchObject({ code: 'CART_NOT_FOUND' });
    expect(await carts.units(kept)).toEqual({ shirt: 2, pen: 1 });
    expect(await carts.units(own, ann)).toEqual({ pen: 1 });
    const rows = await carts.mall.database('cart').query('select id from cart_lines where cart_id not in (select id from carts)');
    expect(rows).toEqual([]);
  });

  test('many are forgotten in bounded batches until none is left', async () => {
    await carts.mall.database('cart').transaction(async (tx) => {
      for (let index = 0; index < 450; index++) {
        await tx.insertIfAbsent('carts', { id: `old-${index}`, user_id: null, version: 1, coupon_code: null, merged_into: null, made_at: 1, changed_at: 1 });
      }
    });
    await forget();
    expect(await carts.mall.database('cart').query('select id from carts')).toEqual([]);
  });
});

describe('a watched cart', () => {
  test('says how it is, then every change, whoever makes it', async () => {
    const { id, lines } = (await carts.add('shirt', 1)).data.addToCart;
    const tab = carts.watch(id);
    expect((await tab.next()).data.cartChanged).toEqual(await carts.cart(id));
    await carts.add('mug', 2, guest, { cartId: id });
    expect((await tab.next()).data.cartChanged).toMatchObject({ itemCount: 3, version: 2 });
    await carts.set(id, lines[0].id, 0);
    expect((await tab.next()).data.cartChanged).toMatchObject({ itemCount: 2 });
    await carts.clear(id, 'o1', { mug: 2 });
    expect((await tab.next()).data.cartChanged).toMatchObject({ itemCount: 0 });
    tab.leave();
    expect(await tab.done()).toBe(true);
  });

  test('follows prices and the stock its lines need, and nothing else', async () => {
    const id = await carts.guestCart({ shirt: 2 });
    const tab = carts.watch(id);
    await tab.next();
    await carts.priceMoves('shirt', 2500);
    expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['PRICE_MOVED']);
    await carts.stockMoves('shirt', 1);
    expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['PRICE_MOVED STOCK_SHORT']);
    await carts.mall.settle();
    const { total } = await carts.mall.statements(async () => {
      for (const variantId of ['mug', 'pen', 'shirt']) await carts.mall.room('cart').room.watchers!.find(({ type }) => type === 'stock.changed')!.handle({ variantId, available: 1, onHand: 1, held: 0 }, {} as never);
      await carts.mall.settle();
    });
    expect(total).toBe(0);
    await carts.stockMoves('shirt', 0);
    expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['PRICE_MOVED OUT_OF_STOCK']);
    await carts.stockMoves('shirt', 9);
    expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['PRICE_MOVED']);
    tab.leave();
  });

  test('a line added while it is watched is followed too', async () => {
    const id = await carts.guestCart({ shirt: 1 });
    const tab = carts.watch(id);
    await tab.next();
    await carts.add('mug', 1, guest, { cartId: id });
    await tab.next();
    await carts.priceMoves('mug', 400);
    expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['', 'PRICE_MOVED']);
    tab.leave();
  });

  test("a guest's tab ends when somebody signs in with the cart; the shopper's tab follows into the merged one", async () => {
    await carts.add('pen', 1, ann);
    const id = await carts.guestCart({ shirt: 1 });
    const [guestTab, annTab] = [carts.watch(id, guest), carts.watch(id, ann)];
    expect((await guestTab.next()).data.cartChanged).toMatchObject({ itemCount: 1 });
    expect((await annTab.next()).data.cartChanged).toMatchObject({ itemCount: 1 });
    await carts.ask.adopt(id, 'ann');
    expect(await guestTab.done()).toBe(true);
    expect((await annTab.next()).data.cartChanged).toMatchObject({ itemCount: 2 });
    await carts.add('mug', 1, ann);
    expect((await annTab.next()).data.cartChanged).toMatchObject({ itemCount: 3 });
    annTab.leave();
  });

  test('who leaves while waiting is let go at once', async () => {
    const tab = carts.watch(await carts.guestCart({ shirt: 1 }));
    await tab.next();
    const waiting = tab.done();
    tab.leave();
    expect(await waiting).toBe(true);
  });
});

test('with the real inventory: an order that holds the last unit shows in an open cart', async () => {
  const mall = await openCarts({ rooms: [cart, inventory] });
  await openLevels(mall.mall.room('inventory').deps, [{ variantId: 'mug', onHand: 1 }]);
  const id = await mall.guestCart({ mug: 1 });
  const tab = mall.watch(id);
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['']);
  const hold = { key: 'o1/hold', input: { orderId: 'o1', lines: [{ variantId: 'mug', quantity: 1 }], expiresAtMs: mall.mall.clock.nowMs() + 60_000 } };
  await mall.mall.tell({ topic: 'gomall.inventory.commands', type: 'hold-stock', version: 1, subject: 'o1', data: hold });
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['OUT_OF_STOCK']);
  expect((await mall.add('mug', 1)).data.addToCart).toMatchObject({ code: 'OUT_OF_STOCK', available: 0 });
  await mall.mall.tell({ topic: 'gomall.inventory.commands', type: 'release-stock', version: 1, subject: 'o1', data: { key: 'o1/hold/undo', undoes: 'o1/hold', input: { orderId: 'o1' } } });
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['']);
  tab.leave();
  await mall.mall.close();
});
