/** What this room tells the others: ids and roles, never a name or an address. */
import type { Outbox } from '#platform/bus/bus.ts';
import type { Transaction } from '#platform/database/database.ts';
import type { EventData } from '#schema/messages.ts';

const VERSION = 1;

export async function tell<Type extends 'user.registered' | 'user.roles-changed'>(
  tx: Transaction,
  outbox: Outbox,
  type: Type,
  data: EventData<'users', Type>,
): Promise<void> {
  await outbox.add(tx, { topic: 'gomall.users.events', type, version: VERSION, subject: data.userId, data });
}
