/** Rows of `provider_call`: what is still to be said to a provider, written in the transaction that decides it. */
import type { Reader, Transaction } from '#platform/database/database.ts';
import type { PaymentStatus } from './payment.ts';

export type CallKind = 'AUTHORISE' | 'CAPTURE' | 'VOID' | 'REFUND';

/** A call with what its payment adds to it. */
export interface Call {
  /** The provider's idempotency key. */
  id: string;
  paymentId: string;
  orderId: string;
  provider: string;
  kind: CallKind;
  /** DUE: to be made. WAITING: made; the provider tells later how it ended. */
  state: 'DUE' | 'WAITING';
  amountMinor: number;
  currency: string;
  refundId: string | null;
  /** Whom to answer; null when nobody waits. */
  commandKey: string | null;
  sealedToken: string | null;
  attempts: number;
  createdMs: number;
  /** Until when the shopper may act (AUTHORISE). */
  expiresMs: number;
}

/** The process that writes a call makes it at once; another takes it over after this long. */
export const CALL_LEASE_MS = 20_000;

export const authorisationKey = (paymentId: string): string => `${paymentId}/authorise`;
export const captureKey = (paymentId: string): string => `${paymentId}/capture`;

export async function insertCall(tx: Transaction, call: Call, dueMs: number): Promise<void> {
  await tx.execute(
    `insert into provider_call (id, payment_id, kind, state, amount_minor, refund_id, command_key, attempts, due_ms, created_ms, expires_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [call.id, call.paymentId, call.kind, call.state, call.amountMinor, call.refundId, call.commandKey, call.attempts, dueMs, call.createdMs, call.expiresMs],
  );
}

/** True for the one who settles the call: its answer counts, every other one is late. */
export async function finishCall(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.execute('delete from provider_call where id = ?', [id])).changed === 1;
}

const COLUMNS = `c.id as id, c.payment_id as paymentId, p.order_id as orderId, p.provider as provider, c.kind as kind, c.state as state,
  c.amount_minor as amountMinor, p.currency as currency, c.refund_id as refundId, c.command_key as commandKey,
  p.token_sealed as sealedToken, c.attempts as attempts, c.created_ms as createdMs, c.expires_ms as expiresMs`;

export async function callById(reader: Reader, id: string): Promise<Call | null> {
  const rows = await reader.query<Call>(`select ${COLUMNS} from provider_call c join payment p on p.id = c.payment_id where c.id = ?`, [id]);
  return rows[0] ?? null;
}

export const dueCalls = (reader: Reader, nowMs: number, limit: number): Promise<Call[]> =>
  reader.query<Call>(
    `select ${COLUMNS} from provider_call c join payment p on p.id = c.payment_id where c.due_ms <= ? order by c.due_ms limit ${limit}`,
    [nowMs],
  );

export interface PaymentRow {
  id: string;
  orderId: string;
  provider: string;
  status: PaymentStatus;
  amountMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  refundingMinor: number;
  currency: string;
  reference: string | null;
}

const PAYMENT_COLUMNS = `id, order_id as orderId, provider, status, amount_minor as amountMinor, captured_minor as capturedMinor,
  refunded_minor as refundedMinor, refunding_minor as refundingMinor, currency, reference`;

/** The order's latest payment, locked where rows are locked. */
export async function lockPaymentOfOrder(tx: Transaction, orderId: string): Promise<PaymentRow | null> {
  const rows = await tx.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from payment where order_id = ? order by created_ms desc limit 1${tx.forUpdate}`,
    [orderId],
  );
  return rows[0] ?? null;
}

export async function lockPayment(tx: Transaction, id: string): Promise<PaymentRow> {
  const rows = await tx.query<PaymentRow>(`select ${PAYMENT_COLUMNS} from payment where id = ?${tx.forUpdate}`, [id]);
  if (!rows[0]) throw new Error(`there is no payment ${id}`);
  return rows[0];
}

export const paymentsOfOrders = (reader: Reader, orderIds: readonly string[], marks: string): Promise<PaymentRow[]> =>
  reader.query<PaymentRow>(`select ${PAYMENT_COLUMNS} from payment where order_id in (${marks}) order by created_ms`, orderIds);
