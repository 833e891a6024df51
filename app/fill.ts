/** Goods and accounts for a shop that has none: what SEED asks for, at the first start; each where its room is. */
import { join } from 'node:path';
import type { Mall } from './mall.ts';
import { quoteVariants } from '#schema/asks.ts';
import type { Running } from './modules.ts';
import type { PastPurchase } from './seed/plan-shoppers.ts';

export async function fill(mall: Mall): Promise<Running> {
  const { seed } = mall.config;
  if (seed === 'demo' && mall.rooms.has('users')) {
    const { seedDemoAccounts } = await import('#subgraphs/users/index.ts');
    await seedDemoAccounts(mall.room('users').deps);
  }
  if (seed !== 'none' && mall.rooms.has('products')) await fillProducts(mall);
  if (seed === 'demo' && ['users', 'products', 'notifications'].every((room) => mall.rooms.has(room))) await fillInbox(mall);
  return { stop: async () => {} };
}

async function fillProducts(mall: Mall): Promise<void> {
  const { config, engines } = mall;
  const { deps } = mall.room('products');
  const [{ importBatch, importReviews, importSales }, { seed }] = await Promise.all([import('#subgraphs/products/index.ts'), import('./seed/seed.ts')]);
  await seed(
    {
      source: config.seed,
      dataDir: config.dataDir,
      mediaDir: join(deps.dataDir, 'media'),
      currency: config.shop.currency,
      nowMs: engines.clock.nowMs(),
      tell: (line) => void process.stderr.write(`${line}\n`),
    },
    {
      isEmpty: async () => (await deps.database.query('select id from product limit 1')).length === 0,
      importProducts: (products) => importBatch(deps, products),
      importReviews: (reviews) => importReviews(deps, reviews),
      importSales: (sales) => importSales(deps, sales),
      ...(mall.rooms.has('recommendations') && { importHistory: (purchases: readonly PastPurchase[]) => fillHistory(mall, purchases) }),
    },
  );
}

async function fillHistory(mall: Mall, purchases: readonly PastPurchase[]): Promise<void> {
  const { importHistory } = await import('#subgraphs/recommendations/index.ts');
  const rows = await mall.room('products').deps.database.query<{ id: string; slug: string }>('select id, slug from product');
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  await importHistory(mall.room('recommendations').deps, purchases.flatMap(({ shopper, slug, atMs }) => (ids.has(slug) ? { user: shopper, item: ids.get(slug)!, atMs } : [])));
}

/** Something to be read in the inbox of the demo shopper, about goods that are there. */
async function fillInbox(mall: Mall): Promise<void> {
  const [shopper] = await mall.room('users').deps.database.query<{ id: string }>("select id from accounts where email = 'shopper@gomall.example'");
  const variants = await mall.room('products').deps.database.query<{ id: string }>('select v.id from variant v join product p on p.id = v.product_id where p.archived = 0 and v.archived = 0 and v.position = 0 order by p.slug limit 3');
  if (!shopper || variants.length === 0) return;
  const { seedDemoNotifications } = await import('#subgraphs/notifications/index.ts');
  const { deps } = mall.room('notifications');
  await seedDemoNotifications(deps, shopper.id, await deps.asker.ask(quoteVariants, { variantIds: variants.map(({ id }) => id) }));
}
