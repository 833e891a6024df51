/** Checks the orders against themselves and against the ledger of payments; run after a crash test and by hand. */
import type { Reader } from '#platform/database/database.ts';
import { refundableMinor } from './order.ts';
import { factsOf, type LineRow, type OrderRow } from './order-rows.ts';

/** What another room's books say of an order. */
export interface OrderMoney {
  heldMinor: number;
  capturedMinor: number;
  refundedMinor: number;
}

const NOTHING: OrderMoney = { heldMinor: 0, capturedMinor: 0, refundedMinor: 0 };

export interface OrderAudit {
  /** Sentences, each a contradiction that was found; none is good. */
  problems: string[];
  /** Sagas that have not ended: while there are any, orders may still move. */
  openSagas: number;
  byStatus: Record<string, number>;
  /** Units that the orders keep, by variant: held (PENDING) and gone (CONFIRMED, SHIPPED, DELIVERED); for inventory to compare. */
  units: Map<string, { pending: number; bought: number }>;
}

/** To be run when everything has come to rest; `ledger` is what payments' audit gives (`byOrder`). */
export async function auditOrders(database: Reader, ledger: ReadonlyMap<string, OrderMoney>): Promise<OrderAudit> {
  const problems: string[] = [];
  const orders = await database.query<OrderRow>('select * from orders');
  const lines = Map.groupBy(await database.query<LineRow>('select * from order_line'), (line) => line.order_id);
  const open = await database.query<{ id: string; state: string }>(`select id, state from platform_saga where state not in ('DONE', 'UNDONE')`);
  const byStatus: Record<string, number> = {};
  const units: OrderAudit['units'] = new Map();
  const openIds = new Set(open.map((saga) => saga.id));

  for (const order of orders) {
    byStatus[order.status] = (byStatus[order.status] ?? 0) + 1;
    const own = lines.get(order.id) ?? [];
    const say = (text: string) => problems.push(`order ${order.id} (${order.status}, ${order.payment_status}): ${text}`);
    const subtotal = own.reduce((sum, line) => sum + line.unit_price_minor * line.quantity, 0);
    if (subtotal !== order.subtotal_minor) say(`its lines are worth ${subtotal}, it says ${order.subtotal_minor}`);
    if (order.subtotal_minor - order.discount_minor + order.shipping_minor + order.tax_minor !== order.total_minor) say('its parts do not add up to its total');
    if (refundableMinor(factsOf(order)) < 0) say('more was given back than was taken');
    const books = ledger.get(order.id) ?? NOTHING;
    if (books.capturedMinor !== order.captured_minor) say(`took ${order.captured_minor}, the ledger says ${books.capturedMinor}`);
    if (books.refundedMinor !== order.refunded_minor) say(`gave back ${order.refunded_minor}, the ledger says ${books.refundedMinor}`);
    if (!openIds.has(order.id)) problems.push(...atRest(order, books));
    for (const line of own) {
      const sum = units.get(line.variant_id) ?? { pending: 0, bought: 0 };
      if (order.status === 'PENDING') sum.pending += line.quantity;
      else if (order.status !== 'CANCELLED') sum.bought += line.quantity;
      units.set(line.variant_id, sum);
    }
  }
  const known = new Set(orders.map((order) => order.id));
  for (const id of ledger.keys()) if (!known.has(id)) problems.push(`the ledger names the order ${id}, which is not there`);
  return { problems, openSagas: open.length, byStatus, units };
}

/** What must be true of an order whose checkout has ended. */
function atRest(order: OrderRow, books: OrderMoney): string[] {
  const problems: string[] = [];
  const say = (text: string) => problems.push(`order ${order.id} (${order.status}, ${order.payment_status}): ${text}`);
  if (order.status === 'PENDING') say('its checkout has ended and it is still PENDING');
  if (books.heldMinor !== 0) say(`${books.heldMinor} is still held`);
  if (order.status === 'CANCELLED' && books.capturedMinor !== books.refundedMinor) say(`${books.capturedMinor - books.refundedMinor} is still owed to the shopper`);
  if (order.status !== 'CANCELLED' && order.status !== 'PENDING' && books.capturedMinor !== order.total_minor) say(`took ${books.capturedMinor} of ${order.total_minor}`);
  return problems;
}
