/** Answers `orders.boughtProducts`: which of these products the shopper has in an order that was confirmed and not called off. */
import { placeholders, type Reader } from '#platform/database/database.ts';

export async function findBoughtProducts(reader: Reader, userId: string, productIds: readonly string[]): Promise<string[]> {
  if (productIds.length === 0) return [];
  const rows = await reader.query<{ id: string }>(
    `select distinct l.product_id as id from orders o join order_line l on l.order_id = o.id
     where o.user_id = ? and o.status in ('CONFIRMED', 'SHIPPED', 'DELIVERED') and l.product_id in (${placeholders(productIds.length)})`,
    [userId, ...productIds],
  );
  return rows.map((row) => row.id);
}
