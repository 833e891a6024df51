/**
 * Gives money back: an amount, units of lines, or all that is left. The amount is set aside by one conditional statement
 * in the transaction that begins the saga, so that two refunds together never pass what was taken.
 */
import type { Transaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import { Problems } from './address.ts';
import { changeOnce, orderFor, type ChangeAnswer, type ChangeRefusal } from './change-order.ts';
import { refundable, refundableMinor } from './order.ts';
import { changeOrder, factsOf, lineId, linesOf, lockOrder, orderById, refundLine, totalsOfRow, type LineRow, type OrderRow } from './order-rows.ts';
import { watchOrder } from './outcome.ts';
import type { Parts } from './parts.ts';
import { insertRefund, reserveRefund, type GivingBack } from './sagas/give-back.ts';
import { refundOfUnits } from './totals.ts';

export interface RefundOrderInput {
  orderId: string;
  amount?: { amountMinor: number; currency: string } | null;
  lines?: { lineId: string; quantity: number }[] | null;
  reason?: string | null;
  idempotencyKey: string;
}

/** How long the answer waits for the provider. */
const REFUND_WAIT_MS = 3_000;
const MAX_LINES = 100;

export async function refundOrder(parts: Parts, context: RequestContext, input: RefundOrderInput): Promise<ChangeAnswer> {
  const { deps } = parts;
  const reason = check(input);
  const { access, order } = await orderFor(parts, context, input.orderId, null, true);
  if (input.amount && input.amount.currency !== order.currency) throw invalidInput('input.amount.currency', `must be ${order.currency}`);
  const watch = watchOrder(deps, order.id, context.signal);
  try {
    const { idempotencyKey, ...asked } = input;
    const request = { operation: 'refundOrder', orderId: order.id, idempotencyKey, input: asked };
    const refusal = await changeOnce(parts, context, request, async (tx) => decide(parts, tx, await lockOrder(tx, order.id), input, reason));
    if (refusal) return { refusal, order: (await orderById(deps.database, order.id))!, access };
    return { refusal: null, order: await watch.outcome(REFUND_WAIT_MS, nothingUnderWay, true), access };
  } finally {
    watch.end();
  }
}

const nothingUnderWay = (row: OrderRow): boolean => row.refunding_minor === 0;

/** The reason; throws INVALID_INPUT naming the field. */
function check({ amount, lines, reason }: RefundOrderInput): string {
  const problems = new Problems();
  if (amount && lines) problems.add('input.lines', 'must be absent when there is an amount');
  if (amount && amount.amountMinor < 1) problems.add('input.amount.amountMinor', 'must be at least 1');
  if (lines?.length === 0) problems.add('input.lines', 'must name at least one line, or be absent');
  if (lines && lines.length > MAX_LINES) problems.add('input.lines', `must name at most ${MAX_LINES} lines`);
  for (const [index, line] of (lines ?? []).slice(0, MAX_LINES).entries()) {
    if (line.quantity < 1) problems.add(`input.lines.${index}.quantity`, 'must be at least 1');
    if (lines!.findIndex((other) => other.lineId === line.lineId) < index) problems.add(`input.lines.${index}.lineId`, 'must be named once');
  }
  const text = problems.optionalText('input.reason', reason, 500);
  problems.throwIfAny();
  return text ?? '';
}

async function decide({ deps, sagas }: Parts, tx: Transaction, order: OrderRow, input: RefundOrderInput, reason: string): Promise<ChangeRefusal | null> {
  const facts = factsOf(order);
  if (!refundable(facts)) return 'NOT_REFUNDABLE';
  const lines = input.lines ? await linesOf(tx, [order.id]) : [];
  const chosen = new Map((input.lines ?? []).map((line) => [line.lineId, line.quantity]));
  for (const [index, { lineId: id }] of (input.lines ?? []).entries()) {
    if (!lines.some((line) => lineId(line) === id)) throw invalidInput(`input.lines.${index}.lineId`, 'is no line of this order');
  }
  const amountMinor = input.amount ? input.amount.amountMinor : input.lines ? refundOfUnits(lines.map(refundLine), totalsOfRow(order), chosen) : refundableMinor(facts);
  if (amountMinor === null || amountMinor === 0 || !(await reserveRefund(tx, order.id, amountMinor))) return 'REFUND_TOO_LARGE';
  for (const line of lines) await markRefunded(tx, line, chosen.get(lineId(line)) ?? 0);
  const refund: GivingBack = { orderId: order.id, userId: order.user_id, refundId: deps.ids.uuid(), amountMinor, currency: order.currency, reason };
  await insertRefund(tx, refund, deps.clock.nowMs());
  await changeOrder(tx, deps, order.id, {});
  await deps.sagas.start(tx, sagas.refundOrder, refund.refundId, { ...refund });
  return null;
}

async function markRefunded(tx: Transaction, line: LineRow, quantity: number): Promise<void> {
  if (quantity === 0) return;
  await tx.execute('update order_line set refunded_quantity = refunded_quantity + ? where order_id = ? and position = ?', [quantity, line.order_id, line.position]);
}
