/**
 * Calling off an order after its pivot, before it is shipped: what is left of the money goes back, then the goods come
 * back on hand. It starts when the checkout has come to its end, so that nothing is taken after it was given back, and
 * only goes forward. The order is CANCELLED when nothing is owed.
 */
import type { Transaction } from '#platform/database/database.ts';
import { derivedUuid } from '#platform/ids/derived.ts';
import type { SagaDefinition } from '#platform/saga/saga.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { refundableMinor } from '../order.ts';
import { addToTimeline, changeOrder, factsOf, failureOf, linesOf, lockOrder } from '../order-rows.ts';
import { askRefund, DECIDED, gaveBack, insertRefund, reserveRefund, type GivingBack } from './give-back.ts';

type Cancelling = GivingBack & { code: string; lines: { variantId: string; quantity: number }[] };
export type CancelOrderSaga = SagaDefinition<Cancelling>;

export const cancelSagaId = (orderId: string): string => `${orderId}:cancel`;

export const cancelOrderSaga = ({ outbox, live, clock }: Pick<RoomDeps, 'outbox' | 'live' | 'clock'>): CancelOrderSaga => ({
  name: 'cancel-order',
  steps: [
    DECIDED,
    { name: 'refund-payment', ask: askRefund, withinMs: 60_000 },
    {
      name: 'return-stock',
      ask: ({ orderId, lines }) => ({ room: 'inventory', command: 'return-stock', subject: orderId, input: { orderId, lines } }),
      withinMs: 30_000,
    },
  ],
  async onChange(tx, _sagaId, cancelling, change) {
    const { orderId, userId, code } = cancelling;
    if (change.kind === 'step-done' && change.step === 'refund-payment' && change.reply) await gaveBack({ outbox, live, clock }, tx, cancelling);
    if (change.kind === 'stuck') await changeOrder(tx, { live, clock }, orderId, { stuck: 1 });
    if (change.kind !== 'done') return;
    await changeOrder(tx, { live, clock }, orderId, { status: 'CANCELLED', stuck: 0 }, 'settled');
    const { order_number: number } = await lockOrder(tx, orderId);
    await addToTimeline(tx, orderId, 'CANCELLED', clock.nowMs(), { code });
    await outbox.add(tx, { topic: 'gomall.orders.events', type: 'order.cancelled', version: 1, subject: orderId, data: { orderId, userId, number, code, confirmed: true } });
  },
});

/** Begins it, when it was asked for and the checkout has ended; refunds under way are not given back twice. */
export async function beginCancelling(deps: Pick<RoomDeps, 'sagas' | 'clock'>, saga: CancelOrderSaga, tx: Transaction, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (order.cancel_requested === 0 || order.checkout_done === 0 || order.status !== 'CONFIRMED') return;
  const amountMinor = refundableMinor(factsOf(order));
  const code = failureOf(order)?.code ?? 'CANCELLED';
  // An order is called off once: a shop that was brought back to a time before it gives the same refund.
  const refundId = derivedUuid(`refund/${cancelSagaId(orderId)}`);
  const refund: GivingBack = { orderId, userId: order.user_id, refundId, amountMinor, currency: order.currency, reason: code };
  if (amountMinor > 0) {
    if (!(await reserveRefund(tx, orderId, amountMinor))) throw new Error(`${amountMinor} of order ${orderId} could not be set aside`);
    await insertRefund(tx, refund, deps.clock.nowMs());
  }
  const lines = (await linesOf(tx, [orderId])).map((line) => ({ variantId: line.variant_id, quantity: line.quantity }));
  await deps.sagas.start(tx, saga, cancelSagaId(orderId), { ...refund, code, lines });
}
