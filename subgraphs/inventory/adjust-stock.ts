import type { Transaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { availableOf, MAX_ON_HAND, MAX_THRESHOLD, type Level } from './level.ts';
import { readLevels } from './read-levels.ts';
import { LOW_CHANNEL, levelChannel, recordMovement, tellChanges, TOPIC } from './tell-changes.ts';

export interface AdjustStockInput {
  variantId: string;
  delta?: number | null;
  setTo?: number | null;
  reason: string;
  idempotencyKey: string;
}

export type StockOutcome = { level: Level } | { refused: 'BELOW_HELD' | 'VARIANT_UNKNOWN' | 'TOO_MUCH'; held?: number };

export const MAX_REASON = 200;

/** Counts, receives or writes off units, by `delta` or to `setTo`. Never below what orders hold. Idempotent by its key. */
export async function adjustStock(deps: RoomDeps, userId: string, input: AdjustStockInput): Promise<StockOutcome> {
  const { reason } = checked(input);
  const call = { operation: 'adjustStock', scope: `user:${userId}`, key: input.idempotencyKey, input };
  const { outcome } = await deps.idempotency.run(call, async (tx): Promise<StockOutcome> => {
    const before = await lockLevel(deps, tx, input.variantId);
    if (!before) return { refused: 'VARIANT_UNKNOWN' };
    const delta = input.setTo != null ? input.setTo - before.onHand : input.delta!;
    if (before.onHand + delta > MAX_ON_HAND) return { refused: 'TOO_MUCH' };
    const { changed } = await tx.execute('update stock_levels set on_hand = on_hand + ? where variant_id = ? and on_hand + ? >= held', [
      delta, input.variantId, delta,
    ]);
    // A count that finds what the books say changes no row on MySQL; it stands in the book of movements all the same.
    if (changed !== 1 && delta !== 0) return { refused: 'BELOW_HELD', held: before.held };
    await recordMovement(deps, tx, { variantId: input.variantId, delta, reason, byUser: userId });
    await tellChanges(deps, tx, [{ variantId: input.variantId, availableBy: delta }]);
    return { level: { ...before, onHand: before.onHand + delta } };
  });
  return outcome;
}

/** Sets from how few free units on a variant counts as low. The same again changes nothing, so it needs no key. */
export async function setLowStockThreshold(deps: RoomDeps, input: { variantId: string; threshold: number }): Promise<StockOutcome> {
  if (input.threshold < 0 || input.threshold > MAX_THRESHOLD) throw invalidInput('input.threshold', `must be 0 to ${MAX_THRESHOLD}`);
  return deps.database.transaction(async (tx): Promise<StockOutcome> => {
    const before = await lockLevel(deps, tx, input.variantId);
    if (!before) return { refused: 'VARIANT_UNKNOWN' };
    await tx.execute('update stock_levels set threshold = ? where variant_id = ?', [input.threshold, input.variantId]);
    const available = availableOf(before);
    if (available > before.threshold && available <= input.threshold) {
      const data = { variantId: input.variantId, available, threshold: input.threshold };
      await deps.outbox.add(tx, { topic: TOPIC, type: 'stock.low', version: 1, subject: input.variantId, data });
      tx.afterCommit(() => deps.live.publish(LOW_CHANNEL, input.variantId));
    }
    tx.afterCommit(() => deps.live.publish(levelChannel(input.variantId), input.variantId));
    return { level: { ...before, threshold: input.threshold } };
  });
}

async function lockLevel(deps: RoomDeps, tx: Transaction, variantId: string): Promise<Level | null> {
  return (await readLevels(tx, deps.shop, [variantId], tx.forUpdate)).get(variantId) ?? null;
}

function checked(input: AdjustStockInput): { reason: string } {
  const given = [input.delta, input.setTo].filter((value) => value != null);
  if (given.length !== 1) throw invalidInput('input', 'give either delta or setTo');
  if (input.delta === 0) throw invalidInput('input.delta', 'must not be 0');
  if (input.setTo != null && input.setTo < 0) throw invalidInput('input.setTo', 'must be at least 0');
  const reason = input.reason.trim();
  if (reason.length < 1 || reason.length > MAX_REASON) throw invalidInput('input.reason', `must have 1 to ${MAX_REASON} characters`);
  return { reason };
}
