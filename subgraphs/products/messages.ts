/** What this room tells the others. */
import type { OutgoingMessage } from '#platform/bus/bus.ts';
import type { EventData } from '#schema/messages.ts';

export const TOPIC = 'gomall.products.events';

const event = (type: string, subject: string, data: unknown): OutgoingMessage => ({ topic: TOPIC, type, version: 1, subject, data });

export const productChanged = (data: EventData<'products', 'product.changed'>) => event('product.changed', data.productId, data);
export const priceChanged = (data: EventData<'products', 'variant.price-changed'>) => event('variant.price-changed', data.variantId, data);
export const variantsAdded = (data: EventData<'products', 'variants.added'>) => event('variants.added', data.productId, data);
