import { Fault } from '#platform/errors.ts';
import { createMailbox, stream, type Mailbox } from '#platform/live/mailbox.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { stockProblem } from './cart.ts';
import { viewCart, type CartView, type PricedCart } from './price-cart.ts';
import { visibleCart } from './read-cart.ts';
import { cartChannel } from './save-cart.ts';
import type { VariantListener, VariantWatch } from './variant-watch.ts';

export interface CartChangedArguments {
  cartId: string;
  /** Null for a guest. */
  userId: string | null;
  clientGone?: AbortSignal;
}

/**
 * The cart now, then after every change that shows: of its lines, whoever made it, of a price, of stock that a line
 * needs. Ends when the cart is no longer the listener's to see. Fault NOT_FOUND when it never was.
 */
export async function cartChanged(deps: RoomDeps, watch: VariantWatch, { cartId, userId, clientGone }: CartChangedArguments) {
  if (!(await visibleCart(deps.database, cartId, userId))) throw new Fault('NOT_FOUND');
  return stream(async function* (signal): AsyncGenerator<{ cartChanged: CartView }> {
    const mailbox = createMailbox(signal);
    const followed = new Set<string>();
    const follow = (id: string) => {
      if (followed.has(id)) return;
      followed.add(id);
      mailbox.follow(deps.live, cartChannel(id), 'cart');
      // What happened before this channel was listened to is found by one more look.
      mailbox.add('cart');
    };
    follow(cartId);
    let shown = '';
    let stopWatching = () => {};
    try {
      for (let hint = await mailbox.take(); hint; hint = await mailbox.take()) {
        const cart = await visibleCart(deps.database, cartId, userId);
        if (!cart) return;
        follow(cart.id);
        stopWatching();
        // Watched before the prices are asked, so that none that moves in between is missed.
        const interest = interestIn(mailbox);
        stopWatching = watch.listen(cart.lines.map((line) => line.variantId), interest.listener);
        const view = viewCart(deps, cart);
        const priced = await view.priced();
        interest.know(priced);
        const looks = JSON.stringify([cart.id, cart.version, priced]);
        if (looks === shown) continue;
        shown = looks;
        yield { cartChanged: view };
      }
    } finally {
      stopWatching();
    }
  }, clientGone);
}

/** Hears of the cart's variants; until it knows how the lines stand, everything matters. */
function interestIn(mailbox: Mailbox): { listener: VariantListener; know(priced: PricedCart): void } {
  let known: PricedCart | null = null;
  return {
    know(priced) {
      known = priced;
    },
    listener: {
      changed: () => mailbox.add('variant'),
      stockChanged(variantId, available) {
        const line = known?.lines.find((candidate) => candidate.line.variantId === variantId);
        if (line && looksTheSame(line, available)) return;
        mailbox.add('variant');
      },
    },
  };
}

function looksTheSame({ line, problems }: PricedCart['lines'][number], available: number): boolean {
  if (problems.some(({ code }) => code === 'NOT_CHECKED')) return false;
  const shown = problems.find(({ code }) => code === 'STOCK_SHORT' || code === 'OUT_OF_STOCK') ?? null;
  return JSON.stringify(shown) === JSON.stringify(stockProblem(line.quantity, available));
}
