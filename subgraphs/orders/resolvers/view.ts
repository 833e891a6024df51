/** An order on its way to a reader: its row, what the reader is to it, and loaders that batch what hangs on it. */
import DataLoader from 'dataloader';
import type { SagaView } from '#platform/saga/saga.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { accessTo, type Access, type AccessKeys } from '../access.ts';
import { linesOf, ordersByIds, timelinesOf, type LineRow, type OrderRow, type TimelineRow } from '../order-rows.ts';

/** Made anew for each root field and event, so that nothing is shown as it was before a change. */
export interface Loaders {
  lines: DataLoader<string, LineRow[]>;
  timeline: DataLoader<string, TimelineRow[]>;
  sagas: DataLoader<string, SagaView | null>;
}

export interface OrderView {
  row: OrderRow;
  access: Access;
  loaders: Loaders;
}

export function createLoaders({ database, sagas }: Pick<RoomDeps, 'database' | 'sagas'>): Loaders {
  return {
    lines: new DataLoader(async (ids) => grouped(ids, await linesOf(database, ids))),
    timeline: new DataLoader(async (ids) => grouped(ids, await timelinesOf(database, ids))),
    sagas: new DataLoader(async (ids) => {
      const views = await sagas.view(ids);
      return ids.map((id) => views.get(id) ?? null);
    }),
  };
}

function grouped<Row extends { order_id: string }>(ids: readonly string[], rows: Row[]): Row[][] {
  const byOrder = Map.groupBy(rows, (row) => row.order_id);
  return ids.map((id) => byOrder.get(id) ?? []);
}

/** For links from other rooms: many at once, and null for those that the reader may not see. */
export function viewLoader(deps: RoomDeps, keys: AccessKeys, context: RequestContext): DataLoader<string, OrderView | null> {
  return context.memo('orders.views', () => {
    const loaders = createLoaders(deps);
    return new DataLoader<string, OrderView | null>(async (ids) => {
      const rows = new Map((await ordersByIds(deps.database, ids)).map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = rows.get(id);
        const access = row && accessTo(keys, row, context);
        return row && access ? { row, access, loaders } : null;
      });
    });
  });
}
