/** Lets whatever is stuck about an order try its step again: the checkout, the calling off, a refund. */
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import { changeOrder, orderById } from './order-rows.ts';
import { orderFor, type ChangeAnswer } from './change-order.ts';
import type { Parts } from './parts.ts';
import { cancelSagaId } from './sagas/cancel-order.ts';

/** Refunds of one order that are under way at once. */
const MAX_REFUNDS = 100;

export async function resumeSaga(parts: Parts, context: RequestContext, orderId: string): Promise<ChangeAnswer> {
  requireScope(context, 'operations:run');
  const { database, sagas, live, clock } = parts.deps;
  const { access } = await orderFor(parts, context, orderId);
  const refunds = await database.query<{ id: string }>(`select id from order_refund where order_id = ? and state = 'PENDING' order by created_ms limit ${MAX_REFUNDS}`, [orderId]);
  let resumed = false;
  for (const sagaId of [orderId, cancelSagaId(orderId), ...refunds.map(({ id }) => id)]) resumed = (await sagas.resume(sagaId)) || resumed;
  if (resumed) await database.transaction((tx) => changeOrder(tx, { live, clock }, orderId, { stuck: 0 }));
  return { refusal: resumed ? null : 'NOT_STUCK', order: (await orderById(database, orderId))!, access };
}
