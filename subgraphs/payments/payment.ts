/** A payment's life as a table, and what a void or a refund means in each state. Plain data, no engine. */
export type PaymentStatus = 'PENDING' | 'ACTION_REQUIRED' | 'AUTHORISED' | 'CAPTURED' | 'DECLINED' | 'VOIDED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
export type PaymentMove = 'wait' | 'authorise' | 'decline' | 'void' | 'capture' | 'refund-part' | 'refund-rest';

const TABLE: Record<PaymentStatus, Partial<Record<PaymentMove, PaymentStatus>>> = {
  PENDING: { wait: 'ACTION_REQUIRED', authorise: 'AUTHORISED', decline: 'DECLINED', void: 'VOIDED' },
  ACTION_REQUIRED: { authorise: 'AUTHORISED', decline: 'DECLINED', void: 'VOIDED' },
  AUTHORISED: { capture: 'CAPTURED', void: 'VOIDED' },
  CAPTURED: { 'refund-part': 'PARTIALLY_REFUNDED', 'refund-rest': 'REFUNDED' },
  PARTIALLY_REFUNDED: { 'refund-part': 'PARTIALLY_REFUNDED', 'refund-rest': 'REFUNDED' },
  DECLINED: {},
  VOIDED: {},
  REFUNDED: {},
};

/** The state after the move, or null where the table has none. */
export const after = (status: PaymentStatus, move: PaymentMove): PaymentStatus | null => TABLE[status][move] ?? null;

export interface PaymentMoney {
  status: PaymentStatus;
  capturedMinor: number;
  refundedMinor: number;
  /** Refunds that the provider was asked for and has not answered. */
  refundingMinor: number;
}

/** What can still be given back. */
export const refundableMinor = (payment: PaymentMoney): number => payment.capturedMinor - payment.refundedMinor - payment.refundingMinor;

/** How a payment is undone: nothing to do, let go what is set aside, or give back what was taken. */
export function undoing(payment: PaymentMoney): { how: 'nothing' } | { how: 'void' } | { how: 'refund'; amountMinor: number } {
  if (after(payment.status, 'void')) return { how: 'void' };
  const amountMinor = refundableMinor(payment);
  return amountMinor > 0 ? { how: 'refund', amountMinor } : { how: 'nothing' };
}

/** The numbers and the state after the provider gave back `amountMinor` of what was in flight. */
export function refunded(payment: PaymentMoney, amountMinor: number): PaymentMoney {
  const refundedMinor = payment.refundedMinor + amountMinor;
  const status = after(payment.status, refundedMinor >= payment.capturedMinor ? 'refund-rest' : 'refund-part');
  if (!status || refundedMinor > payment.capturedMinor) throw new Error(`a refund of ${amountMinor} does not fit a payment in ${payment.status}`);
  return { ...payment, status, refundedMinor, refundingMinor: payment.refundingMinor - amountMinor };
}
