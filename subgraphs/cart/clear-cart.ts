import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { CommandInput } from '#schema/messages.ts';
import { takeOff } from './cart.ts';
import { lockCart } from './read-cart.ts';
import { saveCart, type CartDeps } from './save-cart.ts';

/**
 * Takes off what was ordered; units added since stay, the coupon is spent. A cart that is gone has nothing to clear. Two
 * orders of one cart may both name a line, the later one long after it was taken off: a line that was begun since is not
 * theirs. A guest's lines go into others when carts are merged, so there the variant tells.
 */
export async function clearCart(deps: CartDeps, tx: Transaction, { cartId, lines }: CommandInput<'cart', 'clear-cart'>): Promise<Reply> {
  const [named] = await tx.query<{ id: string }>('select coalesce(merged_into, id) as id from carts where id = ?', [cartId]);
  const cart = named && (await lockCart(tx, named.id));
  const ordered = named?.id === cartId ? lines : lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  if (cart) await saveCart(deps, tx, cart, takeOff(cart.lines, ordered), null);
  return { outcome: 'done' };
}
