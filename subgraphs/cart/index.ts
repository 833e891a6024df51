/** The cart room: what guests and shoppers are about to buy. */
import type { CommandHandler, Watcher } from '#platform/inbox/inbox.ts';
import type { AskAnswer } from '#platform/ask/ask.ts';
import type { Room, RoomDefinition, RoomDeps } from '#platform/subgraph/room.ts';
import * as asks from '#schema/asks.ts';
import { commands, events, type EventData } from '#schema/messages.ts';
import { adoptCart } from './adopt-cart.ts';
import { createCartHints } from './cart-hints.ts';
import { clearCart } from './clear-cart.ts';
import { entities } from './entities.ts';
import { forgetCarts } from './forget-carts.ts';
import { migrations } from './migrations.ts';
import { visibleCart } from './read-cart.ts';
import { createResolvers } from './resolvers.ts';
import { createVariantWatch, type VariantWatch } from './variant-watch.ts';

export const FORGET_EVERY_MS = 3_600_000;

export const cart: RoomDefinition = {
  name: 'cart',
  schema: new URL('./schema.graphql', import.meta.url),
  entities,
  migrations,
  build(deps): Room {
    const watch = createVariantWatch();
    const clear: CommandHandler = { type: 'clear-cart', input: commands.cart['clear-cart'], handle: (tx, input) => clearCart(deps, tx, input) };
    return {
      resolvers: createResolvers({ ...deps, hints: createCartHints() }, watch),
      commands: [clear],
      watchers: watchersOf(watch),
      asks: asksOf(deps),
      tasks: [{ name: 'cart.forget-carts', everyMs: FORGET_EVERY_MS, run: async (signal) => void (await forgetCarts(deps, signal)) }],
    };
  },
};

function asksOf(deps: RoomDeps): AskAnswer[] {
  return [
    {
      contract: asks.cartContents,
      async handle({ cartId, userId }: { cartId: string; userId: string | null }) {
        const found = await visibleCart(deps.database, cartId, userId);
        if (!found) return null;
        const lines = found.lines.map(({ id: lineId, variantId, quantity, seenPriceMinor }) => ({ lineId, variantId, quantity, seenPriceMinor }));
        return { cartId: found.id, version: found.version, lines, couponCode: found.couponCode };
      },
    },
    { contract: asks.adoptCart, handle: (input: { cartId: string; userId: string }) => adoptCart(deps, input) },
  ];
}

/** Carts that are being looked at in this process follow the prices and the stock of what is in them. */
function watchersOf(watch: VariantWatch): Watcher[] {
  return [
    {
      topic: 'gomall.products.events',
      type: 'variant.price-changed',
      data: events.products['variant.price-changed'],
      handle: async ({ variantId }: EventData<'products', 'variant.price-changed'>) => watch.changed(variantId),
    },
    {
      topic: 'gomall.products.events',
      type: 'product.changed',
      data: events.products['product.changed'],
      handle: async ({ variantIds }: EventData<'products', 'product.changed'>) => variantIds.forEach(watch.changed),
    },
    {
      topic: 'gomall.inventory.events',
      type: 'stock.changed',
      data: events.inventory['stock.changed'],
      handle: async ({ variantId, available }: EventData<'inventory', 'stock.changed'>) => watch.stockChanged(variantId, available),
    },
  ];
}
