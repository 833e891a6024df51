/** The checker: the rooms' books against each other and the provider's, and both against the recorded history. */
import { pause } from '../crash/doomed-mall.ts';
import { audit, underWay, type Told } from '../crash/audit.ts';
import { rowsOf, type Books } from '../crash/books.ts';
import type { Entry } from './history.ts';
import { judge, type Ends } from './judge.ts';

const LOOK_EVERY_MS = 250;

/** Waits until nothing is under way any more; answers what still is at the end of the limit. A database that does not answer yet is asked again. */
export async function drain(books: Books, limitMs: number): Promise<string[]> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = await underWay(books).catch((error: Error) => [`the books cannot be read: ${error.message}`]);
    if (left.length === 0 || performance.now() > deadline) return left;
    await pause(LOOK_EVERY_MS);
  }
}

export async function readEnds(books: Books): Promise<Ends> {
  const orders = await rowsOf(books, 'orders', 'select id, status, payment_status, failure, refunded_minor from orders');
  const keys = await rowsOf(books, 'orders', "select id, outcome from platform_idempotency where operation = 'placeOrder'");
  return {
    orders: new Map(
      orders.map(({ id, status, payment_status, failure, refunded_minor }) => [
        id, { status, payment: payment_status, failure: failure === null ? null : ((JSON.parse(failure) as { code: string }).code), refundedMinor: refunded_minor },
      ]),
    ),
    orderOfRow: new Map(keys.map(({ id, outcome }) => [id, (JSON.parse(outcome) as { orderId: string }).orderId])),
  };
}

/** Sentences, each a contradiction; none is good. To be run at rest. */
export async function check(history: readonly Entry[], books: Books): Promise<string[]> {
  return [...(await audit(books, toldTo(history))), ...judge(history, await readEnds(books))];
}

function toldTo(history: readonly Entry[]): Told[] {
  const answered = history.filter(({ op, kind, order }) => op === 'place' && kind === 'ok' && order);
  return [...Map.groupBy(answered, ({ key }) => key)].map(([key, entries]) => ({ key, orderIds: new Set(entries.map(({ order }) => order!.id)) }));
}
