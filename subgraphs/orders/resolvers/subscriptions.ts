/** Live orders: listen first, then read the current state, then read anew at each hint; so nothing falls between. */
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { Access } from '../access.ts';
import { orderFor } from '../change-order.ts';
import { orderById, orderChannel, ORDERS_CHANNEL, type OrderRow } from '../order-rows.ts';
import type { Parts } from '../parts.ts';
import { createLoaders, type OrderView } from './view.ts';

/** The staff's list is read at most so often, however fast orders change. */
const LIST_PAUSE_MS = 100;
/** Clocks of several processes differ, and a transaction commits later than its time: reads overlap by this. */
const OVERLAP_MS = 2_000;
const LIST_BATCH = 500;
/** Versions that were shown, so that the overlap shows nothing twice. */
const MAX_SHOWN = 5_000;

/** Refuses before anything is listened to; then the current state and every change after it. */
export async function orderChanged(parts: Parts, { id, guestToken }: { id: string; guestToken?: string | null }, context: RequestContext): Promise<AsyncGenerator<{ orderChanged: OrderView }>> {
  const { access } = await orderFor(parts, context, id, guestToken);
  return followOrder(parts, id, access, context.signal);
}

async function* followOrder({ deps }: Parts, id: string, access: Access, signal: AbortSignal | undefined): AsyncGenerator<{ orderChanged: OrderView }> {
  const hints = deps.live.listen(orderChannel(id), signal);
  let shown = 0;
  try {
    for (let more = true; more; more = !(await hints.next()).done) {
      const row = await orderById(deps.database, id);
      if (!row || row.version === shown) continue;
      shown = row.version;
      yield { orderChanged: { row, access, loaders: createLoaders(deps) } };
    }
  } finally {
    hints.return?.();
  }
}

/** Reads what has changed since the last look instead of trusting hints one by one: a lost hint costs time, not an order. */
export async function ordersChanged({ deps }: Parts, context: RequestContext): Promise<AsyncGenerator<{ ordersChanged: OrderView }>> {
  requireScope(context, 'orders:read');
  return followOrders(deps, context.signal);
}

async function* followOrders(deps: Parts['deps'], signal: AbortSignal | undefined): AsyncGenerator<{ ordersChanged: OrderView }> {
  const { database, live, clock } = deps;
  const hints = live.listen(ORDERS_CHANNEL, signal);
  const shown = new Map<string, number>();
  const begunMs = clock.nowMs();
  let readMs = begunMs;
  try {
    for await (const hint of hints) {
      // Committed before the last look began: it was seen there.
      if (Number(hint) < readMs) continue;
      const fromMs = Math.max(begunMs, readMs - OVERLAP_MS);
      readMs = clock.nowMs();
      const rows = await database.query<OrderRow>(`select * from orders where changed_ms >= ? order by changed_ms, sequence limit ${LIST_BATCH}`, [fromMs]);
      for (const row of rows) {
        if (shown.get(row.id) === row.version) continue;
        shown.set(row.id, row.version);
        yield { ordersChanged: { row, access: 'staff', loaders: createLoaders(deps) } };
      }
      if (shown.size > MAX_SHOWN) for (const id of [...shown.keys()].slice(0, shown.size - MAX_SHOWN)) shown.delete(id);
      await clock.sleep(LIST_PAUSE_MS);
    }
  } finally {
    hints.return?.();
  }
}
