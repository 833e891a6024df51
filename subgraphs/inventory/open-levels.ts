import type { Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { MAX_ON_HAND } from './level.ts';
import { tellChanges, type StockDeps } from './tell-changes.ts';

/** So many levels are opened in one transaction. */
export const OPEN_BATCH = 500;

export interface NewLevel {
  variantId: string;
  /** Units in the house, 0 to MAX_ON_HAND. */
  onHand: number;
}

/** Opens many levels, for seeding and import; one that is open already stays as it is. Answers how many were opened. */
export async function openLevels(deps: Pick<RoomDeps, 'database'> & StockDeps, levels: readonly NewLevel[]): Promise<number> {
  let opened = 0;
  for (let start = 0; start < levels.length; start += OPEN_BATCH) {
    opened += await deps.database.transaction((tx) => openLevelsIn(deps, tx, levels.slice(start, start + OPEN_BATCH)));
  }
  return opened;
}

/** The same inside a transaction. */
export async function openLevelsIn(deps: StockDeps, tx: Transaction, levels: readonly NewLevel[]): Promise<number> {
  const opened: string[] = [];
  for (const { variantId, onHand } of levels) {
    const units = Math.min(Math.max(0, onHand), MAX_ON_HAND);
    const isNew = await tx.insertIfAbsent('stock_levels', {
      variant_id: variantId, initial_units: units, on_hand: units, held: 0, threshold: null, opened_at: deps.clock.nowMs(),
    });
    if (isNew) opened.push(variantId);
  }
  // A level that opens has crossed nothing: it was not there before.
  await tellChanges(deps, tx, opened.map((variantId) => ({ variantId, availableBy: 0 })));
  return opened.length;
}
