/** Events of rooms as deliveries to partners: a row an endpoint, in the transaction of the message. */
import type { EventHandler } from '#platform/inbox/inbox.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { MAX_TOLD, type EndpointRow } from './endpoints.ts';
import { WEBHOOK_EVENTS } from './event-types.ts';
import type { Deliveries } from './deliveries.ts';

export function hearForWebhooks({ ids, clock }: Pick<RoomDeps, 'ids' | 'clock'>, deliveries: Pick<Deliveries, 'wake'>): EventHandler[] {
  return Object.entries(WEBHOOK_EVENTS).map(([eventType, { topic, type, schema, data }]) => ({
    topic,
    type,
    data: schema,
    async handle(tx, event, message) {
      const told = data(event);
      if (told === null) return;
      const endpoints = await tx.query<EndpointRow>(`select id, event_types from webhook_endpoints where active = 1 limit ${MAX_TOLD}`);
      const wanting = endpoints.filter((endpoint) => endpoint.event_types.split(' ').includes(eventType));
      const body = JSON.stringify({ type: eventType, timestamp: message.time, data: told });
      for (const { id } of wanting) {
        await tx.execute("insert into webhook_deliveries (id, endpoint_id, event_type, body, state, attempts, due_ms, created_ms) values (?, ?, ?, ?, 'PENDING', 0, ?, ?)", [ids.uuid(), id, eventType, body, clock.nowMs(), clock.nowMs()]);
      }
      if (wanting.length > 0) tx.afterCommit(deliveries.wake);
    },
  }));
}
