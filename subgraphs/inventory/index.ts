/** The inventory room: what is in the house, what is set aside, and what can be sold. */
import { z } from 'zod';
import type { CommandHandler, EventHandler } from '#platform/inbox/inbox.ts';
import type { Room, RoomDefinition, RoomDeps } from '#platform/subgraph/room.ts';
import { stockOf } from '#schema/asks.ts';
import { commands, events } from '#schema/messages.ts';
import { entities } from './entities.ts';
import { expireHolds } from './expire-holds.ts';
import { forgetHolds } from './forget-holds.ts';
import { holdStock } from './hold-stock.ts';
import { availableOf } from './level.ts';
import { migrations } from './migrations.ts';
import { openLevelsIn } from './open-levels.ts';
import { readLevels } from './read-levels.ts';
import { createResolvers } from './resolvers.ts';
import { returnStock } from './return-stock.ts';
import { confirmHold, releaseStock, takeStock } from './settle-hold.ts';

export { openLevels } from './open-levels.ts';

export const EXPIRE_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 3_600_000;

export const inventory: RoomDefinition = {
  name: 'inventory',
  schema: new URL('./schema.graphql', import.meta.url),
  entities,
  migrations,
  build: (deps): Room => ({
    resolvers: createResolvers(deps),
    commands: commandsOf(deps),
    events: [openLevelsOfNewVariants(deps)],
    asks: [
      {
        contract: stockOf,
        async handle({ variantIds }: z.infer<typeof stockOf.input>) {
          const levels = await readLevels(deps.database, deps.shop, variantIds);
          return variantIds.map((variantId) => {
            const level = levels.get(variantId);
            return { variantId, available: level ? availableOf(level) : 0 };
          });
        },
      },
    ],
    tasks: [
      {
        name: 'inventory.expire-holds',
        everyMs: EXPIRE_EVERY_MS,
        look: true,
        run: async (signal) => void (await expireHolds(deps, signal)),
      },
      { name: 'inventory.forget-holds', everyMs: FORGET_EVERY_MS, run: (signal) => forgetHolds(deps, signal) },
    ],
  }),
};

function commandsOf(deps: RoomDeps): CommandHandler[] {
  const { inventory: inputs } = commands;
  return [
    { type: 'hold-stock', input: inputs['hold-stock'], handle: (tx, input) => holdStock(deps, tx, input) },
    { type: 'release-stock', input: inputs['release-stock'], handle: (tx, { orderId }) => releaseStock(deps, tx, orderId) },
    { type: 'confirm-hold', input: inputs['confirm-hold'], handle: (tx, { orderId }) => confirmHold(deps, tx, orderId) },
    { type: 'take-stock', input: inputs['take-stock'], handle: (tx, { orderId }) => takeStock(deps, tx, orderId) },
    { type: 'return-stock', input: inputs['return-stock'], handle: (tx, input) => returnStock(deps, tx, input) },
  ];
}

/** Opens the levels of variants that products made, each once. */
function openLevelsOfNewVariants(deps: RoomDeps): EventHandler<z.infer<(typeof events)['products']['variants.added']>> {
  return {
    topic: 'gomall.products.events',
    type: 'variants.added',
    data: events.products['variants.added'],
    async handle(tx, { variants }) {
      await openLevelsIn(deps, tx, variants.map(({ variantId, initialStock }) => ({ variantId, onHand: initialStock })));
    },
  };
}
