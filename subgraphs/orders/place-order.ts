/**
 * Buys what is in a cart: checks the input, asks cart and products, then writes the order with its frozen prices and
 * begins its saga in one transaction, and waits a bounded time for the outcome.
 */
import { Fault } from '#platform/errors.ts';
import { seal } from '#platform/seal.ts';
import type { Transaction } from '#platform/database/database.ts';
import type { Language, RequestContext } from '#platform/subgraph/context.ts';
import { userProfiles } from '#schema/asks.ts';
import { Problems, readAddress, readEmail, type ShippingAddress } from './address.ts';
import { orderNumber, type PaymentProvider } from './order.ts';
import { announce, type OrderRow } from './order-rows.ts';
import { checkoutIsOver, watchOrder } from './outcome.ts';
import type { Parts } from './parts.ts';
import { prepareOrder, type Draft, type DraftRefusal } from './prepare-order.ts';
import { HOLD_WINDOW_MS, PAY_WINDOW_MS } from './sagas/place-order.ts';

export interface PlaceOrderInput {
  cartId?: string | null;
  flashSaleTicketId?: string | null;
  email?: string | null;
  shippingAddress: Record<string, unknown>;
  shippingMethod?: string | null;
  payment: { provider: PaymentProvider; token: string };
  idempotencyKey: string;
  waitMs?: number | null;
}

export type PlaceOrderRefusal = DraftRefusal | 'TICKET_UNKNOWN' | 'SHIPPING_METHOD_UNKNOWN';

/** The code of a refusal, or the order as it stands after waiting. */
export type PlaceOrderAnswer = { refusal: PlaceOrderRefusal } | { order: OrderRow };

const DEFAULT_WAIT_MS = 3_000;
const MAX_WAIT_MS = 10_000;
/** A token is sealed on its way to payments and must fit the command then. */
const MAX_TOKEN_LENGTH = 255;
/** The one way of shipping there is. */
const SHIPPING_METHODS = ['STANDARD'];

interface Request {
  cartId: string | null;
  ticketId: string | null;
  email: string | null;
  address: ShippingAddress;
  shippingMethod: string | null;
  payment: { provider: PaymentProvider; token: string };
  waitMs: number;
}

export async function placeOrder(parts: Parts, context: RequestContext, input: PlaceOrderInput): Promise<PlaceOrderAnswer> {
  const { deps } = parts;
  const userId = context.identity?.userId ?? null;
  const request = readRequest(input, userId);
  // Read before the transaction; what it found counts only when the key turns out to be new.
  const prepared = await settled(prepare(parts, request, userId));
  const orderId = deps.ids.uuid();
  const watch = watchOrder(deps, orderId, context.signal);
  try {
    const scope = userId !== null ? `user:${userId}` : request.cartId !== null ? `cart:${request.cartId}` : 'anonymous';
    const { waitMs: _waitMs, idempotencyKey, ...bought } = input;
    const { outcome, replayed } = await deps.idempotency.run({ operation: 'placeOrder', scope, key: idempotencyKey, input: bought }, async (tx) => {
      if ('error' in prepared) throw prepared.error;
      if ('refusal' in prepared.value) throw new RefusedBeforeWriting(prepared.value.refusal);
      await writeOrder(parts, tx, { orderId, userId, language: context.language, request, ...prepared.value });
      return { orderId };
    });
    if (!replayed) return { order: await watch.outcome(request.waitMs, checkoutIsOver, false) };
    return { order: await watchOrder(deps, outcome.orderId, context.signal).outcome(request.waitMs, checkoutIsOver, true) };
  } catch (error) {
    if (error instanceof RefusedBeforeWriting) return { refusal: error.refusal };
    throw error;
  } finally {
    watch.end();
  }
}

/** Takes the way out of the transaction, so that a refusal leaves neither an order nor a spent key. */
class RefusedBeforeWriting extends Error {
  readonly refusal: PlaceOrderRefusal;
  constructor(refusal: PlaceOrderRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

type Settled<T> = { value: T } | { error: unknown };
/** Keeps an error for later: a repeat of a known key must not fail because another room does not answer now. */
const settled = <T>(promise: Promise<T>): Promise<Settled<T>> => promise.then((value) => ({ value }), (error: unknown) => ({ error }));

function readRequest(input: PlaceOrderInput, userId: string | null): Request {
  const problems = new Problems();
  const waitMs = input.waitMs ?? DEFAULT_WAIT_MS;
  if (waitMs < 0 || waitMs > MAX_WAIT_MS) problems.add('input.waitMs', `must be 0 to ${MAX_WAIT_MS}`);
  if (input.cartId && input.flashSaleTicketId) problems.add('input.flashSaleTicketId', 'must be absent when there is a cartId');
  if (!input.cartId && !input.flashSaleTicketId) problems.add('input.cartId', 'must be given, or a flashSaleTicketId');
  if (input.cartId && input.cartId.length > 128) problems.add('input.cartId', 'must have at most 128 characters');
  const request: Request = {
    cartId: input.cartId ?? null,
    ticketId: input.flashSaleTicketId ?? null,
    email: userId === null || input.email ? readEmail(problems, 'input.email', input.email) : null,
    address: readAddress(problems, 'input.shippingAddress', input.shippingAddress),
    shippingMethod: input.shippingMethod ?? null,
    payment: { provider: input.payment.provider, token: problems.text('input.payment.token', input.payment.token, MAX_TOKEN_LENGTH) },
    waitMs,
  };
  problems.throwIfAny();
  return request;
}

async function prepare({ deps }: Parts, request: Request, userId: string | null): Promise<{ refusal: PlaceOrderRefusal } | { draft: Draft; email: string }> {
  if (request.ticketId !== null) return { refusal: 'TICKET_UNKNOWN' };
  if (request.shippingMethod !== null && !SHIPPING_METHODS.includes(request.shippingMethod)) return { refusal: 'SHIPPING_METHOD_UNKNOWN' };
  const [draft, email] = await Promise.all([
    prepareOrder(deps, { cartId: request.cartId!, userId, countryCode: request.address.countryCode, asSeen: true }),
    request.email ?? emailOf(deps.asker, userId!),
  ]);
  return typeof draft === 'string' ? { refusal: draft } : { draft, email };
}

async function emailOf(asker: Parts['deps']['asker'], userId: string): Promise<string> {
  const [profile] = await asker.ask(userProfiles, { userIds: [userId] });
  if (!profile) throw new Fault('UNAUTHENTICATED', 'Your account is not there any more; sign in again.');
  return profile.email;
}

interface NewOrder {
  orderId: string;
  userId: string | null;
  language: Language;
  request: Request;
  draft: Draft;
  email: string;
}

async function writeOrder({ deps, tokenKey, sagas }: Parts, tx: Transaction, { orderId, userId, language, request, draft, email }: NewOrder): Promise<void> {
  const { ids, clock, shop, outbox } = deps;
  const nowMs = clock.nowMs();
  const { totals, lines, cartId } = draft;
  const sequence = await nextSequence(tx);
  await tx.execute(
    `insert into orders (id, sequence, order_number, user_id, cart_id, email, language, address, status, payment_status, payment_provider, currency,
       subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, captured_minor, refunded_minor, refunding_minor,
       cancel_requested, checkout_done, stuck, version, placed_ms, changed_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', 'NONE', ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 1, ?, ?)`,
    [
      orderId, sequence, orderNumber(sequence), userId, cartId, email, language, JSON.stringify(request.address), request.payment.provider, shop.currency,
      totals.subtotalMinor, totals.discountMinor, totals.shippingMinor, totals.taxMinor, totals.totalMinor, nowMs, nowMs,
    ],
  );
  await tx.execute(
    `insert into order_line (order_id, position, variant_id, product_id, sku, name_en, name_zh, quantity, refunded_quantity, unit_price_minor)
     values ${lines.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, 0, ?)').join(', ')}`,
    lines.flatMap((line, position) => [orderId, position, line.variantId, line.productId, line.sku, line.name.en, line.name.zh, line.quantity, line.unitPriceMinor]),
  );
  const units = lines.map(({ variantId, productId, quantity }) => ({ variantId, productId, quantity }));
  const placed = { orderId, userId, cartId: userId === null ? null : cartId, totalMinor: totals.totalMinor, currency: shop.currency, lines: units };
  await outbox.add(tx, { topic: 'gomall.orders.events', type: 'order.placed', version: 1, subject: orderId, data: placed });
  announce(tx, deps, orderId, 'moved');
  await deps.sagas.start(tx, sagas.placeOrder, orderId, {
    orderId, userId, number: orderNumber(sequence), cartId, lines: units, cartLineIds: Object.fromEntries(lines.map(({ variantId, lineId }) => [variantId, lineId])),
    totalMinor: totals.totalMinor, currency: shop.currency, provider: request.payment.provider,
    sealedToken: seal(ids, tokenKey, request.payment.token, orderId), payUntilMs: nowMs + PAY_WINDOW_MS, holdUntilMs: nowMs + HOLD_WINDOW_MS, authorised: false,
  });
}

/** Unique and without gaps but for rolled back orders: the counter's row is taken for the rest of the transaction. */
async function nextSequence(tx: Transaction): Promise<number> {
  await tx.execute(`update order_counter set value = value + 1 where name = 'order'`);
  const [row] = await tx.query<{ value: number }>(`select value from order_counter where name = 'order'`);
  return row!.value;
}
