import type { RoomDeps } from '#platform/subgraph/room.ts';
import { addToFeed } from './feed.ts';
import type { News } from './kinds.ts';

/** A few entries for the inbox of a demo shopper that has none; once. */
export async function seedDemoNotifications(deps: Pick<RoomDeps, 'database' | 'ids' | 'clock' | 'live'>, userId: string, goods: readonly { productId: string; name: { en: string | null; zh: string | null }; priceMinor: number; currency: string }[]): Promise<void> {
  const [feed] = await deps.database.query('select user_id from notification_feeds where user_id = ?', [userId]);
  if (feed) return;
  const news = goods.map(({ productId, name, priceMinor, currency }, index): News =>
    index % 2 === 0
      ? { kind: 'BACK_IN_STOCK', productId, data: { name } }
      : { kind: 'PRICE_DROP', productId, data: { name, amountMinor: priceMinor, fromMinor: Math.round(priceMinor * 1.25), currency } },
  );
  await deps.database.transaction(async (tx) => {
    for (const one of news) await addToFeed(tx, deps, userId, one, false);
  });
}
