/** A refund by hand: the amount was set aside when it was decided, so there is one step, and it only goes forward. */
import type { SagaDefinition } from '#platform/saga/saga.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { changeOrder } from '../order-rows.ts';
import { askRefund, DECIDED, gaveBack, type GivingBack } from './give-back.ts';

export type RefundOrderSaga = SagaDefinition<GivingBack & Record<string, unknown>>;

export const refundOrderSaga = (deps: Pick<RoomDeps, 'outbox' | 'live' | 'clock'>): RefundOrderSaga => ({
  name: 'refund-order',
  steps: [DECIDED, { name: 'refund-payment', ask: askRefund, withinMs: 60_000 }],
  async onChange(tx, _sagaId, refund, change) {
    if (change.kind === 'step-done' && change.step === 'refund-payment') await gaveBack(deps, tx, refund);
    if (change.kind === 'stuck') await changeOrder(tx, deps, refund.orderId, { stuck: 1 });
  },
});
