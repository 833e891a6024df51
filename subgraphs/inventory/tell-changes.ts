/** After a level has changed: the events of it, in the same transaction, and a hint to whoever watches live. */
import type { Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { availableOf, crossings } from './level.ts';
import { readLevels } from './read-levels.ts';

export type StockDeps = Pick<RoomDeps, 'outbox' | 'live' | 'shop' | 'clock' | 'ids'>;

export const TOPIC = 'gomall.inventory.events';
export const LOW_CHANNEL = 'inventory.low';
export const levelChannel = (variantId: string): string => `inventory.level:${variantId}`;

export interface LevelChange {
  variantId: string;
  /** How many more (or fewer) units are free than before; 0 when only the other numbers changed. */
  availableBy: number;
}

/**
 * Records stock.changed for each change, stock.low and stock.back where one was crossed. The rows are locked by the
 * updates before, so what is read here is what these updates left.
 */
export async function tellChanges(deps: StockDeps, tx: Transaction, changes: readonly LevelChange[]): Promise<void> {
  const levels = await readLevels(tx, deps.shop, changes.map((change) => change.variantId));
  for (const { variantId, availableBy } of changes) {
    const level = levels.get(variantId);
    if (!level) continue;
    const available = availableOf(level);
    const { fellLow, cameBack } = crossings(available - availableBy, available, level.threshold);
    const tell = (type: string, data: unknown) => deps.outbox.add(tx, { topic: TOPIC, type, version: 1, subject: variantId, data });
    await tell('stock.changed', { variantId, available, onHand: level.onHand, held: level.held });
    if (fellLow) await tell('stock.low', { variantId, available, threshold: level.threshold });
    if (cameBack) await tell('stock.back', { variantId, available });
    tx.afterCommit(() => {
      deps.live.publish(levelChannel(variantId), variantId);
      if (fellLow) deps.live.publish(LOW_CHANNEL, variantId);
    });
  }
}

/** Records stock.changed for levels that were opened with so many units. They have crossed nothing: they were not there before. */
export async function tellOpened(deps: Pick<StockDeps, 'outbox' | 'live'>, tx: Transaction, opened: readonly { variantId: string; units: number }[]): Promise<void> {
  for (const { variantId, units } of opened) {
    await deps.outbox.add(tx, { topic: TOPIC, type: 'stock.changed', version: 1, subject: variantId, data: { variantId, available: units, onHand: units, held: 0 } });
    tx.afterCommit(() => deps.live.publish(levelChannel(variantId), variantId));
  }
}

/** Adds a row to the append-only book of movements: on hand is the initial count and all of them together. */
export async function recordMovement(
  deps: StockDeps,
  tx: Transaction,
  movement: { variantId: string; delta: number; reason: string; orderId?: string; byUser?: string },
): Promise<void> {
  await tx.execute('insert into stock_movements (id, variant_id, delta, reason, order_id, by_user, moved_at) values (?, ?, ?, ?, ?, ?, ?)', [
    deps.ids.uuid(), movement.variantId, movement.delta, movement.reason, movement.orderId ?? null, movement.byUser ?? null, deps.clock.nowMs(),
  ]);
}
