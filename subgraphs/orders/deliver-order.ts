/** Notes that the parcel has arrived: the end of an order's way. */
import type { RequestContext } from '#platform/subgraph/context.ts';
import { changeOnce, orderFor, type ChangeAnswer } from './change-order.ts';
import { after } from './order.ts';
import { addToTimeline, changeOrder, lockOrder, orderById } from './order-rows.ts';
import type { Parts } from './parts.ts';

export interface DeliverOrderInput {
  orderId: string;
  idempotencyKey: string;
}

export async function deliverOrder(parts: Parts, context: RequestContext, input: DeliverOrderInput): Promise<ChangeAnswer> {
  const { outbox, live, clock, database } = parts.deps;
  const { orderId, idempotencyKey } = input;
  const { access } = await orderFor(parts, context, orderId, null, true);
  const refusal = await changeOnce(parts, context, { operation: 'deliverOrder', orderId, idempotencyKey, input: { orderId } }, async (tx) => {
    const order = await lockOrder(tx, orderId);
    const status = after(order.status, 'deliver');
    if (!status) return 'NOT_DELIVERABLE';
    await changeOrder(tx, { live, clock }, order.id, { status }, 'settled');
    await addToTimeline(tx, order.id, 'DELIVERED', clock.nowMs());
    await outbox.add(tx, { topic: 'gomall.orders.events', type: 'order.delivered', version: 1, subject: order.id, data: { orderId: order.id, userId: order.user_id, number: order.order_number } });
    return null;
  });
  return { refusal, order: (await orderById(database, orderId))!, access };
}
