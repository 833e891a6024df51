import { placeholders } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { FINISHED_SAGAS_DAYS } from '#platform/subgraph/retention.ts';
import type { HoldState } from './hold.ts';

/** A hold that came to nothing is kept as long as the saga that asked for it. Sold ones stay: units may come back. */
export const ENDED_HOLDS_DAYS = FINISHED_SAGAS_DAYS;
export const FORGET_BATCH = 200;
/** A run ends after this many batches of each state; the next one goes on. */
const FORGET_BATCHES_A_RUN = 50;

const ENDED = ['RELEASED', 'EXPIRED'] as const satisfies readonly HoldState[];
const DAY_MS = 86_400_000;

/** Deletes holds that were given back, with their lines, in short transactions. */
export async function forgetHolds({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, signal: AbortSignal): Promise<void> {
  const beforeMs = clock.nowMs() - ENDED_HOLDS_DAYS * DAY_MS;
  for (const state of ENDED) {
    for (let batch = 0; batch < FORGET_BATCHES_A_RUN && !signal.aborted; batch++) {
      const old = await database.query<{ order_id: string }>(`select order_id from stock_holds where state = ? and expires_at < ? order by expires_at limit ${FORGET_BATCH}`, [state, beforeMs]);
      if (old.length === 0) break;
      const ids = old.map(({ order_id }) => order_id);
      await database.transaction(async (tx) => {
        for (const table of ['stock_hold_lines', 'stock_holds']) await tx.execute(`delete from ${table} where order_id in (${placeholders(ids.length)})`, ids);
      });
    }
  }
}
