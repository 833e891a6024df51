/**
 * What a provider's answer means for us: the call's row goes, the payment moves, the books get their entry, the asker its
 * reply and the others their event, all in one transaction. Whoever removes the call's row settles it; the same answer
 * by webhook, by a repeat or after an undo finds no row and changes nothing.
 */
import type { OutgoingMessage } from '#platform/bus/bus.ts';
import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { CALL_LEASE_MS, callById, captureKey, finishCall, insertCall, lockPayment, type Call, type PaymentRow } from './calls.ts';
import { posting, type EntryKind } from './ledger.ts';
import { after, refunded } from './payment.ts';
import type { AuthoriseAnswer, CaptureAnswer, RefundAnswer, VoidAnswer } from './providers/provider.ts';

export type SettleDeps = Pick<RoomDeps, 'outbox' | 'commands' | 'clock' | 'ids'>;

/** How much longer than the shopper the asker waits, so that our own "too late" comes first. */
const GRACE_MS = 30_000;
/** First look after a webhook that may have been lost. */
export const POLL_AFTER_MS = 15_000;

/** `refused` for a decline: what the shopper is told is made from `declineCode` by the asker. */
const declinedReply = (code: string): Reply => ({ outcome: 'refused', code: 'PAYMENT_DECLINED', message: 'The bank declined the payment.', data: { declineCode: code } });

export async function settleAuthorise(deps: SettleDeps, tx: Transaction, call: Call, answer: AuthoriseAnswer): Promise<void> {
  if (answer.outcome === 'action-required' || answer.outcome === 'pending') return waitForShopper(deps, tx, call, answer);
  if (!(await finishCall(tx, call.id))) return;
  if (answer.outcome === 'declined') return decline(deps, tx, call, answer.code, declinedReply(answer.code), answer.reference);
  await tx.execute(`update payment set status = 'AUTHORISED', reference = ?, token_sealed = null where id = ?`, [answer.reference, call.paymentId]);
  await book(deps, tx, 'AUTHORISE', call);
  await tell(deps, tx, 'payment.authorised', call.orderId, { orderId: call.orderId, paymentId: call.paymentId, amountMinor: call.amountMinor, currency: call.currency });
  await reply(deps, tx, call, { outcome: 'done', data: { paymentId: call.paymentId } });
}

async function waitForShopper(deps: SettleDeps, tx: Transaction, call: Call, answer: Extract<AuthoriseAnswer, { outcome: 'action-required' | 'pending' }>): Promise<void> {
  const pollMs = deps.clock.nowMs() + POLL_AFTER_MS;
  const { changed } = await tx.execute(`update provider_call set state = 'WAITING', attempts = 0, due_ms = ? where id = ? and state = 'DUE'`, [pollMs, call.id]);
  if (changed === 0) return;
  const status = answer.outcome === 'action-required' ? 'ACTION_REQUIRED' : 'PENDING';
  await tx.execute('update payment set status = ?, reference = ?, token_sealed = null where id = ?', [status, answer.reference, call.paymentId]);
  const data = answer.outcome === 'action-required' ? { actionUrl: answer.actionUrl, actionExpiresAtMs: call.expiresMs } : {};
  await reply(deps, tx, call, { outcome: 'waiting', untilMs: call.expiresMs + GRACE_MS, data });
}

/**
 * The room's patience is over: the provider did not come through, or the shopper did not act. Whether money was set
 * aside is not known, so a reversal follows.
 */
export async function giveUpAuthorise(deps: SettleDeps, tx: Transaction, call: Call): Promise<Call | null> {
  if (!(await finishCall(tx, call.id))) return null;
  if (call.state === 'WAITING') await decline(deps, tx, call, 'ACTION_EXPIRED', declinedReply('ACTION_EXPIRED'), null);
  else await decline(deps, tx, call, 'PROVIDER_UNAVAILABLE', { outcome: 'refused', code: 'PROVIDER_UNAVAILABLE', message: 'The payment provider does not answer.' }, null);
  return addCall(deps, tx, { ...call, id: `${call.paymentId}/void`, kind: 'VOID', commandKey: null });
}

async function decline(deps: SettleDeps, tx: Transaction, call: Call, code: string, answer: Reply, reference: string | null): Promise<void> {
  await tx.execute(`update payment set status = 'DECLINED', decline_code = ?, reference = coalesce(?, reference), token_sealed = null where id = ?`, [
    code, reference, call.paymentId,
  ]);
  await tell(deps, tx, 'payment.declined', call.orderId, { orderId: call.orderId, paymentId: call.paymentId, code });
  await reply(deps, tx, call, answer);
}

export async function settleCapture(deps: SettleDeps, tx: Transaction, call: Call, answer: CaptureAnswer): Promise<void> {
  if (!(await finishCall(tx, call.id))) return;
  if (answer.outcome === 'refused') {
    return reply(deps, tx, call, { outcome: 'refused', code: 'CAPTURE_REFUSED', message: `The provider refused to take the money: ${answer.code}.` });
  }
  await tx.execute(`update payment set status = 'CAPTURED', captured_minor = ? where id = ?`, [call.amountMinor, call.paymentId]);
  await book(deps, tx, 'CAPTURE', call);
  await tell(deps, tx, 'payment.captured', call.orderId, { orderId: call.orderId, paymentId: call.paymentId, amountMinor: call.amountMinor, currency: call.currency });
  await reply(deps, tx, call, { outcome: 'done', data: { paymentId: call.paymentId } });
}

/**
 * Answers the call that must follow: a refund when the money had been taken meanwhile, the same void while our own capture is
 * under way. `unknown-capture`: the provider took what our books never asked for, since they were restored from before that.
 */
export async function settleVoid(deps: SettleDeps, tx: Transaction, call: Call, answer: VoidAnswer): Promise<'settled' | 'ask-again' | 'unknown-capture' | Call> {
  const payment = await lockPayment(tx, call.paymentId);
  if (answer.outcome === 'refused') {
    if (payment.capturedMinor === 0) return (await callById(tx, captureKey(payment.id))) ? 'ask-again' : 'unknown-capture';
    if (!(await finishCall(tx, call.id))) return 'settled';
    return addRefund(deps, tx, payment, { amountMinor: payment.capturedMinor - payment.refundedMinor - payment.refundingMinor, refundId: `${call.paymentId}/undo`, commandKey: call.commandKey });
  }
  if (!(await finishCall(tx, call.id))) return 'settled';
  const status = after(payment.status, 'void');
  if (status) await tx.execute('update payment set status = ?, token_sealed = null where id = ?', [status, payment.id]);
  if (payment.status === 'AUTHORISED') {
    await book(deps, tx, 'VOID', call);
    await tell(deps, tx, 'payment.voided', call.orderId, { orderId: call.orderId, paymentId: call.paymentId, amountMinor: call.amountMinor, currency: call.currency });
  }
  await reply(deps, tx, call, { outcome: 'done' });
  return 'settled';
}

export async function settleRefund(deps: SettleDeps, tx: Transaction, call: Call, answer: RefundAnswer): Promise<void> {
  if (!(await finishCall(tx, call.id))) return;
  const payment = await lockPayment(tx, call.paymentId);
  if (answer.outcome === 'refused') {
    await tx.execute('update payment set refunding_minor = refunding_minor - ? where id = ?', [call.amountMinor, call.paymentId]);
    return reply(deps, tx, call, { outcome: 'refused', code: answer.code, message: `The provider refused to give the money back: ${answer.code}.` });
  }
  const next = refunded(payment, call.amountMinor);
  await tx.execute('update payment set status = ?, refunded_minor = ?, refunding_minor = ? where id = ?', [next.status, next.refundedMinor, next.refundingMinor, call.paymentId]);
  await book(deps, tx, 'REFUND', call);
  const refundId = call.refundId!;
  const { orderId, paymentId, amountMinor, currency } = call;
  await tell(deps, tx, 'payment.refunded', orderId, { orderId, paymentId, refundId, amountMinor, refundedMinor: next.refundedMinor, currency });
  await reply(deps, tx, call, { outcome: 'done', data: { refundId, refundedMinor: next.refundedMinor } });
}

/** Sets `amountMinor` aside for a refund and writes its call; the caller has locked the payment and checked the amount. */
export async function addRefund(
  deps: SettleDeps,
  tx: Transaction,
  payment: PaymentRow,
  refund: { amountMinor: number; refundId: string; commandKey: string | null },
): Promise<Call> {
  await tx.execute('update payment set refunding_minor = refunding_minor + ? where id = ?', [refund.amountMinor, payment.id]);
  return addCall(deps, tx, { ...callOf(payment), ...refund, id: `${payment.id}/refund/${refund.refundId}`, kind: 'REFUND' });
}

export type NewCall = Omit<Call, 'state' | 'attempts' | 'createdMs'>;

/** A call as its payment gives it, for the caller to complete. */
export const callOf = (payment: PaymentRow): Omit<NewCall, 'id' | 'kind' | 'commandKey'> => ({
  paymentId: payment.id,
  orderId: payment.orderId,
  provider: payment.provider,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  refundId: null,
  sealedToken: null,
  expiresMs: 0,
});

/** Writes the call; this process makes it right after the commit, another one takes it over when this one is gone. */
export async function addCall(deps: SettleDeps, tx: Transaction, parts: NewCall): Promise<Call> {
  const nowMs = deps.clock.nowMs();
  const call: Call = { ...parts, state: 'DUE', attempts: 0, createdMs: nowMs };
  await insertCall(tx, call, nowMs + CALL_LEASE_MS);
  return call;
}

async function book(deps: SettleDeps, tx: Transaction, kind: EntryKind, call: Call): Promise<void> {
  const { debit, credit } = posting(kind, call.provider);
  await tx.execute('insert into ledger_entry (id, payment_id, order_id, kind, debit, credit, amount_minor, currency, at_ms) values (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
    call.id, call.paymentId, call.orderId, kind, debit, credit, call.amountMinor, call.currency, deps.clock.nowMs(),
  ]);
}

async function tell(deps: SettleDeps, tx: Transaction, type: string, subject: string, data: OutgoingMessage['data']): Promise<void> {
  await deps.outbox.add(tx, { topic: 'gomall.payments.events', type, version: 1, subject, data });
}

/** Commands of this room have the order as their subject. */
async function reply(deps: SettleDeps, tx: Transaction, call: Call, answer: Reply): Promise<void> {
  if (call.commandKey !== null) await deps.commands.reply(tx, { key: call.commandKey, subject: call.orderId }, answer);
}
