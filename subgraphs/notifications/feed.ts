/**
 * A shopper's feed: what they were told, each at a position that only grows. Whoever adds takes the feed's row first, so
 * positions are committed in their order and a reader who goes on from one misses none.
 */
import { placeholders, type Reader, type Transaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { NotificationData, NotificationKind, News } from './kinds.ts';

export interface NotificationRow {
  user_id: string;
  position: number;
  id: string;
  kind: NotificationKind;
  order_id: string | null;
  product_id: string | null;
  data: string;
  quiet: number;
  created_ms: number;
  read_ms: number | null;
}

export const dataOf = (row: NotificationRow): NotificationData => JSON.parse(row.data) as NotificationData;

/** Where nothing has come yet: the start of every feed. */
export const START = 0;
export const MAX_PAGE = 100;
/** Ids of one markNotificationsRead. */
export const MAX_IDS = 100;

/** The hint that a feed has grown; its payload says nothing. */
export const feedChannel = (userId: string): string => `notifications.feed:${userId}`;

export const cursorOf = (position: number): string => Buffer.from(`f${position}`).toString('base64url');

export function positionOf(cursor: string, field = 'after'): number {
  const match = /^f(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match) throw invalidInput(field, 'is not a cursor of this feed');
  return Number(match[1]);
}

/** Adds to the end of a feed and tells whoever listens after the commit. */
export async function addToFeed(tx: Transaction, { ids, clock, live }: Pick<RoomDeps, 'ids' | 'clock' | 'live'>, userId: string, { kind, orderId, productId, data }: News, quiet: boolean): Promise<void> {
  const grow = () => tx.execute('update notification_feeds set position = position + 1 where user_id = ?', [userId]);
  if ((await grow()).changed === 0) {
    await tx.insertIfAbsent('notification_feeds', { user_id: userId, position: START });
    await grow();
  }
  await tx.execute(
    `insert into notifications (user_id, position, id, kind, order_id, product_id, data, quiet, created_ms)
     select user_id, position, ?, ?, ?, ?, ?, ?, ? from notification_feeds where user_id = ?`,
    [ids.uuid(), kind, orderId ?? null, productId ?? null, JSON.stringify(data), quiet ? 1 : 0, clock.nowMs(), userId],
  );
  tx.afterCommit(() => live.publish(feedChannel(userId), 'grown'));
}

export interface Page {
  rows: NotificationRow[];
  hasNextPage: boolean;
  /** Position where it ends. */
  end: number;
}

/** Newest first, from before `after` on. */
export async function pageOf(reader: Reader, userId: string, { first, after, unreadOnly }: { first: number; after?: string | null; unreadOnly: boolean }): Promise<Page> {
  if (first < 1 || first > MAX_PAGE) throw invalidInput('first', `must be 1 to ${MAX_PAGE}`);
  const from = after === null || after === undefined ? null : positionOf(after);
  const rows = await reader.query<NotificationRow>(
    `select * from notifications where user_id = ?${from === null ? '' : ' and position < ?'}${unreadOnly ? ' and read_ms is null' : ''} order by position desc limit ${first + 1}`,
    from === null ? [userId] : [userId, from],
  );
  const shown = rows.slice(0, first);
  return { rows: shown, hasNextPage: rows.length > first, end: shown.at(-1)?.position ?? from ?? START };
}

export async function countOf(reader: Reader, userId: string): Promise<{ total: number; unread: number }> {
  const [row] = await reader.query<{ total: number; unread: number | null }>(
    'select count(*) as total, sum(case when read_ms is null then 1 else 0 end) as unread from notifications where user_id = ?',
    [userId],
  );
  return { total: row!.total, unread: Number(row!.unread ?? 0) };
}

/** Only the reader's own count; others' ids change nothing. */
export async function markRead({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, userId: string, which: { ids: readonly string[] } | { upTo: number }): Promise<void> {
  const [condition, values] = 'ids' in which ? [`id in (${placeholders(which.ids.length)})`, which.ids] as const : ['position <= ?', [which.upTo]] as const;
  if (values.length === 0) return;
  await database.transaction((tx) => tx.execute(`update notifications set read_ms = ? where user_id = ? and read_ms is null and ${condition}`, [clock.nowMs(), userId, ...values]));
}
