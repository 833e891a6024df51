/** What this room forgets, and when. */
import { placeholders } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { DELIVERIES_KEPT_MS } from './webhooks/deliveries.ts';

const DAY_MS = 86_400_000;
export const NOTIFICATIONS_KEPT_MS = 180 * DAY_MS;
/** Of one shopper; older ones go. */
export const NOTIFICATIONS_KEPT = 500;
export const LETTERS_KEPT_MS = 30 * DAY_MS;
/** Rows of one transaction: short enough that nobody waits for it. */
export const RETENTION_BATCH = 500;
/** Batches of one run and kind; the next run goes on. */
export const RETENTION_BATCHES = 40;

export async function forgetOld({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, signal: AbortSignal): Promise<void> {
  const nowMs = clock.nowMs();
  const sweep = async (table: string, select: string, parameters: number[], key = 'id'): Promise<void> => {
    for (let batch = 0; batch < RETENTION_BATCHES && !signal.aborted; batch += 1) {
      const rows = await database.query<{ id: string }>(`${select} limit ${RETENTION_BATCH}`, parameters);
      if (rows.length === 0) return;
      await database.transaction((tx) => tx.execute(`delete from ${table} where ${key} in (${placeholders(rows.length)})`, rows.map(({ id }) => id)));
    }
  };
  await sweep('notifications', 'select id from notifications where created_ms < ? order by created_ms', [nowMs - NOTIFICATIONS_KEPT_MS]);
  // Positions have no gaps but at the beginning, so what is so far behind the end is beyond the number that is kept.
  await sweep(
    'notifications',
    'select n.id from notification_feeds f join notifications n on n.user_id = f.user_id where f.position > ? and n.position <= f.position - ?',
    [NOTIFICATIONS_KEPT, NOTIFICATIONS_KEPT],
  );
  await sweep('notification_letters', 'select id from notification_letters where due_ms is null and created_ms < ? order by created_ms', [nowMs - LETTERS_KEPT_MS]);
  await sweep('webhook_attempts', 'select delivery_id as id from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id where d.due_ms is null and d.created_ms < ?', [nowMs - DELIVERIES_KEPT_MS], 'delivery_id');
  await sweep('webhook_deliveries', 'select id from webhook_deliveries where due_ms is null and created_ms < ? order by created_ms', [nowMs - DELIVERIES_KEPT_MS]);
}
