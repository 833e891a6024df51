/** The products room: what the shop sells, how it is found, and what buyers think of it. */
import { join } from 'node:path';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { popularProducts, productCards, quoteVariants as quoteVariantsContract, relatedProducts } from '#schema/asks.ts';
import { events, type EventData } from '#schema/messages.ts';
import { readAvailability } from './availability.ts';
import { countOrder } from './bought-together.ts';
import { Catalogue } from './catalogue.ts';
import { CategoryShelf } from './category-views.ts';
import { entities } from './entities/entities.ts';
import { Lists } from './lists.ts';
import { mediaRoute } from './media.ts';
import { TOPIC } from './messages.ts';
import { catalogue as catalogueMigration } from './migrations/0001-catalogue.ts';
import { chineseNames } from './migrations/0002-chinese-names.ts';
import { quoteVariants } from './quote-variants.ts';
import { popular } from './popular.ts';
import { ProductLinks } from './product-links.ts';
import { cardsOf, relatedTo } from './related.ts';
import { createResolvers } from './resolvers/resolvers.ts';

export { importBatch, IMPORT_BATCH_MAX } from './import-products.ts';
export { importSales } from './import-sales.ts';
export { mediaName } from './media-name.ts';
export type { ImportRefusal, ImportReport, LocalizedText, ProductInput, ReviewSeed, SalesSeed, VariantInput } from './product-input.ts';
export { slugify } from './slug.ts';
export { importReviews } from './write-review.ts';

const INVENTORY = 'gomall.inventory.events';
const ORDERS = 'gomall.orders.events';
const ORDER_CONFIRMED = events.orders['order.confirmed'];

export const products: RoomDefinition = {
  name: 'products',
  schema: new URL('./schema.graphql', import.meta.url),
  entities,
  migrations: [catalogueMigration, chineseNames],
  build(deps) {
    const catalogue = new Catalogue(deps);
    const links = new ProductLinks(deps);
    const stopping = new AbortController();
    let availability: Promise<void> = Promise.resolve();
    return {
      resolvers: createResolvers({ deps, catalogue, links, lists: new Lists(catalogue), categories: new CategoryShelf(catalogue) }),
      asks: [
        { contract: quoteVariantsContract, handle: ({ variantIds }: { variantIds: string[] }) => quoteVariants(catalogue, variantIds) },
        { contract: productCards, handle: ({ productIds }: { productIds: string[] }) => cardsOf(catalogue, productIds) },
        { contract: relatedProducts, handle: ({ productIds }: { productIds: string[] }) => relatedTo(catalogue, links, productIds) },
        { contract: popularProducts, handle: async ({ first }: { first: number }) => popular(catalogue, first) },
      ],
      events: [{ topic: ORDERS, type: 'order.confirmed', data: ORDER_CONFIRMED, handle: countOrder }],
      watchers: [
        { topic: TOPIC, type: 'product.changed', data: events.products['product.changed'], handle: async ({ productId }) => catalogue.notice(productId) },
        {
          topic: TOPIC, type: 'variants.added', data: events.products['variants.added'],
          handle: async ({ variants }: EventData<'products', 'variants.added'>, { time }) =>
            variants.forEach(({ variantId, initialStock }) => catalogue.shelf.setAvailable(variantId, initialStock, time)),
        },
        {
          topic: INVENTORY, type: 'stock.changed', data: events.inventory['stock.changed'],
          handle: async ({ variantId, available }, { time }) => catalogue.shelf.setAvailable(variantId, available, time),
        },
        {
          topic: ORDERS, type: 'order.confirmed', data: ORDER_CONFIRMED,
          handle: async ({ lines }: EventData<'orders', 'order.confirmed'>) => lines.forEach(({ productId, quantity }) => catalogue.addSold(productId, quantity)),
        },
      ],
      routes: [mediaRoute(join(deps.dataDir, 'media'))],
      async start() {
        await catalogue.start();
        availability = readAvailability(deps, catalogue.shelf, stopping.signal);
      },
      async stop() {
        stopping.abort();
        await Promise.allSettled([availability, catalogue.stop()]);
      },
    };
  },
};
