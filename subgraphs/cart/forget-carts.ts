import type { RoomDeps } from '#platform/subgraph/room.ts';

/** Carts of guests, and the names of merged ones, are kept this long after their last change. */
export const GUEST_CART_DAYS = 30;
export const FORGET_BATCH = 200;
/** A run ends after this many batches; the next one goes on. */
export const FORGET_BATCHES_A_RUN = 50;

const DAY_MS = 86_400_000;

/** Deletes guests' carts that nobody has touched for GUEST_CART_DAYS, in short transactions. Answers how many. */
export async function forgetCarts(deps: RoomDeps, signal: AbortSignal): Promise<number> {
  const before = deps.clock.nowMs() - GUEST_CART_DAYS * DAY_MS;
  let forgotten = 0;
  for (let batch = 0; batch < FORGET_BATCHES_A_RUN && !signal.aborted; batch++) {
    const old = await deps.database.query<{ id: string }>(
      `select id from carts where changed_at < ? and user_id is null order by changed_at limit ${FORGET_BATCH}`,
      [before],
    );
    forgotten += await deps.database.transaction(async (tx) => {
      let deleted = 0;
      for (const { id } of old) {
        // One that was touched or adopted since it was listed stays.
        const { changed } = await tx.execute('delete from carts where id = ? and changed_at < ? and user_id is null', [id, before]);
        if (changed === 1) await tx.execute('delete from cart_lines where cart_id = ?', [id]);
        deleted += changed;
      }
      return deleted;
    });
    if (old.length < FORGET_BATCH) break;
  }
  return forgotten;
}
