/** Goods and accounts for a shop that has none: what SEED asks for, at the first start. */
import { join } from 'node:path';
import { importBatch, importReviews, importSales } from '#subgraphs/products/index.ts';
import { seedDemoAccounts } from '#subgraphs/users/index.ts';
import type { Mall } from './mall.ts';
import type { Running } from './modules.ts';
import { seed } from './seed/seed.ts';

export async function fill(mall: Mall): Promise<Running> {
  const { config, engines } = mall;
  if (config.seed === 'demo') await seedDemoAccounts(mall.room('users').deps);
  const { deps } = mall.room('products');
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
    },
  );
  return { stop: async () => {} };
}
