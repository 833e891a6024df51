/** What each step of the checkout means for the order: status, payment, time-line and events, in the saga's transaction. */
import type { Transaction } from '#platform/database/database.ts';
import type { SagaChange } from '#platform/saga/saga.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { addToTimeline, changeOrder, type OrderFailure, type OrderHint, type TimelineKind } from '../order-rows.ts';
import type { Checkout } from './place-order.ts';

export interface FollowParts {
  deps: Pick<RoomDeps, 'outbox' | 'live' | 'clock'>;
  /** Begins to take back an order that was called off after its pivot, if somebody asked for that. */
  cancelIfRequested(tx: Transaction, orderId: string): Promise<void>;
}

type Change<Kind extends SagaChange['kind']> = Extract<SagaChange, { kind: Kind }>;
type Columns = Record<string, string | number | null>;

export function followCheckout({ deps, cancelIfRequested }: FollowParts) {
  const { outbox, live, clock } = deps;

  const change = (tx: Transaction, checkout: Checkout, columns: Columns, hint?: OrderHint) => changeOrder(tx, { live, clock }, checkout.orderId, columns, hint);
  const note = (tx: Transaction, checkout: Checkout, kind: TimelineKind, detail?: Record<string, unknown>) => addToTimeline(tx, checkout.orderId, kind, clock.nowMs(), detail);
  const tell = async (tx: Transaction, checkout: Checkout, type: string, data: Record<string, unknown>) => {
    const { orderId, userId, number } = checkout;
    await outbox.add(tx, { topic: 'gomall.orders.events', type, version: 1, subject: orderId, data: { orderId, userId, ...(number !== undefined && { number }), ...data } });
  };

  async function stepDone(tx: Transaction, checkout: Checkout, { step, reply }: Change<'step-done'>): Promise<Partial<Checkout> | void> {
    switch (step) {
      case 'hold-stock':
        await change(tx, checkout, {});
        return note(tx, checkout, 'STOCK_HELD');
      case 'authorise-payment':
        if (!reply) return;
        await change(tx, checkout, { payment_status: 'AUTHORISED', action_url: null, action_expires_ms: null });
        await note(tx, checkout, 'AUTHORISED');
        return { sealedToken: null, authorised: true };
      case 'confirm-hold': {
        await change(tx, checkout, { status: 'CONFIRMED' }, 'confirmed');
        await note(tx, checkout, 'CONFIRMED');
        const { totalMinor, currency, lines } = checkout;
        return tell(tx, checkout, 'order.confirmed', { totalMinor, currency, lines });
      }
      case 'capture-payment':
        if (!reply) return;
        await change(tx, checkout, { payment_status: 'CAPTURED', captured_minor: checkout.totalMinor, stuck: 0 });
        return note(tx, checkout, 'CAPTURED');
    }
  }

  /** 3-D Secure gives an address to go to; a bank that only thinks gives none. */
  async function waiting(tx: Transaction, checkout: Checkout, { reply }: Change<'step-waiting'>): Promise<Partial<Checkout>> {
    const { actionUrl } = reply.data ?? {};
    if (typeof actionUrl === 'string') {
      await change(tx, checkout, { payment_status: 'ACTION_REQUIRED', action_url: actionUrl, action_expires_ms: checkout.payUntilMs }, 'action');
      await note(tx, checkout, 'ACTION_REQUIRED');
      await tell(tx, checkout, 'order.action-required', { untilMs: checkout.payUntilMs });
    }
    return { sealedToken: null };
  }

  async function refused(tx: Transaction, checkout: Checkout, { step, code, data }: Change<'step-refused'>): Promise<Partial<Checkout>> {
    const failure: OrderFailure = { code, ...(data && { data }) };
    const declined = step === 'authorise-payment' && code === 'PAYMENT_DECLINED';
    await change(tx, checkout, { failure: JSON.stringify(failure), action_url: null, action_expires_ms: null, ...(declined && { payment_status: 'DECLINED' }) });
    if (declined) await note(tx, checkout, 'DECLINED', data);
    return { sealedToken: null };
  }

  /** A refusal has left its reason already; somebody who called the order off leaves it now. */
  async function undoing(tx: Transaction, checkout: Checkout, { reason }: Change<'undoing'>): Promise<Partial<Checkout>> {
    await tx.execute('update orders set failure = ? where id = ? and failure is null', [JSON.stringify({ code: reason.code } satisfies OrderFailure), checkout.orderId]);
    await change(tx, checkout, { action_url: null, action_expires_ms: null });
    return { sealedToken: null };
  }

  async function undone(tx: Transaction, checkout: Checkout): Promise<void> {
    await tx.execute(`update orders set payment_status = 'VOIDED' where id = ? and payment_status in ('AUTHORISED', 'ACTION_REQUIRED')`, [checkout.orderId]);
    await change(tx, checkout, { status: 'CANCELLED', stuck: 0 }, 'settled');
    if (checkout.authorised) await note(tx, checkout, 'VOIDED');
    const [row] = await tx.query<{ failure: string }>('select failure from orders where id = ?', [checkout.orderId]);
    const { code } = JSON.parse(row!.failure) as OrderFailure;
    await note(tx, checkout, 'CANCELLED', { code });
    await tell(tx, checkout, 'order.cancelled', { code, confirmed: false });
  }

  return async (tx: Transaction, _sagaId: string, checkout: Checkout, what: SagaChange): Promise<Partial<Checkout> | void> => {
    switch (what.kind) {
      case 'step-done':
        return stepDone(tx, checkout, what);
      case 'step-waiting':
        return waiting(tx, checkout, what);
      case 'step-refused':
        return refused(tx, checkout, what);
      case 'undoing':
        return undoing(tx, checkout, what);
      case 'undone':
        return undone(tx, checkout);
      case 'done':
        await change(tx, checkout, { checkout_done: 1, stuck: 0 }, 'settled');
        return cancelIfRequested(tx, checkout.orderId);
      case 'stuck':
        return change(tx, checkout, { stuck: 1 });
    }
  };
}
