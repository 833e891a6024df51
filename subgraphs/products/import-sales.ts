/** Sales of the time before this shop counted: they come with a seed, so that a new shop knows its best sellers. */
import type { SqlValue, Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { productChanged } from './messages.ts';
import type { SalesSeed } from './product-input.ts';
import { executeIn, insertRows, queryIn } from './sql-lists.ts';
import { isUniqueViolation } from './unique-violation.ts';

/** Products of one transaction. */
const SEEDED_PER_TRANSACTION = 50;

interface KnownProduct {
  id: string;
  slug: string;
  archived: number;
}

/**
 * Writes how much was sold, and what together, of products that have no count of their own yet: the same again, and
 * again after a crash, changes nothing, and neither does it touch what orders have counted. Unknown slugs are skipped.
 * Answers of how many products something was written.
 */
export async function importSales(deps: Pick<RoomDeps, 'database' | 'outbox' | 'clock'>, sales: readonly SalesSeed[]): Promise<number> {
  let written = 0;
  for (let at = 0; at < sales.length; at += SEEDED_PER_TRANSACTION) {
    if (at > 0) await deps.clock.sleep(0);
    const some = sales.slice(at, at + SEEDED_PER_TRANSACTION);
    written += await writeSome(deps, some);
  }
  return written;
}

/** An order that counts the same product for the first time at the same moment is seen by the primary key: then once more. */
async function writeSome(deps: Pick<RoomDeps, 'database' | 'outbox'>, sales: readonly SalesSeed[]): Promise<number> {
  const write = () => deps.database.transaction((tx) => importSome(tx, deps, sales));
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return write();
  }
}

async function importSome(tx: Transaction, deps: Pick<RoomDeps, 'outbox'>, sales: readonly SalesSeed[]): Promise<number> {
  const slugs = [...new Set(sales.flatMap(({ slug, together }) => [slug, ...together.map((other) => other.slug)]))];
  const products = new Map((await queryIn<KnownProduct>(tx, 'select id, slug, archived from product where slug in (?)', slugs)).map((row) => [row.slug, row]));
  const seeded = sales.flatMap((sale) => products.get(sale.slug) ?? []);
  const ids = seeded.map(({ id }) => id);
  const haveSales = await idsIn(tx, 'select product_id from product_sales where product_id in (?)', ids);
  const havePairs = await idsIn(tx, 'select distinct product_id from co_purchase where product_id in (?)', ids);
  const sold: SqlValue[][] = [];
  const pairs: SqlValue[][] = [];
  for (const sale of sales) {
    const id = products.get(sale.slug)?.id;
    if (id === undefined) continue;
    if (!haveSales.has(id)) sold.push([id, sale.sold]);
    if (havePairs.has(id)) continue;
    for (const { slug, times } of sale.together) {
      const other = products.get(slug)?.id;
      if (other !== undefined && other !== id) pairs.push([id, other, times]);
    }
  }
  await insertRows(tx, 'product_sales', ['product_id', 'sold'], sold);
  await insertRows(tx, 'co_purchase', ['product_id', 'other_id', 'times'], pairs);
  const changed = new Set([...sold, ...pairs].map(([id]) => id));
  const touched = seeded.filter(({ id }) => changed.has(id));
  // A new revision is what makes this and other processes read a product anew.
  await executeIn(tx, 'update product set revision = revision + 1 where id in (?)', touched.map(({ id }) => id));
  for (const { id, slug, archived } of touched) {
    await deps.outbox.add(tx, productChanged({ productId: id, slug, archived: archived === 1, variantIds: [] }));
  }
  return touched.length;
}

const idsIn = async (tx: Transaction, sql: string, ids: readonly string[]): Promise<Set<string>> =>
  new Set((await queryIn<{ product_id: string }>(tx, sql, ids)).map((row) => row.product_id));
