/** Tells a person, in the caller's transaction: the entry of their feed and the row of their letter stand or fall with the message that caused them. */
import type { Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { addToFeed } from './feed.ts';
import type { News } from './kinds.ts';
import type { Letters } from './letters.ts';
import { wishesOf } from './preferences.ts';

export type TellParts = Pick<RoomDeps, 'clock' | 'ids' | 'live'> & { letters: Letters };

/** `letter`: whether there may be one at all; what stands before an order's confirmation has none. */
export async function tell(tx: Transaction, parts: TellParts, userIds: readonly string[], news: News, letter: boolean): Promise<void> {
  if (userIds.length === 0) return;
  const nowMs = parts.clock.nowMs();
  const wishes = await wishesOf(tx, userIds, news.kind, nowMs);
  for (const userId of userIds) {
    const { inbox, email, quietUntilMs } = wishes.get(userId)!;
    if (inbox) await addToFeed(tx, parts, userId, news, quietUntilMs !== null);
    if (letter && email) await parts.letters.queue(tx, { ...news, userId, dueMs: quietUntilMs ?? nowMs });
  }
}

/** A guest has no inbox: a letter about their order is all. */
export async function tellGuest(tx: Transaction, { clock, letters }: TellParts, news: News & { orderId: string }): Promise<void> {
  await letters.queue(tx, { ...news, userId: null, dueMs: clock.nowMs() });
}
