/** What inventory and products tell, as news for those who wait for it: written down at once, told in portions (fan-out.ts). */
import type { EventHandler } from '#platform/inbox/inbox.ts';
import { events, type EventData } from '#schema/messages.ts';
import type { FanOut } from './fan-out.ts';

export function hearGoods({ begin }: FanOut): EventHandler[] {
  return [
    {
      topic: 'gomall.inventory.events',
      type: 'stock.back',
      data: events.inventory['stock.back'],
      handle: (tx, { variantId, available }: EventData<'inventory', 'stock.back'>) => begin(tx, { kind: 'BACK_IN_STOCK', variantId, data: { available } }),
    },
    {
      topic: 'gomall.inventory.events',
      type: 'stock.low',
      data: events.inventory['stock.low'],
      handle: (tx, { variantId, available }: EventData<'inventory', 'stock.low'>) => begin(tx, { kind: 'LOW_STOCK', variantId, data: { available } }),
    },
    {
      topic: 'gomall.products.events',
      type: 'variant.price-changed',
      data: events.products['variant.price-changed'],
      async handle(tx, { variantId, fromMinor, toMinor, currency }: EventData<'products', 'variant.price-changed'>) {
        if (toMinor < fromMinor) await begin(tx, { kind: 'PRICE_DROP', variantId, data: { fromMinor, amountMinor: toMinor, currency } });
      },
    },
  ];
}
