/** What orders tell, as news for their shoppers. */
import type { z } from 'zod';
import type { EventHandler } from '#platform/inbox/inbox.ts';
import { events } from '#schema/messages.ts';
import type { NotificationData, NotificationKind } from './kinds.ts';
import { tell, tellGuest, type TellParts } from './tell.ts';

interface OrderNews {
  kind: NotificationKind;
  data: NotificationData;
  /** Whether a letter may go out: never before the order was confirmed. */
  letter: boolean;
}

type OrderEvents = (typeof events)['orders'];
type About = { orderId: string; userId: string | null; number?: string | undefined };

export function hearOrders(parts: TellParts): EventHandler[] {
  function on<Type extends keyof OrderEvents>(type: Type, newsOf: (data: z.infer<OrderEvents[Type]>) => OrderNews): EventHandler {
    return {
      topic: 'gomall.orders.events',
      type,
      data: events.orders[type],
      async handle(tx, data: z.infer<OrderEvents[Type]>) {
        const { orderId, userId, number } = data as About;
        const { kind, data: words, letter } = newsOf(data);
        const news = { kind, orderId, data: { ...words, ...(number !== undefined && { number }) } };
        if (userId !== null) await tell(tx, parts, [userId], news, letter);
        else if (letter) await tellGuest(tx, parts, news);
      },
    };
  }
  return [
    on('order.confirmed', ({ totalMinor, currency }) => ({ kind: 'ORDER_CONFIRMED', data: { amountMinor: totalMinor, currency }, letter: true })),
    on('order.action-required', ({ untilMs }) => ({ kind: 'PAYMENT_ACTION_REQUIRED', data: { untilMs }, letter: false })),
    on('order.shipped', ({ carrier, trackingNumber }) => ({ kind: 'ORDER_SHIPPED', data: { carrier, trackingNumber }, letter: true })),
    on('order.delivered', () => ({ kind: 'ORDER_DELIVERED', data: {}, letter: true })),
    on('order.refunded', ({ amountMinor, currency }) => ({ kind: 'ORDER_REFUNDED', data: { amountMinor, currency }, letter: true })),
    on('order.cancelled', ({ code, confirmed = false }) => ({ kind: code === 'PAYMENT_DECLINED' ? 'PAYMENT_DECLINED' : 'ORDER_CANCELLED', data: { code }, letter: confirmed })),
  ];
}
