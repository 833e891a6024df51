import { expect, test } from 'vitest';
import { StockHoldLineRow, StockHoldRow, StockLevelRow, StockMovementRow } from '../entities.ts';
import { openStock } from './stock-mall.ts';

test('the entities of MikroORM are the tables that the hot paths write', async () => {
  const stock = await openStock({ shirt: 10 });
  await stock.hold('o1', { shirt: 4 });
  await stock.adjust({ delta: 5, reason: 'RECEIVED' });
  const em = stock.mall.database('inventory').em();
  expect(await em.findOneOrFail(StockLevelRow, 'shirt')).toMatchObject({ onHand: 15, held: 4, available: 11, initialUnits: 10, threshold: null });
  expect(await em.findOneOrFail(StockHoldRow, 'o1')).toMatchObject({ state: 'HELD', expiresAt: expect.any(Number) });
  expect(await em.find(StockHoldLineRow, { orderId: 'o1' })).toEqual([expect.objectContaining({ variantId: 'shirt', quantity: 4, returned: 0 })]);
  expect(await em.find(StockMovementRow, { variantId: 'shirt' })).toEqual([expect.objectContaining({ delta: 5, reason: 'RECEIVED', byUser: 'merchant', orderId: null })]);
  await stock.mall.close();
});
