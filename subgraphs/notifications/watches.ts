/** What shoppers wait for: a variant to come back, or to cost less. */
import DataLoader from 'dataloader';
import { placeholders, type Reader } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { quoteVariants } from '#schema/asks.ts';
import type { RefusalCode } from './texts.ts';

export interface WatchRow {
  user_id: string;
  variant_id: string;
  product_id: string;
  back_in_stock: number;
  price_drop: number;
  told_minor: number;
}

export interface WatchInput {
  variantId: string;
  backInStock: boolean;
  priceDrop: boolean;
}

/** Variants one shopper may watch. */
export const MAX_WATCHES = 200;

export async function watchProduct({ database, asker, clock }: Pick<RoomDeps, 'database' | 'asker' | 'clock'>, userId: string, { variantId, backInStock, priceDrop }: WatchInput): Promise<RefusalCode | null> {
  if (!backInStock && !priceDrop) throw invalidInput('input.backInStock', 'must be true, or priceDrop must be');
  if (variantId.length > 128) throw invalidInput('input.variantId', 'must have at most 128 characters');
  const [quote] = await asker.ask(quoteVariants, { variantIds: [variantId] });
  if (!quote?.sellable) return 'VARIANT_UNKNOWN';
  const wishes = { back_in_stock: backInStock ? 1 : 0, price_drop: priceDrop ? 1 : 0, told_minor: quote.priceMinor };
  return database.transaction(async (tx) => {
    const { changed } = await tx.execute('update notification_watches set back_in_stock = ?, price_drop = ?, told_minor = ? where user_id = ? and variant_id = ?', [
      wishes.back_in_stock, wishes.price_drop, wishes.told_minor, userId, variantId,
    ]);
    if (changed > 0) return null;
    const [row] = await tx.query<{ n: number }>('select count(*) as n from notification_watches where user_id = ?', [userId]);
    if (row!.n >= MAX_WATCHES) return 'TOO_MANY_WATCHES';
    await tx.insertIfAbsent('notification_watches', { user_id: userId, variant_id: variantId, product_id: quote.productId, ...wishes, created_ms: clock.nowMs() });
    return null;
  });
}

export async function unwatchProduct({ database }: Pick<RoomDeps, 'database'>, userId: string, variantId: string): Promise<void> {
  await database.transaction((tx) => tx.execute('delete from notification_watches where user_id = ? and variant_id = ?', [userId, variantId]));
}

export const watchesOf = (reader: Reader, userId: string): Promise<WatchRow[]> =>
  reader.query<WatchRow>(`select * from notification_watches where user_id = ? order by created_ms desc, variant_id limit ${MAX_WATCHES}`, [userId]);

/** The reader's own watches of the variants of one answer, by one statement; nothing is remembered beyond it. */
export function watchLoader(context: RequestContext, reader: Reader, userId: string): DataLoader<string, WatchRow | null> {
  return context.memo('notifications.watches', () => {
    const load = async (variantIds: readonly string[]) => {
      const rows = await reader.query<WatchRow>(`select * from notification_watches where user_id = ? and variant_id in (${placeholders(variantIds.length)})`, [userId, ...variantIds]);
      const found = new Map(rows.map((row) => [row.variant_id, row]));
      return variantIds.map((variantId) => found.get(variantId) ?? null);
    };
    return new DataLoader(load, { cache: false, maxBatchSize: 500 });
  });
}
