import { afterEach, beforeEach, expect, test } from 'vitest';
import { CartLineRow, CartRow } from '../entities.ts';
import { ann, openCarts, type CartMall } from './cart-mall.ts';

let carts: CartMall;

beforeEach(async () => {
  carts = await openCarts();
});
afterEach(() => carts.mall.close());

test('the entities of MikroORM are the tables that the hot paths write', async () => {
  const { id } = (await carts.add('shirt', 2, ann)).data.addToCart;
  const em = carts.mall.database('cart').em();
  expect(await em.findOneOrFail(CartRow, { userId: 'ann' })).toMatchObject({ id, version: 1, couponCode: null, mergedInto: null });
  expect(await em.find(CartLineRow, { cartId: id })).toEqual([expect.objectContaining({ variantId: 'shirt', quantity: 2, seenPriceMinor: 1999 })]);
});

test('killed and started again, carts and keys are where they were', async () => {
  const more = { idempotencyKey: carts.key() };
  const first = (await carts.add('shirt', 2, ann, more)).data.addToCart;
  await carts.mall.crash();
  expect((await carts.add('shirt', 2, ann, more)).data.addToCart).toEqual(first);
  expect(await carts.units(first.id, ann)).toEqual({ shirt: 2 });
});
