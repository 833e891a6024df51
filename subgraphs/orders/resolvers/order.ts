/** The fields of Order and what hangs on it. */
import { requireScope, inLanguage, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { grantAccess, guestTokenOf, type AccessKeys } from '../access.ts';
import { cancellable } from '../order.ts';
import { factsOf, lineId, TIMELINE_KINDS, type LineRow, type OrderRow, type TimelineRow } from '../order-rows.ts';
import { timelineText } from '../texts.ts';
import { viewLoader, type OrderView } from './view.ts';

type Field<Parent> = (parent: Parent, args: Record<string, never>, context: RequestContext) => unknown;

const rfc3339 = (ms: number): string => new Date(ms).toISOString();
const money = (column: keyof OrderRow): Field<OrderView> => ({ row }) => ({ amountMinor: row[column], currency: row.currency });

export function orderFields(deps: RoomDeps, keys: AccessKeys): Record<string, unknown> {
  const { clock } = deps;
  const Order: Record<string, Field<OrderView>> = {
    id: ({ row }) => row.id,
    number: ({ row }) => row.order_number,
    status: ({ row }) => row.status,
    placedAt: ({ row }) => rfc3339(row.placed_ms),
    customer: ({ row }) => (row.user_id === null ? null : { id: row.user_id }),
    email: ({ row }) => row.email,
    lines: async ({ row, loaders }) => (await loaders.lines.load(row.id)).map((line) => ({ ...line, currency: row.currency })),
    subtotal: money('subtotal_minor'),
    discount: money('discount_minor'),
    shipping: money('shipping_minor'),
    tax: money('tax_minor'),
    total: money('total_minor'),
    refunded: money('refunded_minor'),
    payment: ({ row }) => row,
    shippingAddress: ({ row }) => JSON.parse(row.address),
    timeline: async ({ row, loaders }) => timelineOf(row, await loaders.timeline.load(row.id)),
    shipment: ({ row }) => (row.shipped_ms === null ? null : { carrier: row.carrier, trackingNumber: row.tracking_number, shippedAt: rfc3339(row.shipped_ms) }),
    guestToken: ({ row, access }) => (access === 'guest' ? guestTokenOf(keys, row.id) : null),
    cancellable: ({ row }) => cancellable(factsOf(row)),
    saga: ({ row, loaders }, _, context) => {
      requireScope(context, 'sagas:read');
      return loaders.sagas.load(row.id);
    },
    accessGrant: ({ row }) => grantAccess(keys, row.id, clock.nowMs()),
  };
  return {
    Order: { __resolveReference: ({ id }: { id: string }, context: RequestContext) => viewLoader(deps, keys, context).load(id), ...Order },
    OrderLine,
    OrderPayment,
    TimelineEntry,
  };
}

type PricedLine = LineRow & { currency: string };
const OrderLine: Record<string, Field<PricedLine>> = {
  id: (line) => lineId(line),
  variant: (line) => ({ id: line.variant_id }),
  name: (line, _, { language }) => inLanguage(language, { en: line.name_en, zh: line.name_zh }),
  unitPrice: (line) => ({ amountMinor: line.unit_price_minor, currency: line.currency }),
  lineTotal: (line) => ({ amountMinor: line.unit_price_minor * line.quantity, currency: line.currency }),
};

const OrderPayment: Record<string, Field<OrderRow>> = {
  status: (row) => row.payment_status,
  provider: (row) => row.payment_provider,
  actionUrl: (row) => row.action_url,
  actionExpiresAt: (row) => (row.action_expires_ms === null ? null : rfc3339(row.action_expires_ms)),
};

const TimelineEntry: Record<string, Field<TimelineRow>> = {
  at: (entry) => rfc3339(entry.at_ms),
  message: (entry, _, { language }) => timelineText(language, entry.kind, entry.detail === null ? {} : JSON.parse(entry.detail)),
};

/** Oldest first; that it was placed stands in the order itself. */
function timelineOf(row: OrderRow, rows: readonly TimelineRow[]): TimelineRow[] {
  const placed: TimelineRow = { order_id: row.id, kind: 'PLACED', reference: '', at_ms: row.placed_ms, detail: null };
  return [placed, ...rows].sort((a, b) => a.at_ms - b.at_ms || TIMELINE_KINDS.indexOf(a.kind) - TIMELINE_KINDS.indexOf(b.kind));
}
