/**
 * Calls an order off. Before the pivot the checkout turns back; after it, until the parcel leaves, money and goods are
 * brought back by a saga of their own. The saga's row decides which, so there is no moment between them.
 */
import type { RequestContext } from '#platform/subgraph/context.ts';
import { Problems } from './address.ts';
import { changeOnce, orderFor, type ChangeAnswer } from './change-order.ts';
import { cancellable } from './order.ts';
import { changeOrder, factsOf, lockOrder, orderById, type OrderRow } from './order-rows.ts';
import { watchOrder } from './outcome.ts';
import type { Parts } from './parts.ts';
import { beginCancelling } from './sagas/cancel-order.ts';

export interface CancelOrderInput {
  id: string;
  guestToken?: string | null;
  reason?: string | null;
  idempotencyKey: string;
}

/** How long the answer waits for the order to be called off. */
const CANCEL_WAIT_MS = 3_000;

export async function cancelOrder(parts: Parts, context: RequestContext, input: CancelOrderInput): Promise<ChangeAnswer> {
  const { deps } = parts;
  const problems = new Problems();
  const reason = problems.optionalText('input.reason', input.reason, 500);
  problems.throwIfAny();
  const { access, order } = await orderFor(parts, context, input.id, input.guestToken, true);
  const watch = watchOrder(deps, order.id, context.signal);
  try {
    const code = access === 'staff' ? 'CANCELLED_BY_SHOP' : 'CANCELLED_BY_SHOPPER';
    const request = { operation: 'cancelOrder', orderId: order.id, idempotencyKey: input.idempotencyKey, input: { id: input.id, reason } };
    const refusal = await changeOnce(parts, context, request, async (tx) => {
      if (await deps.sagas.cancel(tx, order.id, { code, message: reason ?? 'Called off.' })) return null;
      const row = await lockOrder(tx, order.id);
      if (!cancellable(factsOf(row))) return 'NOT_CANCELLABLE';
      // The checkout is turning back already: the order will be called off all the same.
      if (row.status === 'PENDING') return null;
      await changeOrder(tx, deps, row.id, { cancel_requested: 1, failure: JSON.stringify({ code }) });
      await beginCancelling(deps, parts.sagas.cancelOrder, tx, row.id);
      return null;
    });
    if (refusal) return { refusal, order: (await orderById(deps.database, order.id))!, access };
    return { refusal: null, order: await watch.outcome(CANCEL_WAIT_MS, isCancelled, true), access };
  } finally {
    watch.end();
  }
}

const isCancelled = (row: OrderRow): boolean => row.status === 'CANCELLED';
