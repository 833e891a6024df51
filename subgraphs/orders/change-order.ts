/** What the mutations on an order that is there have in common: find it for this caller, once a key, then read it anew. */
import { Fault } from '#platform/errors.ts';
import type { Transaction } from '#platform/database/database.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import { accessTo, type Access } from './access.ts';
import { orderById, type OrderRow } from './order-rows.ts';
import type { Parts } from './parts.ts';

export type ChangeRefusal = 'NOT_CANCELLABLE' | 'NOT_SHIPPABLE' | 'NOT_DELIVERABLE' | 'NOT_REFUNDABLE' | 'REFUND_TOO_LARGE' | 'NOT_STUCK';
export type ChangeAnswer = { refusal: ChangeRefusal; order: OrderRow; access: Access } | { refusal: null; order: OrderRow; access: Access };

/** The order with what this caller is to it. Throws NOT_FOUND, also for one that is somebody else's. */
export async function orderFor(parts: Parts, context: RequestContext, id: string, guestToken?: string | null, write = false): Promise<{ order: OrderRow; access: Access }> {
  const order = await orderById(parts.deps.database, id);
  const access = order && accessTo(parts.keys, order, context, guestToken, write ? 'orders:write' : 'orders:read');
  if (!order || !access) throw new Fault('NOT_FOUND', 'There is no such order, or it is not yours to see.');
  return { order, access };
}

export interface OrderChange {
  operation: string;
  orderId: string;
  idempotencyKey: string;
  /** What the key stands for. */
  input: unknown;
}

/**
 * Runs `work` once a key; its refusal, or null, is kept with the key. Rows are locked in one order everywhere: first the
 * saga's, then the order's.
 */
export async function changeOnce(
  { deps }: Parts,
  context: RequestContext,
  { operation, orderId, idempotencyKey, input }: OrderChange,
  work: (tx: Transaction) => Promise<ChangeRefusal | null>,
): Promise<ChangeRefusal | null> {
  const scope = context.identity ? `user:${context.identity.userId}` : `order:${orderId}`;
  const { outcome } = await deps.idempotency.run({ operation, scope, key: idempotencyKey, input }, async (tx) => ({
    refusal: await work(tx),
  }));
  return outcome.refusal;
}
