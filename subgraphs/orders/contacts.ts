/** Whom letters about an order go to: the one way out of this room for its e-mail address, and to no one but the room that sends letters. */
import type { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import type { orderContacts } from '#schema/asks.ts';
import { guestTokenOf, type AccessKeys } from './access.ts';
import { ordersByIds } from './order-rows.ts';

export async function findContacts(reader: Reader, keys: AccessKeys, orderIds: readonly string[]): Promise<z.infer<typeof orderContacts.output>> {
  if (orderIds.length === 0) return [];
  return (await ordersByIds(reader, orderIds)).map(({ id, order_number, email, language, user_id }) => ({
    orderId: id,
    number: order_number,
    email,
    language,
    guestToken: user_id === null ? guestTokenOf(keys, id) : null,
  }));
}
