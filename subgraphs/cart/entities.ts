/** The tables of this room for MikroORM; the hot paths speak SQL to the same tables. */
import { defineEntity, p } from '@mikro-orm/core';

export const CartRow = defineEntity({
  name: 'CartRow',
  tableName: 'carts',
  properties: {
    id: p.string().primary().length(128),
    userId: p.string().length(128).nullable().unique(),
    version: p.integer(),
    couponCode: p.string().length(64).nullable(),
    mergedInto: p.string().length(128).nullable(),
    madeAt: p.bigint('number'),
    changedAt: p.bigint('number'),
  },
});

export const CartLineRow = defineEntity({
  name: 'CartLineRow',
  tableName: 'cart_lines',
  properties: {
    id: p.string().primary().length(64),
    cartId: p.string().length(128),
    variantId: p.string().length(128),
    quantity: p.integer(),
    seenPriceMinor: p.integer(),
    addedAt: p.bigint('number'),
  },
});

export const entities = [CartRow, CartLineRow];
