import { placeholders, type SqlValue, type Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { MAX_ON_HAND } from './level.ts';
import { readLevels } from './read-levels.ts';
import { tellOpened, type StockDeps } from './tell-changes.ts';

/** So many levels are opened in one transaction. */
export const OPEN_BATCH = 500;

const ROWS_OF_AN_INSERT = 100;

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

/**
 * The same inside a transaction, by few statements. Somebody who opens one of them at the same moment is seen by the
 * primary key: the transaction fails, and finds it open when it is tried again.
 */
export async function openLevelsIn(deps: StockDeps, tx: Transaction, levels: readonly NewLevel[]): Promise<number> {
  const wanted = new Map<string, number>();
  for (const { variantId, onHand } of levels) {
    if (!wanted.has(variantId)) wanted.set(variantId, Math.min(Math.max(0, onHand), MAX_ON_HAND));
  }
  const open = await readLevels(tx, deps.shop, [...wanted.keys()]);
  const missing = [...wanted].filter(([variantId]) => !open.has(variantId));
  const nowMs = deps.clock.nowMs();
  for (let start = 0; start < missing.length; start += ROWS_OF_AN_INSERT) {
    const rows = missing.slice(start, start + ROWS_OF_AN_INSERT).map(([variantId, units]): SqlValue[] => [variantId, units, units, 0, null, nowMs]);
    await tx.execute(
      `insert into stock_levels (variant_id, initial_units, on_hand, held, threshold, opened_at) values ${rows.map((row) => `(${placeholders(row.length)})`).join(', ')}`,
      rows.flat(),
    );
  }
  await tellOpened(deps, tx, missing.map(([variantId, units]) => ({ variantId, units })));
  return missing.length;
}
