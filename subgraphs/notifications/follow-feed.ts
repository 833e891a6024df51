/**
 * A feed, live: what lies after a cursor, then each new entry. A hint only wakes the reader; what is told is read by
 * position, so a hint that was lost or came twice costs or tells nothing. Where hints may have been lost, as long as Redis is
 * away, the live port says `look again` once a second.
 *
 * Thousands may be woken by the same entry or at the same moment: reads that have not begun are shared, and go to the
 * database a batch at a time.
 */
import DataLoader from 'dataloader';
import { placeholders, type Database } from '#platform/database/database.ts';
import { createMailbox, stream } from '#platform/live/mailbox.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { feedChannel, positionOf, START, type NotificationRow } from './feed.ts';

/** Entries of a feed read at once; who is further behind reads again. */
const BACKFILL_PAGE = 50;
/** Feeds of one statement. */
const BATCH = 100;

export interface Feeds {
  follow(userId: string, after: string | null, clientGone?: AbortSignal): AsyncIterableIterator<NotificationRow>;
}

export function createFeeds({ database, live }: Pick<RoomDeps, 'database' | 'live'>): Feeds {
  const after = sharedUntilRead<{ userId: string; position: number }, NotificationRow[]>((places) => readAfter(database, places), ({ userId, position }) => `${position} ${userId}`);
  const ends = sharedUntilRead<string, number>((userIds) => readEnds(database, userIds), (userId) => userId);
  return {
    follow(userId, cursor, clientGone) {
      const from = cursor === null ? null : positionOf(cursor);
      return stream(async function* (signal) {
        const mailbox = createMailbox(signal);
        mailbox.follow(live, feedChannel(userId), 'feed');
        const end = await ends.load(userId);
        // A position that the feed has not reached is one of before it was brought back to an earlier time.
        let position = from === null ? end : Math.min(from, end);
        if (position < end) mailbox.add('feed');
        while (await mailbox.take()) {
          for (let more = true; more && !signal.aborted; ) {
            const rows = await after.load({ userId, position });
            for (const row of rows) {
              position = row.position;
              yield row;
            }
            more = rows.length === BACKFILL_PAGE;
          }
        }
      }, clientGone);
    },
  };
}

/** Loads that wait for the same batch are one; a load after the batch has begun to read is read anew. */
function sharedUntilRead<Key, Value>(read: (keys: readonly Key[]) => Promise<Value[]>, cacheKeyFn: (key: Key) => string): DataLoader<Key, Value, string> {
  const loader: DataLoader<Key, Value, string> = new DataLoader<Key, Value, string>(
    async (keys) => {
      loader.clearAll();
      return read(keys);
    },
    { cacheKeyFn, maxBatchSize: BATCH },
  );
  return loader;
}

async function readAfter(database: Database, places: readonly { userId: string; position: number }[]): Promise<NotificationRow[][]> {
  if (places.length === 1) return [await readOne(database, places[0]!)];
  const limit = BATCH * BACKFILL_PAGE;
  const rows = await database.query<NotificationRow>(
    `select * from notifications where ${places.map(() => '(user_id = ? and position > ?)').join(' or ')} order by user_id, position limit ${limit}`,
    places.flatMap(({ userId, position }) => [userId, position]),
  );
  // Some are far behind; each page of theirs is read by itself.
  if (rows.length === limit) return Promise.all(places.map((place) => readOne(database, place)));
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  return places.map(({ userId, position }) => (byUser.get(userId) ?? []).filter((row) => row.position > position).slice(0, BACKFILL_PAGE));
}

const readOne = (database: Database, { userId, position }: { userId: string; position: number }): Promise<NotificationRow[]> =>
  database.query<NotificationRow>(`select * from notifications where user_id = ? and position > ? order by position limit ${BACKFILL_PAGE}`, [userId, position]);

async function readEnds(database: Database, userIds: readonly string[]): Promise<number[]> {
  const rows = await database.query<{ user_id: string; position: number }>(`select user_id, position from notification_feeds where user_id in (${placeholders(userIds.length)})`, userIds);
  const ends = new Map(rows.map((row) => [row.user_id, row.position]));
  return userIds.map((userId) => ends.get(userId) ?? START);
}
