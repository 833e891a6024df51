/**
 * Which variants a cart had a moment ago, so that the other rooms can be asked before the transaction without reading
 * the cart twice. Only a hint: every decision reads the cart inside its transaction, and a line that was not asked for
 * is asked for afterwards. Losing all of it costs a read a cart.
 */
import type { Reader } from '#platform/database/database.ts';
import type { Cart } from './cart.ts';
import { cartOfUser, visibleCart } from './read-cart.ts';

/** Carts remembered a process; the one used longest ago is forgotten first. */
export const MAX_HINTS = 10_000;

export interface CartHint {
  id: string;
  /** Null for a guest's cart. */
  userId: string | null;
  variantIds: readonly string[];
}

export interface CartHints {
  remember(cart: Cart): void;
  /** The cart of this id, if it is there and the shopper's (or a guest's) to change. */
  ofCart(reader: Reader, cartId: string, userId: string | null): Promise<CartHint | null>;
  /** The shopper's own cart, if there is one. */
  ofUser(reader: Reader, userId: string): Promise<CartHint | null>;
}

export function createCartHints(): CartHints {
  const hints = new Map<string, CartHint>();
  /** A shopper's cart never gets another id. */
  const cartOf = new Map<string, string>();

  function remember(cart: Cart): CartHint {
    const hint = { id: cart.id, userId: cart.userId, variantIds: cart.lines.map((line) => line.variantId) };
    hints.delete(cart.id);
    hints.set(cart.id, hint);
    if (cart.userId !== null) cartOf.set(cart.userId, cart.id);
    if (hints.size > MAX_HINTS) forgetOldest();
    return hint;
  }

  function forgetOldest(): void {
    const [oldest] = hints.values();
    hints.delete(oldest!.id);
    if (oldest!.userId !== null) cartOf.delete(oldest!.userId);
  }

  return {
    remember: (cart) => void remember(cart),
    async ofCart(reader, cartId, userId) {
      // A guest's cart may be somebody's since: a guest can do nothing with it then, a shopper may be that somebody.
      const hint = hints.get(cartId);
      if (hint?.userId === userId) return hint;
      const cart = await visibleCart(reader, cartId, userId);
      return cart && remember(cart);
    },
    async ofUser(reader, userId) {
      const hint = hints.get(cartOf.get(userId) ?? '');
      if (hint) return hint;
      const cart = await cartOfUser(reader, userId);
      return cart && remember(cart);
    },
  };
}
