import { placeholders, type Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { CommandInput } from '#schema/messages.ts';
import { inLockOrder, type HoldState, type OrderLine } from './hold.ts';
import { tellChanges, type StockDeps } from './tell-changes.ts';

/**
 * Sets all lines of an order aside, or none of them: refused with OUT_OF_STOCK and the first line that is short. Each
 * line is decided by one conditional statement, so two orders can never have the same unit.
 */
export async function holdStock(deps: StockDeps, tx: Transaction, input: CommandInput<'inventory', 'hold-stock'>): Promise<Reply> {
  const { orderId, expiresAtMs } = input;
  const nowMs = deps.clock.nowMs();
  if (expiresAtMs <= nowMs) return holdExpired();
  const opened = await tx.insertIfAbsent('stock_holds', { order_id: orderId, state: 'HELD', expires_at: expiresAtMs, made_at: nowMs });
  if (!opened) return replyForKnownHold(tx, orderId);

  const lines = inLockOrder(input.lines);
  for (const [index, line] of lines.entries()) {
    if (await reserve(tx, line)) continue;
    // The reply is stored in this transaction, so it cannot roll back: what was set aside goes back line by line.
    for (const taken of lines.slice(0, index)) await unreserve(tx, taken);
    await tx.execute('delete from stock_holds where order_id = ?', [orderId]);
    return outOfStock(tx, line.variantId);
  }
  await tx.execute(
    `insert into stock_hold_lines (order_id, variant_id, quantity, returned) values ${lines.map(() => `(${placeholders(4)})`).join(', ')}`,
    lines.flatMap((line) => [orderId, line.variantId, line.quantity, 0]),
  );
  await tellChanges(deps, tx, lines.map((line) => ({ variantId: line.variantId, availableBy: -line.quantity })));
  return { outcome: 'done' };
}

/** Gives set-aside units back to the level. The condition can only fail if the books are wrong already. */
export async function unreserve(tx: Transaction, line: OrderLine): Promise<void> {
  const { changed } = await tx.execute('update stock_levels set held = held - ? where variant_id = ? and held >= ?', [
    line.quantity, line.variantId, line.quantity,
  ]);
  if (changed !== 1) throw new Error(`Fewer units of ${line.variantId} are held than its holds say.`);
}

export const holdExpired = (): Reply => ({ outcome: 'refused', code: 'HOLD_EXPIRED', message: 'The units were no longer kept for this order.' });

async function reserve(tx: Transaction, { variantId, quantity }: OrderLine): Promise<boolean> {
  const { changed } = await tx.execute('update stock_levels set held = held + ? where variant_id = ? and on_hand - held >= ?', [
    quantity, variantId, quantity,
  ]);
  return changed === 1;
}

async function outOfStock(tx: Transaction, variantId: string): Promise<Reply> {
  const [row] = await tx.query<{ available: number }>(
    `select on_hand - held as available from stock_levels where variant_id = ?${tx.forUpdate}`,
    [variantId],
  );
  const available = Math.max(0, row?.available ?? 0);
  return { outcome: 'refused', code: 'OUT_OF_STOCK', message: `Only ${available} left.`, data: { variantId, available } };
}

/** The same order asked under another key: the hold that is there decides. */
async function replyForKnownHold(tx: Transaction, orderId: string): Promise<Reply> {
  const [hold] = await tx.query<{ state: HoldState }>(`select state from stock_holds where order_id = ?${tx.forUpdate}`, [orderId]);
  return hold && hold.state !== 'RELEASED' && hold.state !== 'EXPIRED' ? { outcome: 'done' } : holdExpired();
}
