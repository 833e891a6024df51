/** The rows of an order: read in batches, written by the verbs. */
import { placeholders, type Reader, type SqlValue, type Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { OrderFacts, OrderStatus, PaymentProvider, PaymentStatus } from './order.ts';
import type { RefundLine, Totals } from './totals.ts';

export interface OrderRow {
  id: string;
  sequence: number;
  order_number: string;
  user_id: string | null;
  cart_id: string | null;
  email: string;
  /** What it was placed in; null for orders of before that was kept. */
  language: 'en' | 'zh' | null;
  address: string;
  status: OrderStatus;
  payment_status: PaymentStatus;
  payment_provider: PaymentProvider;
  action_url: string | null;
  action_expires_ms: number | null;
  currency: string;
  subtotal_minor: number;
  discount_minor: number;
  shipping_minor: number;
  tax_minor: number;
  total_minor: number;
  captured_minor: number;
  refunded_minor: number;
  refunding_minor: number;
  failure: string | null;
  cancel_requested: number;
  checkout_done: number;
  stuck: number;
  carrier: string | null;
  tracking_number: string | null;
  shipped_ms: number | null;
  version: number;
  placed_ms: number;
  changed_ms: number;
}

/** Why an order was called off; `data` is what the refusing room said. */
export interface OrderFailure {
  code: string;
  data?: Record<string, unknown>;
}

export interface LineRow {
  order_id: string;
  position: number;
  variant_id: string;
  product_id: string;
  sku: string;
  name_en: string | null;
  name_zh: string | null;
  quantity: number;
  refunded_quantity: number;
  unit_price_minor: number;
}

export interface TimelineRow {
  order_id: string;
  kind: TimelineKind;
  reference: string;
  at_ms: number;
  detail: string | null;
}

/** In the order in which they happen within one millisecond. */
export const TIMELINE_KINDS = ['PLACED', 'STOCK_HELD', 'ACTION_REQUIRED', 'AUTHORISED', 'DECLINED', 'CONFIRMED', 'CAPTURED', 'SHIPPED', 'DELIVERED', 'VOIDED', 'REFUNDED', 'CANCELLED'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export const factsOf = (row: OrderRow): OrderFacts => ({
  status: row.status,
  cancelRequested: row.cancel_requested === 1,
  totalMinor: row.total_minor,
  capturedMinor: row.captured_minor,
  refundedMinor: row.refunded_minor,
  refundingMinor: row.refunding_minor,
});

export const totalsOfRow = (row: OrderRow): Totals => ({
  subtotalMinor: row.subtotal_minor,
  discountMinor: row.discount_minor,
  shippingMinor: row.shipping_minor,
  taxMinor: row.tax_minor,
  totalMinor: row.total_minor,
});

export const failureOf = (row: OrderRow): OrderFailure | null => (row.failure === null ? null : JSON.parse(row.failure));

export const lineId = (line: Pick<LineRow, 'order_id' | 'position'>): string => `${line.order_id}:${line.position}`;
export const refundLine = (line: LineRow): RefundLine => ({
  id: lineId(line),
  unitPriceMinor: line.unit_price_minor,
  quantity: line.quantity,
  refundedQuantity: line.refunded_quantity,
});

export async function orderById(reader: Reader, id: string): Promise<OrderRow | null> {
  return (await reader.query<OrderRow>('select * from orders where id = ?', [id]))[0] ?? null;
}

export async function lockOrder(tx: Transaction, id: string): Promise<OrderRow> {
  const [row] = await tx.query<OrderRow>(`select * from orders where id = ?${tx.forUpdate}`, [id]);
  if (!row) throw new Error(`there is no order ${id}`);
  return row;
}

export const ordersByIds = (reader: Reader, ids: readonly string[]): Promise<OrderRow[]> =>
  reader.query<OrderRow>(`select * from orders where id in (${placeholders(ids.length)})`, ids);

export const linesOf = (reader: Reader, orderIds: readonly string[]): Promise<LineRow[]> =>
  reader.query<LineRow>(`select * from order_line where order_id in (${placeholders(orderIds.length)}) order by order_id, position`, orderIds);

export const timelinesOf = (reader: Reader, orderIds: readonly string[]): Promise<TimelineRow[]> =>
  reader.query<TimelineRow>(`select * from order_timeline where order_id in (${placeholders(orderIds.length)})`, orderIds);

/**
 * Changes columns of an order, counts its version and tells whoever listens after the commit. `hint` says how much it
 * matters to one who waits for the outcome. `columns` are our own names, never input.
 */
export async function changeOrder(tx: Transaction, deps: Telling, id: string, columns: Record<string, SqlValue>, hint: OrderHint = 'moved'): Promise<void> {
  const names = Object.keys(columns);
  const sets = names.map((name) => `${name} = ?, `).join('');
  await tx.execute(`update orders set ${sets}version = version + 1, changed_ms = ? where id = ?`, [...names.map((name) => columns[name]!), deps.clock.nowMs(), id]);
  announce(tx, deps, id, hint);
}

export type OrderHint = 'moved' | 'action' | 'confirmed' | 'settled';
export const orderChannel = (id: string): string => `order.${id}`;
/** Payload: when it was committed, Unix ms; one who has begun to read the table since need not read again. */
export const ORDERS_CHANNEL = 'orders';

type Telling = Pick<RoomDeps, 'live' | 'clock'>;

export function announce(tx: Transaction, { live, clock }: Telling, id: string, hint: OrderHint): void {
  tx.afterCommit(() => {
    live.publish(orderChannel(id), hint);
    live.publish(ORDERS_CHANNEL, String(clock.nowMs()));
  });
}

/** Adds an entry; the same entry again changes nothing. */
export async function addToTimeline(tx: Transaction, orderId: string, kind: TimelineKind, atMs: number, detail?: Record<string, unknown>, reference = ''): Promise<void> {
  await tx.insertIfAbsent('order_timeline', { order_id: orderId, kind, reference, at_ms: atMs, detail: detail ? JSON.stringify(detail) : null });
}
