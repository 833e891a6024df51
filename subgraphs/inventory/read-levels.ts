/** Reading levels: one statement for however many variants. */
import { placeholders, type Reader, type Transaction } from '#platform/database/database.ts';
import type { ShopSettings } from '#platform/subgraph/shop.ts';
import type { Level } from './level.ts';

interface LevelRow {
  variant_id: string;
  on_hand: number;
  held: number;
  threshold: number | null;
}

/** Levels by variant id; a variant without a level is left out. Inside a transaction `lock` may be its `forUpdate`. */
export async function readLevels(
  reader: Reader,
  shop: ShopSettings,
  variantIds: readonly string[],
  lock: Transaction['forUpdate'] = '',
): Promise<Map<string, Level>> {
  if (variantIds.length === 0) return new Map();
  const rows = await reader.query<LevelRow>(
    `select variant_id, on_hand, held, threshold from stock_levels where variant_id in (${placeholders(variantIds.length)})${lock}`,
    variantIds,
  );
  return new Map(rows.map((row) => [row.variant_id, levelOf(row, shop)]));
}

export interface LevelFilter {
  low: boolean;
  variantIds: readonly string[] | null;
}

/** A place in the list of levels: fewest free units first. */
export interface LevelPosition {
  available: number;
  variantId: string;
}

/** Up to `limit` levels after `after`, the fewest free units first, and how many match in all. */
export async function listLevels(
  reader: Reader,
  shop: ShopSettings,
  { filter, after, limit }: { filter: LevelFilter; after: LevelPosition | null; limit: number },
): Promise<{ levels: Level[]; totalCount: number }> {
  const conditions: string[] = [];
  const parameters: (string | number)[] = [];
  if (filter.low) {
    conditions.push('available <= coalesce(threshold, ?)');
    parameters.push(shop.lowStockThreshold);
  }
  if (filter.variantIds) {
    if (filter.variantIds.length === 0) return { levels: [], totalCount: 0 };
    conditions.push(`variant_id in (${placeholders(filter.variantIds.length)})`);
    parameters.push(...filter.variantIds);
  }
  const matching = conditions.length > 0 ? conditions.join(' and ') : '1 = 1';
  const beyond = after ? ' and (available > ? or (available = ? and variant_id > ?))' : '';
  const position = after ? [after.available, after.available, after.variantId] : [];

  const [count] = await reader.query<{ total: number }>(`select count(*) as total from stock_levels where ${matching}`, parameters);
  const rows = await reader.query<LevelRow>(
    `select variant_id, on_hand, held, threshold from stock_levels where ${matching}${beyond} order by available, variant_id limit ${limit}`,
    [...parameters, ...position],
  );
  return { levels: rows.map((row) => levelOf(row, shop)), totalCount: count?.total ?? 0 };
}

export interface Movement {
  id: string;
  delta: number;
  reason: string;
  orderId: string | null;
  atMs: number;
}

/** The last `limit` movements of each variant, newest first, in one statement. */
export async function readMovements(reader: Reader, variantIds: readonly string[], limit: number): Promise<Map<string, Movement[]>> {
  const rows = await reader.query<{ id: string; variant_id: string; delta: number; reason: string; order_id: string | null; moved_at: number }>(
    `select id, variant_id, delta, reason, order_id, moved_at from (
       select id, variant_id, delta, reason, order_id, moved_at,
              row_number() over (partition by variant_id order by moved_at desc, id desc) as place
       from stock_movements where variant_id in (${placeholders(variantIds.length)})
     ) recent where place <= ? order by variant_id, place`,
    [...variantIds, limit],
  );
  const movements = new Map<string, Movement[]>(variantIds.map((variantId) => [variantId, []]));
  for (const row of rows) {
    movements.get(row.variant_id)!.push({ id: row.id, delta: row.delta, reason: row.reason, orderId: row.order_id, atMs: row.moved_at });
  }
  return movements;
}

function levelOf(row: LevelRow, shop: ShopSettings): Level {
  return { variantId: row.variant_id, onHand: row.on_hand, held: row.held, threshold: row.threshold ?? shop.lowStockThreshold };
}
