/** notifications: what the shop tells people, by inbox, live push and letter. */
import { LETTERS_SCAN_EVERY_MS } from '#platform/mail/letter-sender.ts';
import type { Room, RoomDefinition, RoomDeps } from '#platform/subgraph/room.ts';
import { createFanOut, FAN_OUT_SCAN_EVERY_MS } from './fan-out.ts';
import { createFeeds } from './follow-feed.ts';
import { forgetOld } from './forget-old.ts';
import { hearGoods } from './hear-goods.ts';
import { hearOrders } from './hear-orders.ts';
import { createLetters } from './letters.ts';
import { migrations } from './migrations.ts';
import { createResolvers } from './resolvers.ts';
import { createDeliveries, DELIVERIES_SCAN_EVERY_MS } from './webhooks/deliveries.ts';
import { hearForWebhooks } from './webhooks/hear.ts';

export { seedDemoNotifications } from './seed-demo-notifications.ts';

const HOUR_MS = 3_600_000;

export const notifications: RoomDefinition = {
  name: 'notifications',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  migrations,
  build,
};

function build(deps: RoomDeps): Room {
  const letters = createLetters(deps);
  const deliveries = createDeliveries(deps);
  const fanOut = createFanOut({ ...deps, letters });
  return {
    resolvers: createResolvers(deps, createFeeds(deps), deliveries),
    events: [...hearOrders({ ...deps, letters }), ...hearGoods(fanOut), ...hearForWebhooks(deps, deliveries)],
    tasks: [
      { name: 'notifications.send-letters', everyMs: LETTERS_SCAN_EVERY_MS, look: true, run: (signal) => letters.send(signal) },
      { name: 'notifications.fan-out', everyMs: FAN_OUT_SCAN_EVERY_MS, look: true, run: () => fanOut.run() },
      { name: 'notifications.send-webhooks', everyMs: DELIVERIES_SCAN_EVERY_MS, look: true, run: () => deliveries.send() },
      { name: 'notifications.forget-old', everyMs: HOUR_MS, run: (signal) => forgetOld(deps, signal) },
    ],
    stop: async () => {
      fanOut.stop();
      await Promise.all([letters.stop(), deliveries.stop()]);
    },
  };
}
