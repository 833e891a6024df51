import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { CommandInput } from '#schema/messages.ts';
import { takeOff } from './cart.ts';
import { lockCart } from './read-cart.ts';
import { saveCart, type CartDeps } from './save-cart.ts';

/** Takes off what was ordered; units added since stay, the coupon is spent. A cart that is gone has nothing to clear. */
export async function clearCart(deps: CartDeps, tx: Transaction, { cartId, lines }: CommandInput<'cart', 'clear-cart'>): Promise<Reply> {
  const [named] = await tx.query<{ id: string }>('select coalesce(merged_into, id) as id from carts where id = ?', [cartId]);
  const cart = named && (await lockCart(tx, named.id));
  if (cart) await saveCart(deps, tx, cart, takeOff(cart.lines, lines), null);
  return { outcome: 'done' };
}
