/** Writing a cart: only the lines that differ, the next version, the event, and a hint to whoever watches. */
import { placeholders, type Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Cart, CartLine } from './cart.ts';

export type CartDeps = Pick<RoomDeps, 'outbox' | 'live' | 'clock' | 'ids'>;

export const cartChannel = (cartId: string): string => `cart:${cartId}`;

/** The cart with `lines`, saved; the cart as it was when nothing differs. The caller holds its lock. */
export async function saveCart(deps: CartDeps, tx: Transaction, before: Cart, lines: CartLine[], couponCode = before.couponCode): Promise<Cart> {
  const linesDiffer = await saveLines(tx, before, lines);
  if (!linesDiffer && couponCode === before.couponCode) return before;
  const cart = { ...before, version: before.version + 1, couponCode, lines };
  await tx.execute('update carts set version = ?, coupon_code = ?, changed_at = ? where id = ?', [cart.version, couponCode, deps.clock.nowMs(), cart.id]);
  await tellCartChanged(deps, tx, cart);
  return cart;
}

/** A cart without lines; `userId` null for a guest, whose cart's id is a secret and so is never guessable. */
export function newCart(deps: CartDeps, userId: string | null): Cart {
  return { id: deps.ids.token(), userId, version: 0, couponCode: null, lines: [] };
}

/** Makes the cart's row; false when this shopper has one already. */
export function insertCart(deps: CartDeps, tx: Transaction, cart: Cart): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  return tx.insertIfAbsent('carts', {
    id: cart.id, user_id: cart.userId, version: cart.version, coupon_code: cart.couponCode, merged_into: null, made_at: nowMs, changed_at: nowMs,
  });
}

export async function tellCartChanged(deps: CartDeps, tx: Transaction, cart: Pick<Cart, 'id' | 'version'>): Promise<void> {
  const data = { cartId: cart.id, version: cart.version };
  await deps.outbox.add(tx, { topic: 'gomall.cart.events', type: 'cart.changed', version: 1, subject: cart.id, data });
  tx.afterCommit(() => deps.live.publish(cartChannel(cart.id), String(cart.version)));
}

async function saveLines(tx: Transaction, cart: Cart, lines: readonly CartLine[]): Promise<boolean> {
  const before = new Map(cart.lines.map((line) => [line.id, line]));
  const kept = new Set(lines.map((line) => line.id));
  const gone = cart.lines.filter((line) => !kept.has(line.id));
  const changed = lines.filter((line) => {
    const old = before.get(line.id);
    return old && (old.quantity !== line.quantity || old.seenPriceMinor !== line.seenPriceMinor);
  });
  const added = lines.filter((line) => !before.has(line.id));

  if (gone.length > 0) await tx.execute(`delete from cart_lines where id in (${placeholders(gone.length)})`, gone.map((line) => line.id));
  for (const line of changed) {
    await tx.execute('update cart_lines set quantity = ?, seen_price_minor = ? where id = ?', [line.quantity, line.seenPriceMinor, line.id]);
  }
  for (const line of added) {
    await tx.execute('insert into cart_lines (id, cart_id, variant_id, quantity, seen_price_minor, added_at) values (?, ?, ?, ?, ?, ?)', [
      line.id, cart.id, line.variantId, line.quantity, line.seenPriceMinor, line.addedAtMs,
    ]);
  }
  return gone.length + changed.length + added.length > 0;
}
