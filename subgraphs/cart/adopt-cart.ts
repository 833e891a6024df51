import type { RoomDeps } from '#platform/subgraph/room.ts';
import { merge } from './cart.ts';
import { lockCart, lockCartOfUser } from './read-cart.ts';
import { cartChannel, saveCart, tellCartChanged } from './save-cart.ts';

/**
 * Makes a guest's cart the shopper's at sign-in: it becomes the shopper's cart when there is none, otherwise its units
 * are added to it and its id points there from then on. Idempotent by the guest's cart id; a cart that is another
 * shopper's stays untouched. Answers the shopper's cart, null when there is none.
 */
export async function adoptCart(deps: RoomDeps, { cartId, userId }: { cartId: string; userId: string }): Promise<{ cartId: string } | null> {
  return deps.database.transaction(async (tx) => {
    // The shopper's cart is always locked first, so that two sign-ins with one guest cart cannot wait for each other.
    const own = await lockCartOfUser(tx, userId);
    const guest = await lockCart(tx, cartId);
    if (!guest || guest.userId !== null) return own && { cartId: own.id };

    if (!own) {
      await tx.execute('update carts set user_id = ?, version = version + 1, changed_at = ? where id = ? and user_id is null', [
        userId, deps.clock.nowMs(), guest.id,
      ]);
      await tellCartChanged(deps, tx, { id: guest.id, version: guest.version + 1 });
      return { cartId: guest.id };
    }
    // The lines of the guest keep their ids, so they leave the one cart before they enter the other.
    await tx.execute('delete from cart_lines where cart_id = ?', [guest.id]);
    await tx.execute('update carts set merged_into = ?, changed_at = ? where id = ?', [own.id, deps.clock.nowMs(), guest.id]);
    await saveCart(deps, tx, own, merge(own.lines, guest.lines), own.couponCode ?? guest.couponCode);
    tx.afterCommit(() => deps.live.publish(cartChannel(guest.id), 'merged'));
    return { cartId: own.id };
  });
}
