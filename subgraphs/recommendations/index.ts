/** The recommendations room: learns from what people do what they may like, and says why. */
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { events, type EventData } from '#schema/messages.ts';
import { forget, INTERACTIONS_MAX, record } from './interaction-rows.ts';
import { TOPIC } from './messages.ts';
import { migrations } from './migrations.ts';
import { readVersions } from './model-rows.ts';
import { createModelShelf } from './model-shelf.ts';
import { createResolvers } from './resolvers.ts';
import { beginTraining } from './train-model.ts';

export { importHistory } from './interaction-rows.ts';

/** A model is trained so often by itself. */
export const TRAIN_EVERY_MS = 6 * 3_600_000;
/** The first one as soon as there are so many interactions, looked for every so often. */
export const FIRST_FROM = 500;
export const FIRST_LOOK_MS = 20_000;
/** And again when it came to nothing, as when the process was stopped meanwhile. */
export const FIRST_AGAIN_MS = 5 * 60_000;
const FORGET_EVERY_MS = 3_600_000;
/** A replica that missed the word of a new model finds it by itself. */
const REFRESH_MS = 60_000;

export const recommendations: RoomDefinition = {
  name: 'recommendations',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  migrations,
  build(deps) {
    const { database, clock, log } = deps;
    const shelf = createModelShelf(deps);
    const stopping = new AbortController();
    let endRefreshing = () => {};
    let training: Promise<void> = Promise.resolve();

    async function begin(signal: AbortSignal): Promise<string | null> {
      const begun = await beginTraining(deps, shelf, AbortSignal.any([signal, stopping.signal]));
      if (begun) training = begun.done;
      return begun?.id ?? null;
    }
    const refresh = () => shelf.refresh().catch((error: unknown) => log.warn({ err: error }, 'the newest model could not be looked for'));

    return {
      resolvers: createResolvers({ deps, shelf, beginTraining: () => begin(stopping.signal) }),
      events: [
        {
          topic: 'gomall.orders.events', type: 'order.confirmed', data: events.orders['order.confirmed'],
          handle: (tx, { orderId, userId, lines }: EventData<'orders', 'order.confirmed'>, { time }) =>
            record(tx, userId ?? `order:${orderId}`, lines.map(({ productId }) => productId), 'bought', Date.parse(time)),
        },
        {
          topic: 'gomall.analytics.events', type: 'product.viewed', data: events.analytics['product.viewed'],
          handle: (tx, { visitor, userId, productId, atMs }: EventData<'analytics', 'product.viewed'>) => record(tx, userId ?? `visitor:${visitor}`, [productId], 'viewed', atMs),
        },
      ],
      watchers: [{ topic: TOPIC, type: 'model.published', data: events.recommendations['model.published'], handle: refresh }],
      tasks: [
        {
          name: 'recommendations.train', everyMs: TRAIN_EVERY_MS,
          async run(signal) {
            await begin(signal);
            await training;
          },
        },
        {
          name: 'recommendations.first-model', everyMs: FIRST_LOOK_MS, look: true,
          async run(signal) {
            if (await isTimeForFirst(database, clock.nowMs())) await begin(signal);
            await training;
          },
        },
        { name: 'recommendations.forget', everyMs: FORGET_EVERY_MS, run: (signal) => forget(deps, signal, INTERACTIONS_MAX) },
      ],
      async start() {
        await shelf.refresh();
        endRefreshing = clock.every(REFRESH_MS, () => void refresh());
      },
      async stop() {
        endRefreshing();
        stopping.abort(new Error('the room stops'));
        await training;
      },
    };
  },
};

/** There is something to learn from, no model yet, and what was tried last came to nothing some time ago. */
async function isTimeForFirst(database: Parameters<typeof readVersions>[0], nowMs: number): Promise<boolean> {
  if ((await readVersions(database, 1, 'PUBLISHED')).length > 0) return false;
  const [last] = await readVersions(database, 1);
  if (last && nowMs - (last.endedMs ?? last.begunMs) < FIRST_AGAIN_MS) return false;
  return (await database.query(`select at_ms from interaction order by at_ms limit 1 offset ${FIRST_FROM - 1}`)).length > 0;
}
