/** Money on its way back to the shopper, as cancel and refund share it. */
import type { Transaction } from '#platform/database/database.ts';
import type { Ask, SagaStep } from '#platform/saga/saga.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { paymentAfterRefund } from '../order.ts';
import { addToTimeline, changeOrder, lockOrder } from '../order-rows.ts';

export type GivingBack = {
  orderId: string;
  userId: string | null;
  refundId: string;
  amountMinor: number;
  currency: string;
  reason: string;
};

/**
 * Decided, so only forward: a provider that does not answer is asked until it does, and an amount that was set aside for
 * this refund (`refunding_minor`) is never free for another one meanwhile.
 */
export const DECIDED: SagaStep<any> = { name: 'decided', pivot: true, ask: () => null, withinMs: 0 };

export const askRefund = ({ orderId, refundId, amountMinor, reason }: GivingBack): Ask | null =>
  amountMinor === 0 ? null : { room: 'payments', command: 'refund-payment', subject: orderId, input: { orderId, refundId, amountMinor, reason } };

/** Sets the amount aside; false when less than that is left. */
export async function reserveRefund(tx: Transaction, orderId: string, amountMinor: number): Promise<boolean> {
  const { changed } = await tx.execute(
    'update orders set refunding_minor = refunding_minor + ? where id = ? and refunded_minor + refunding_minor + ? <= captured_minor',
    [amountMinor, orderId, amountMinor],
  );
  return changed === 1;
}

/** The provider gave the money back: numbers, payment, time-line and event. */
export async function gaveBack({ outbox, live, clock }: Pick<RoomDeps, 'outbox' | 'live' | 'clock'>, tx: Transaction, refund: GivingBack): Promise<void> {
  const { orderId, userId, amountMinor, currency, refundId } = refund;
  const order = await lockOrder(tx, orderId);
  const refunded = order.refunded_minor + amountMinor;
  const columns = { refunded_minor: refunded, refunding_minor: order.refunding_minor - amountMinor, payment_status: paymentAfterRefund(order.captured_minor, refunded), stuck: 0 };
  await changeOrder(tx, { live, clock }, orderId, columns, 'settled');
  await tx.execute(`update order_refund set state = 'DONE' where id = ?`, [refundId]);
  await addToTimeline(tx, orderId, 'REFUNDED', clock.nowMs(), { amountMinor, currency }, refundId);
  await outbox.add(tx, { topic: 'gomall.orders.events', type: 'order.refunded', version: 1, subject: orderId, data: { orderId, userId, number: order.order_number, amountMinor, currency } });
}

/** Writes the refund down, for people and for `resumeSaga`. */
export async function insertRefund(tx: Transaction, refund: GivingBack, nowMs: number): Promise<void> {
  await tx.execute('insert into order_refund (id, order_id, amount_minor, reason, state, created_ms) values (?, ?, ?, ?, ?, ?)', [
    refund.refundId, refund.orderId, refund.amountMinor, refund.reason, 'PENDING', nowMs,
  ]);
}
