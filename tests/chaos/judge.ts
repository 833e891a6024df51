/** Holds the history of those outside against what became of their orders. To be run when the mall has come to rest. */
import { digest } from '#platform/idempotency/canonical.ts';
import type { Entry } from './history.ts';
import { FORESEEN } from './insist.ts';
import { stateOf } from './watching.ts';

/** How an order ended, as the orders room has written down. */
export interface OrderEnd {
  status: string;
  payment: string;
  /** The code of why it was called off; null when it was not. */
  failure: string | null;
  refundedMinor: number;
}

export interface Ends {
  orders: ReadonlyMap<string, OrderEnd>;
  /** The order of each key of placeOrder, by the key's row. */
  orderOfRow: ReadonlyMap<string, string>;
}

type Say = (problem: string) => void;

/** Refusals that a shop may answer with, by what was asked; any other one is wrong here. */
const REFUSALS: Partial<Record<Entry['op'], readonly string[]>> = {
  fill: ['OUT_OF_STOCK'],
  // An order that was written and called off before the answer came.
  place: ['OUT_OF_STOCK', 'ORDER_CANCELLED', 'PROVIDER_UNAVAILABLE'],
  cancel: ['NOT_CANCELLABLE'],
};
/** Why an order may end called off that nobody has called off: stock, a bank, or time that ran out. */
const FAILURES = ['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'PROVIDER_UNAVAILABLE', 'HOLD_EXPIRED', 'TIMED_OUT'];
const DECLINED_TOKENS = ['pm_declined', 'pm_insufficient_funds'];

/** An order only goes on, never back. */
const STATUS_ORDER = ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'];
const PAYMENT_ORDER: Record<string, number> = { NONE: 0, ACTION_REQUIRED: 1, AUTHORISED: 2, DECLINED: 3, CAPTURED: 3, VOIDED: 4, PARTIALLY_REFUNDED: 4, REFUNDED: 5 };

/** Sentences, each a contradiction; none is good. */
export function judge(history: readonly Entry[], ends: Ends): string[] {
  const problems = new Set<string>();
  const say: Say = (problem) => void problems.add(problem);
  const calls = history.filter(({ op }) => op !== 'fault');
  judgeCodes(calls, say);
  judgeKeys(calls, ends, say);
  judgeEnds(calls, ends, say);
  judgeSteps(calls, say);
  judgeWatches(calls, ends, say);
  return [...problems];
}

function judgeCodes(calls: readonly Entry[], say: Say): void {
  const open = new Map<string, Entry>();
  // An account has one cart. Several orders of it that are cleared late, one after the other, may take off what was put there
  // meanwhile; a guest's cart is for one order, and what was put there is there.
  const accounts = new Set(calls.filter(({ scope }) => scope?.startsWith('user:')).map(({ key }) => key));
  for (const call of calls) {
    const { who, op, key, kind, code = '', why } = call;
    if (op === 'watch') continue;
    if (kind === 'invoke' || kind === 'info') open.set(`${op} ${key}`, call);
    else open.delete(`${op} ${key}`);
    if (kind === 'info' && !FORESEEN.has(code)) say(`${who} was told ${code} when asking to ${op} (${key}): ${why ?? ''}`);
    if (kind === 'fail' && !REFUSALS[op]?.includes(code) && !(code === 'CART_EMPTY' && accounts.has(key))) say(`${who} was refused with ${code} when asking to ${op} (${key})`);
  }
  for (const { who, op, key } of open.values()) say(`${who} never got an answer when asking to ${op} (${key})`);
}

/** One key one order, the one that was told; no order that nobody asked for; none told that is not there. */
function judgeKeys(calls: readonly Entry[], { orders, orderOfRow }: Ends, say: Say): void {
  const places = Map.groupBy(calls.filter(({ op }) => op === 'place'), ({ key }) => key);
  const asked = new Set<string>();
  for (const [key, attempts] of places) {
    const row = digest(`placeOrder\n${attempts[0]!.scope}\n${key}`);
    asked.add(row);
    const written = orderOfRow.get(row);
    for (const { kind, order, code } of attempts) {
      if (kind === 'ok' && order!.id !== written) say(`the key ${key} was answered with the order ${order!.id}, and ${written ?? 'none'} is written down for it`);
      if (kind === 'fail' && written !== undefined && orders.get(written)?.status !== 'CANCELLED') say(`the key ${key} was refused with ${code}, and its order ${written} is ${orders.get(written)?.status}`);
    }
  }
  for (const [row, order] of orderOfRow) if (!asked.has(row)) say(`nobody has asked for the order ${order}`);
  for (const { order } of calls) if (order && !orders.has(order.id)) say(`the order ${order.id} was told and is not there`);
}

/** What was told holds: bought stays bought, called off stays called off, what was given back is what was asked for. */
function judgeEnds(calls: readonly Entry[], { orders }: Ends, say: Say): void {
  const byOrder = Map.groupBy(calls.filter(({ order }) => order), ({ order }) => order!.id);
  const tokens = new Map(calls.filter(({ op, kind }) => op === 'place' && kind === 'invoke').map(({ key, token }) => [key, token!]));
  const amounts = new Map(calls.filter(({ op, kind }) => op === 'refund' && kind === 'invoke').map(({ key, amountMinor }) => [key, amountMinor!]));
  for (const [id, told] of byOrder) {
    const end = orders.get(id);
    if (!end) continue;
    const is = `the order ${id} ended ${end.status} (${end.payment}${end.failure === null ? '' : `, ${end.failure}`})`;
    const ok = told.filter(({ kind }) => kind === 'ok');
    const calledOff = ok.some(({ op }) => op === 'cancel');
    const token = ok.map(({ op, key }) => (op === 'place' ? tokens.get(key) : undefined)).find(Boolean);
    if (calledOff && end.status !== 'CANCELLED') say(`${is}, and it was called off`);
    if (!calledOff && end.status === 'CANCELLED' && ok.some(({ order }) => order!.status === 'CONFIRMED')) say(`${is}, was seen CONFIRMED, and nobody has called it off`);
    if (!calledOff && end.status === 'CANCELLED' && !FAILURES.includes(end.failure ?? '')) say(`${is}, and nobody has called it off`);
    if (token && DECLINED_TOKENS.includes(token) && end.status !== 'CANCELLED') say(`${is}, and its card was ${token}`);
    const asked = new Set(ok.filter(({ op }) => op === 'refund').map(({ key }) => key));
    const refunded = [...asked].reduce((sum, key) => sum + amounts.get(key)!, 0);
    if (end.status === 'CONFIRMED' && refunded !== end.refundedMinor) say(`${is}: ${end.refundedMinor} were given back, ${refunded} were asked for`);
  }
}

/** Whoever looks again sees the same or more. A watcher and a shopper are two, and so is each call that is made at once with another. */
function judgeSteps(calls: readonly Entry[], say: Say): void {
  const last = new Map<string, { status: number; payment: number; told: string }>();
  for (const { who, op, kind, order } of calls) {
    if (kind !== 'ok' || !order || (op !== 'look' && op !== 'watch')) continue;
    const next = { status: STATUS_ORDER.indexOf(order.status), payment: PAYMENT_ORDER[order.payment] ?? -1, told: stateOf(order.status, order.payment) };
    const line = `${who} ${op} ${order.id}`;
    const before = last.get(line);
    if (before && (next.status < before.status || next.payment < before.payment)) say(`${who} saw the order ${order.id} go back from ${before.told} to ${next.told}`);
    last.set(line, next);
  }
}

/** The last that was seen of an order is how it ended. */
function judgeWatches(calls: readonly Entry[], { orders }: Ends, say: Say): void {
  const watched = Map.groupBy(calls.filter(({ op, key }) => op === 'watch' && key !== 'socket'), ({ who, key }) => `${who} ${key}`);
  for (const seen of watched.values()) {
    const { who, key } = seen[0]!;
    const end = orders.get(key);
    const last = seen.findLast(({ kind }) => kind === 'ok')?.order;
    const saw = last ? stateOf(last.status, last.payment) : 'nothing';
    if (end && saw !== stateOf(end.status, end.payment)) say(`${who} saw ${saw} last of the order ${key}, which ended ${stateOf(end.status, end.payment)} (${seen.at(-1)!.kind} ${seen.at(-1)!.code ?? ''})`);
  }
}
