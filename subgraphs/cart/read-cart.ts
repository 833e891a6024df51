/** Reading a cart with its lines, in one statement, and only for whom it is. */
import type { Reader, Transaction } from '#platform/database/database.ts';
import type { Cart } from './cart.ts';

interface Row {
  id: string;
  user_id: string | null;
  version: number;
  coupon_code: string | null;
  line_id: string | null;
  variant_id: string;
  quantity: number;
  seen_price_minor: number;
  added_at: number;
}

const COLUMNS = `cart.id, cart.user_id, cart.version, cart.coupon_code,
  line.id as line_id, line.variant_id, line.quantity, line.seen_price_minor, line.added_at`;
const LINES = 'left join cart_lines line on line.cart_id = cart.id';
const IN_ORDER = 'order by line.added_at, line.id';

/**
 * The cart of this id, or the one it was merged into. A guest's cart is for whoever has its id, a shopper's for that
 * shopper alone: null for everybody else, as for an id that never was.
 */
export async function visibleCart(reader: Reader, cartId: string, userId: string | null): Promise<Cart | null> {
  const rows = await reader.query<Row>(
    `select ${COLUMNS} from carts named join carts cart on cart.id = coalesce(named.merged_into, named.id) ${LINES} where named.id = ? ${IN_ORDER}`,
    [cartId],
  );
  const cart = cartOf(rows);
  return cart && (cart.userId === null || cart.userId === userId) ? cart : null;
}

/** The shopper's own cart, or null before the first item. */
export async function cartOfUser(reader: Reader, userId: string): Promise<Cart | null> {
  return cartOf(await reader.query<Row>(`select ${COLUMNS} from carts cart ${LINES} where cart.user_id = ? ${IN_ORDER}`, [userId]));
}

/** The cart of exactly this id, locked until the transaction ends; null for one that was merged or is gone. */
export async function lockCart(tx: Transaction, cartId: string): Promise<Cart | null> {
  return cartOf(
    await tx.query<Row>(`select ${COLUMNS} from carts cart ${LINES} where cart.id = ? and cart.merged_into is null ${IN_ORDER}${tx.forUpdate}`, [cartId]),
  );
}

/** The shopper's own cart, locked until the transaction ends. */
export async function lockCartOfUser(tx: Transaction, userId: string): Promise<Cart | null> {
  return cartOf(await tx.query<Row>(`select ${COLUMNS} from carts cart ${LINES} where cart.user_id = ? ${IN_ORDER}${tx.forUpdate}`, [userId]));
}

function cartOf(rows: readonly Row[]): Cart | null {
  const [first] = rows;
  if (!first) return null;
  const lines = rows.filter((row) => row.line_id !== null).map((row) => ({
    id: row.line_id!, variantId: row.variant_id, quantity: row.quantity, seenPriceMinor: row.seen_price_minor, addedAtMs: row.added_at,
  }));
  return { id: first.id, userId: first.user_id, version: first.version, couponCode: first.coupon_code, lines };
}
