/** What becomes of a hold: made permanent, given back, or turned into a sale. One conditional statement decides each. */
import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import { inLockOrder, OPEN_STATES, type HoldState, type OrderLine } from './hold.ts';
import { holdExpired, unreserve } from './hold-stock.ts';
import { recordMovement, tellChanges, type StockDeps } from './tell-changes.ts';

const OPEN = `(${OPEN_STATES.map((state) => `'${state}'`).join(', ')})`;

/** Makes a hold permanent unless its time is over. */
export async function confirmHold(deps: StockDeps, tx: Transaction, orderId: string): Promise<Reply> {
  const { changed } = await tx.execute(`update stock_holds set state = 'CONFIRMED' where order_id = ? and state = 'HELD' and expires_at > ?`, [
    orderId, deps.clock.nowMs(),
  ]);
  if (changed === 1) return { outcome: 'done' };
  const state = await stateOf(tx, orderId);
  return state === 'CONFIRMED' || state === 'TAKEN' ? { outcome: 'done' } : holdExpired();
}

/** Gives back what an order holds, permanent or not; an order that holds nothing (any more) is fine as it is. */
export async function releaseStock(deps: StockDeps, tx: Transaction, orderId: string): Promise<Reply> {
  const { changed } = await tx.execute(`update stock_holds set state = 'RELEASED' where order_id = ? and state in ${OPEN}`, [orderId]);
  if (changed === 1) await giveBack(deps, tx, orderId);
  else if ((await stateOf(tx, orderId)) === 'TAKEN') {
    return { outcome: 'refused', code: 'ALREADY_TAKEN', message: 'The units are sold already; return them instead.' };
  }
  return { outcome: 'done' };
}

/** Ends a hold whose time is over; false when it was confirmed, released or expired in the meantime. */
export async function expireHold(deps: StockDeps, tx: Transaction, orderId: string): Promise<boolean> {
  const { changed } = await tx.execute(`update stock_holds set state = 'EXPIRED' where order_id = ? and state = 'HELD' and expires_at <= ?`, [
    orderId, deps.clock.nowMs(),
  ]);
  if (changed === 1) await giveBack(deps, tx, orderId);
  return changed === 1;
}

/** Turns held units into sold ones: they leave the house. */
export async function takeStock(deps: StockDeps, tx: Transaction, orderId: string): Promise<Reply> {
  const { changed } = await tx.execute(`update stock_holds set state = 'TAKEN' where order_id = ? and state in ${OPEN}`, [orderId]);
  if (changed !== 1) return (await stateOf(tx, orderId)) === 'TAKEN' ? { outcome: 'done' } : holdExpired();
  const lines = await linesOf(tx, orderId);
  for (const { variantId, quantity } of lines) {
    const sold = await tx.execute('update stock_levels set on_hand = on_hand - ?, held = held - ? where variant_id = ? and held >= ?', [
      quantity, quantity, variantId, quantity,
    ]);
    if (sold.changed !== 1) throw new Error(`Fewer units of ${variantId} are held than its holds say.`);
    await recordMovement(deps, tx, { variantId, delta: -quantity, reason: 'SOLD', orderId });
  }
  await tellChanges(deps, tx, lines.map(({ variantId }) => ({ variantId, availableBy: 0 })));
  return { outcome: 'done' };
}

/** The lines of a hold in lock order. */
export async function linesOf(tx: Transaction, orderId: string): Promise<OrderLine[]> {
  const rows = await tx.query<{ variant_id: string; quantity: number }>(
    'select variant_id, quantity from stock_hold_lines where order_id = ?',
    [orderId],
  );
  return inLockOrder(rows.map((row) => ({ variantId: row.variant_id, quantity: row.quantity })));
}

export async function stateOf(tx: Transaction, orderId: string): Promise<HoldState | null> {
  const [hold] = await tx.query<{ state: HoldState }>(`select state from stock_holds where order_id = ?${tx.forUpdate}`, [orderId]);
  return hold?.state ?? null;
}

async function giveBack(deps: StockDeps, tx: Transaction, orderId: string): Promise<void> {
  const lines = await linesOf(tx, orderId);
  for (const line of lines) await unreserve(tx, line);
  await tellChanges(deps, tx, lines.map((line) => ({ variantId: line.variantId, availableBy: line.quantity })));
}
