import type { RoomDeps } from '#platform/subgraph/room.ts';
import { expireHold } from './settle-hold.ts';
import { TOPIC } from './tell-changes.ts';

export const EXPIRY_BATCH = 100;
/** A run ends after this many batches; the next one goes on. */
export const EXPIRY_BATCHES_A_RUN = 50;

/** Gives back the holds whose time is over and tells hold.expired; each in its own short transaction. Answers how many. */
export async function expireHolds(deps: RoomDeps, signal: AbortSignal): Promise<number> {
  let expired = 0;
  for (let batch = 0; batch < EXPIRY_BATCHES_A_RUN && !signal.aborted; batch++) {
    const due = await deps.database.query<{ order_id: string }>(
      `select order_id from stock_holds where state = 'HELD' and expires_at <= ? order by expires_at limit ${EXPIRY_BATCH}`,
      [deps.clock.nowMs()],
    );
    for (const { order_id: orderId } of due) {
      const done = await deps.database.transaction(async (tx) => {
        if (!(await expireHold(deps, tx, orderId))) return false;
        await deps.outbox.add(tx, { topic: TOPIC, type: 'hold.expired', version: 1, subject: orderId, data: { orderId } });
        return true;
      });
      if (done) expired++;
    }
    if (due.length < EXPIRY_BATCH) break;
  }
  return expired;
}
