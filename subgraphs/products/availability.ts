/**
 * What is in stock, for the `inStock` filter: a copy in memory of inventory's numbers, right a moment later than the
 * original. It starts from a snapshot asked of inventory and follows `stock.changed`; what is not known yet counts as
 * in stock, since pages show inventory's own number beside it.
 */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { stockOf } from '#schema/asks.ts';
import type { Shelf } from './shelf.ts';

/** Variants of one question. */
const ASKED_AT_ONCE = 200;
/** Inventory may start later than this room, or be away. */
const RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;
/** Older than every message: whatever inventory told meanwhile is newer than the snapshot's answer. */
const SNAPSHOT_TIME = '';

/** Asks until every variant on the shelf has a number or `signal` aborts. */
export async function readAvailability(deps: Pick<RoomDeps, 'asker' | 'clock' | 'log'>, shelf: Shelf, signal: AbortSignal): Promise<void> {
  let pauseMs = RETRY_MS;
  for (;;) {
    try {
      await askForUnknown(deps, shelf, signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      deps.log.debug({ err: error }, 'inventory does not answer yet; asking again');
    }
    try {
      await deps.clock.sleep(pauseMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    pauseMs = Math.min(pauseMs * 2, LAST_RETRY_MS);
  }
}

async function askForUnknown({ asker, clock }: Pick<RoomDeps, 'asker' | 'clock'>, shelf: Shelf, signal: AbortSignal): Promise<void> {
  const unknown = [...shelf.variantIds()].filter((id) => !shelf.isAvailabilityKnown(id));
  for (let at = 0; at < unknown.length; at += ASKED_AT_ONCE) {
    if (at > 0) await clock.sleep(0, signal);
    const levels = await asker.ask(stockOf, { variantIds: unknown.slice(at, at + ASKED_AT_ONCE) });
    for (const { variantId, available } of levels) shelf.setAvailable(variantId, available, SNAPSHOT_TIME);
  }
}
