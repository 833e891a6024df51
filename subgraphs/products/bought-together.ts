/** What is often in the same order: counts of pairs, kept from confirmed orders. */
import type { Reader, Transaction } from '#platform/database/database.ts';
import type { EventData } from '#schema/messages.ts';
import { queryIn } from './sql-lists.ts';

/** Of a very long order only the pairs of its first products count: pairs grow with the square. */
export const PAIRED_PRODUCTS_MAX = 12;

/** Counts units sold and pairs of a confirmed order, in the transaction of its inbox row. */
export async function countOrder(tx: Transaction, order: EventData<'orders', 'order.confirmed'>): Promise<void> {
  const sold = new Map<string, number>();
  for (const { productId, quantity } of order.lines) sold.set(productId, (sold.get(productId) ?? 0) + quantity);
  const known = await queryIn<{ id: string }>(tx, 'select id from product where id in (?)', [...sold.keys()]);
  // In one order for all writers, so that two orders never wait for each other's rows.
  const ids = known.map(({ id }) => id).sort();
  for (const id of ids) {
    await tx.insertIfAbsent('product_sales', { product_id: id, sold: 0 });
    await tx.execute('update product_sales set sold = sold + ? where product_id = ?', [sold.get(id)!, id]);
  }
  const paired = ids.slice(0, PAIRED_PRODUCTS_MAX);
  for (const id of paired) {
    for (const other of paired) {
      if (id === other) continue;
      await tx.insertIfAbsent('co_purchase', { product_id: id, other_id: other, times: 0 });
      await tx.execute('update co_purchase set times = times + 1 where product_id = ? and other_id = ?', [id, other]);
    }
  }
}

/** Ids of what was bought with each of these products, most often first, at most `limit` each; one statement. */
export async function readBoughtTogether(reader: Reader, productIds: readonly string[], limit: number): Promise<Map<string, string[]>> {
  const rows = await queryIn<{ product_id: string; other_id: string }>(
    reader,
    `select product_id, other_id from (
       select product_id, other_id, row_number() over (partition by product_id order by times desc, other_id) as place
       from co_purchase where product_id in (?)
     ) placed where place <= ${limit} order by product_id, place`,
    productIds,
  );
  const byProduct = new Map(productIds.map((id) => [id, [] as string[]]));
  for (const row of rows) byProduct.get(row.product_id)!.push(row.other_id);
  return byProduct;
}
