/** What partners may be told, from which event it comes, and what they must be allowed to. Ids, amounts and states only: no person is in it. */
import type { z } from 'zod';
import type { Scope } from '#platform/subgraph/permissions.ts';
import { events } from '#schema/messages.ts';

export interface WebhookEvent {
  topic: 'gomall.orders.events' | 'gomall.inventory.events' | 'gomall.products.events';
  /** The event on the bus. */
  type: string;
  schema: z.ZodType;
  scope: Scope | null;
  /** What is told; null: nothing of this one. */
  data(event: any): Record<string, unknown> | null;
}

const withoutPerson = ({ userId: _userId, ...told }: Record<string, unknown>): Record<string, unknown> => told;
const order = (type: keyof (typeof events)['orders'], data: WebhookEvent['data'] = withoutPerson): WebhookEvent => ({ topic: 'gomall.orders.events', type, schema: events.orders[type], scope: 'orders:read', data });
const stock = (type: keyof (typeof events)['inventory']): WebhookEvent => ({ topic: 'gomall.inventory.events', type, schema: events.inventory[type], scope: 'stock:read', data: (told) => told });

/** Nothing of an order before it was confirmed: it could not be taken back. */
export const WEBHOOK_EVENTS: Readonly<Record<string, WebhookEvent>> = {
  'order.confirmed': order('order.confirmed'),
  'order.shipped': order('order.shipped'),
  'order.delivered': order('order.delivered'),
  'order.refunded': order('order.refunded'),
  'order.cancelled': order('order.cancelled', (told) => (told.confirmed ? withoutPerson(told) : null)),
  'stock.low': stock('stock.low'),
  'stock.back': stock('stock.back'),
  'variant.price-changed': { topic: 'gomall.products.events', type: 'variant.price-changed', schema: events.products['variant.price-changed'], scope: null, data: (told) => told },
};

export const EVENT_TYPES = Object.keys(WEBHOOK_EVENTS);
