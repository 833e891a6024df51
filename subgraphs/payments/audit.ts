/** Checks the room's books against themselves and against the provider's; run after a crash test and by hand. */
import type { Reader } from '#platform/database/database.ts';
import { posting, type EntryKind } from './ledger.ts';
import type { OrderMoney } from './providers/sandbox-books.ts';

export type { OrderMoney } from './providers/sandbox-books.ts';
export { readSandboxBooks } from './providers/sandbox-books.ts';

export interface PaymentAudit {
  /** Sentences, each a contradiction that was found; none is good. */
  problems: string[];
  /** What the ledger says of each order, for the orders room to compare. */
  byOrder: Map<string, OrderMoney>;
  /** Calls that have not been settled: while there are any, sums may still move. */
  openCalls: number;
}

/**
 * Money in equals money out and held: each payment's columns follow from its ledger entries, entries only move between
 * the accounts their kind names, and where the provider's books are given they say the same, order by order.
 */
export async function auditPayments(database: Reader, providerBooks?: Map<string, OrderMoney>): Promise<PaymentAudit> {
  const problems: string[] = [];
  const payments = await database.query<{ id: string; orderId: string; provider: string; status: string; amount: number; captured: number; refunded: number; refunding: number; token: string | null }>(
    `select id, order_id as orderId, provider, status, amount_minor as amount, captured_minor as captured, refunded_minor as refunded, refunding_minor as refunding, token_sealed as token from payment`,
  );
  const entries = await database.query<{ paymentId: string; kind: EntryKind; debit: string; credit: string; amount: number }>(
    'select payment_id as paymentId, kind, debit, credit, sum(amount_minor) as amount from ledger_entry group by payment_id, kind, debit, credit',
  );
  const [open] = await database.query<{ n: number }>('select count(*) as n from provider_call');
  const byPayment = Map.groupBy(entries, (entry) => entry.paymentId);
  const byOrder = new Map<string, OrderMoney>();
  for (const payment of payments) {
    const sum = { AUTHORISE: 0, CAPTURE: 0, VOID: 0, REFUND: 0 };
    for (const entry of byPayment.get(payment.id) ?? []) {
      const expected = posting(entry.kind, payment.provider);
      if (entry.debit !== expected.debit || entry.credit !== expected.credit) problems.push(`payment ${payment.id}: ${entry.kind} between ${entry.debit} and ${entry.credit}`);
      sum[entry.kind] += Number(entry.amount);
    }
    byPayment.delete(payment.id);
    const money = { heldMinor: sum.AUTHORISE - sum.CAPTURE - sum.VOID, capturedMinor: sum.CAPTURE, refundedMinor: sum.REFUND };
    const say = (text: string) => problems.push(`payment ${payment.id} of order ${payment.orderId} (${payment.status}): ${text}`);
    if (money.heldMinor !== (payment.status === 'AUTHORISED' ? payment.amount : 0)) say(`${money.heldMinor} is held in the books`);
    if (money.capturedMinor !== payment.captured) say(`took ${payment.captured}, the books say ${money.capturedMinor}`);
    if (money.refundedMinor !== payment.refunded) say(`gave back ${payment.refunded}, the books say ${money.refundedMinor}`);
    if (money.refundedMinor > money.capturedMinor) say('gave back more than it took');
    if (payment.refunding < 0 || payment.refunded + payment.refunding > payment.captured) say(`refunds under way are ${payment.refunding}`);
    if (payment.token !== null && payment.status !== 'PENDING') say('its token was not wiped');
    byOrder.set(payment.orderId, add(byOrder.get(payment.orderId), money));
  }
  for (const id of byPayment.keys()) problems.push(`the books name the payment ${id}, which is not there`);
  if (providerBooks) problems.push(...compare(byOrder, providerBooks));
  return { problems, byOrder, openCalls: open!.n };
}

const NOTHING: OrderMoney = { heldMinor: 0, capturedMinor: 0, refundedMinor: 0 };
const add = (a: OrderMoney = NOTHING, b: OrderMoney): OrderMoney => ({
  heldMinor: a.heldMinor + b.heldMinor,
  capturedMinor: a.capturedMinor + b.capturedMinor,
  refundedMinor: a.refundedMinor + b.refundedMinor,
});

function compare(ours: Map<string, OrderMoney>, theirs: Map<string, OrderMoney>): string[] {
  const problems: string[] = [];
  for (const orderId of new Set([...ours.keys(), ...theirs.keys()])) {
    const mine = ours.get(orderId) ?? NOTHING;
    const other = theirs.get(orderId) ?? NOTHING;
    for (const field of ['heldMinor', 'capturedMinor', 'refundedMinor'] as const) {
      if (mine[field] !== other[field]) problems.push(`order ${orderId}: ${field} is ${mine[field]} in our books and ${other[field]} in the provider's`);
    }
  }
  return problems;
}
