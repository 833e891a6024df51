/** The tables of this room for MikroORM; the hot paths speak SQL to the same tables. */
import { defineEntity, p } from '@mikro-orm/core';

export const StockLevelRow = defineEntity({
  name: 'StockLevelRow',
  tableName: 'stock_levels',
  properties: {
    variantId: p.string().primary().length(128),
    initialUnits: p.integer(),
    onHand: p.integer(),
    held: p.integer(),
    available: p.integer().generated('(on_hand - held) stored').nullable(),
    threshold: p.integer().nullable(),
    openedAt: p.bigint('number'),
  },
});

export const StockHoldRow = defineEntity({
  name: 'StockHoldRow',
  tableName: 'stock_holds',
  properties: {
    orderId: p.string().primary().length(128),
    state: p.string().length(16),
    expiresAt: p.bigint('number'),
    madeAt: p.bigint('number'),
  },
});

export const StockHoldLineRow = defineEntity({
  name: 'StockHoldLineRow',
  tableName: 'stock_hold_lines',
  properties: {
    orderId: p.string().primary().length(128),
    variantId: p.string().primary().length(128),
    quantity: p.integer(),
    returned: p.integer(),
  },
});

export const StockMovementRow = defineEntity({
  name: 'StockMovementRow',
  tableName: 'stock_movements',
  properties: {
    id: p.string().primary().length(64),
    variantId: p.string().length(128),
    delta: p.integer(),
    reason: p.string().length(200),
    orderId: p.string().length(128).nullable(),
    byUser: p.string().length(128).nullable(),
    movedAt: p.bigint('number'),
  },
});

export const entities = [StockLevelRow, StockHoldRow, StockHoldLineRow, StockMovementRow];
