import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { CommandInput } from '#schema/messages.ts';
import { inLockOrder } from './hold.ts';
import { stateOf } from './settle-hold.ts';
import { recordMovement, tellChanges, type StockDeps } from './tell-changes.ts';

/**
 * Sold units of a cancelled order come back on hand. No order can bring back more than it took: refused with
 * RETURN_TOO_MUCH, and nothing has changed.
 */
export async function returnStock(deps: StockDeps, tx: Transaction, input: CommandInput<'inventory', 'return-stock'>): Promise<Reply> {
  const { orderId } = input;
  const lines = inLockOrder(input.lines);
  // The row of the hold is locked by reading its state: returns of one order come one after the other.
  const taken = (await stateOf(tx, orderId)) === 'TAKEN';
  const left = taken ? await unitsOutside(tx, orderId) : new Map<string, number>();
  const over = lines.find((line) => line.quantity > (left.get(line.variantId) ?? 0));
  if (over) {
    return {
      outcome: 'refused', code: 'RETURN_TOO_MUCH', message: 'More units than this order took cannot come back.',
      data: { variantId: over.variantId, returnable: left.get(over.variantId) ?? 0 },
    };
  }
  for (const { variantId, quantity } of lines) {
    await tx.execute('update stock_hold_lines set returned = returned + ? where order_id = ? and variant_id = ?', [quantity, orderId, variantId]);
    await tx.execute('update stock_levels set on_hand = on_hand + ? where variant_id = ?', [quantity, variantId]);
    await recordMovement(deps, tx, { variantId, delta: quantity, reason: 'RETURNED', orderId });
  }
  await tellChanges(deps, tx, lines.map((line) => ({ variantId: line.variantId, availableBy: line.quantity })));
  return { outcome: 'done' };
}

/** How many units of each variant the order took and has not brought back. */
async function unitsOutside(tx: Transaction, orderId: string): Promise<Map<string, number>> {
  const rows = await tx.query<{ variant_id: string; outside: number }>(
    `select variant_id, quantity - returned as outside from stock_hold_lines where order_id = ?${tx.forUpdate}`,
    [orderId],
  );
  return new Map(rows.map((row) => [row.variant_id, row.outside]));
}
