/** Hands an order to a carrier: from then on it cannot be called off. */
import type { RequestContext } from '#platform/subgraph/context.ts';
import { Problems } from './address.ts';
import { changeOnce, orderFor, type ChangeAnswer } from './change-order.ts';
import { shippable } from './order.ts';
import { addToTimeline, changeOrder, factsOf, lockOrder, orderById } from './order-rows.ts';
import type { Parts } from './parts.ts';

export interface ShipOrderInput {
  orderId: string;
  carrier: string;
  trackingNumber: string;
  idempotencyKey: string;
}

export async function shipOrder(parts: Parts, context: RequestContext, input: ShipOrderInput): Promise<ChangeAnswer> {
  const { outbox, live, clock, database } = parts.deps;
  const problems = new Problems();
  const carrier = problems.text('input.carrier', input.carrier, 80);
  const trackingNumber = problems.text('input.trackingNumber', input.trackingNumber, 80);
  problems.throwIfAny();
  const { access } = await orderFor(parts, context, input.orderId, null, true);
  const request = { operation: 'shipOrder', orderId: input.orderId, idempotencyKey: input.idempotencyKey, input: { orderId: input.orderId, carrier, trackingNumber } };
  const refusal = await changeOnce(parts, context, request, async (tx) => {
    const order = await lockOrder(tx, input.orderId);
    if (!shippable(factsOf(order))) return 'NOT_SHIPPABLE';
    const nowMs = clock.nowMs();
    await changeOrder(tx, { live, clock }, order.id, { status: 'SHIPPED', carrier, tracking_number: trackingNumber, shipped_ms: nowMs }, 'settled');
    await addToTimeline(tx, order.id, 'SHIPPED', nowMs, { carrier, trackingNumber });
    const data = { orderId: order.id, userId: order.user_id, number: order.order_number, carrier, trackingNumber };
    await outbox.add(tx, { topic: 'gomall.orders.events', type: 'order.shipped', version: 1, subject: order.id, data });
    return null;
  });
  return { refusal, order: (await orderById(database, input.orderId))!, access };
}
