/** The part of schema.graphql that is about webhooks. */
import DataLoader from 'dataloader';
import { requireScope, type Language, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { attemptsOf, deliveriesOf, deliveryCursor, replayDelivery, type AttemptRow, type Deliveries, type DeliveryPage, type DeliveryRow } from './deliveries.ts';
import { createEndpoint, endpointsOf, removeEndpoint, switchEndpoint, type CreateEndpointInput, type EndpointRow } from './endpoints.ts';
import { EVENT_TYPES, WEBHOOK_EVENTS } from './event-types.ts';

type Context = RequestContext;

const REFUSALS = {
  URL_INVALID: { en: 'This is not an address that can be called.', zh: '这不是可调用的地址。' },
  URL_NOT_HTTPS: { en: 'Only https addresses are called.', zh: '仅支持 https 地址。' },
  URL_PRIVATE: { en: 'Only public addresses are called.', zh: '仅支持公网地址。' },
  TOO_MANY_ENDPOINTS: { en: 'You have as many endpoints as one can; remove one first.', zh: '接收端数量已达上限，请先删除一个。' },
  EVENT_FORBIDDEN: { en: 'Your account may not be told of one of these.', zh: '您的账户无权接收其中的某些事件。' },
  ENDPOINT_OFF: { en: 'The endpoint is switched off; switch it on first.', zh: '接收端已停用，请先启用。' },
} satisfies Record<string, Record<Language, string>>;

const refused = (language: Language, code: keyof typeof REFUSALS) => ({ __typename: 'NotificationRefused', code, message: REFUSALS[code][language] });

export function webhookResolvers(deps: RoomDeps, deliveries: Deliveries) {
  return {
    Query: {
      webhookEventTypes(_: unknown, __: unknown, context: Context) {
        const { scopes } = requireScope(context, 'webhooks:write');
        return EVENT_TYPES.filter((type) => WEBHOOK_EVENTS[type]!.scope === null || scopes.has(WEBHOOK_EVENTS[type]!.scope!));
      },
      webhookEndpoints: (_: unknown, __: unknown, context: Context) => endpointsOf(deps, context),
      webhookDeliveries: (_: unknown, args: Parameters<typeof deliveriesOf>[2], context: Context) => deliveriesOf(deps, context, args),
    },
    Mutation: {
      async createWebhookEndpoint(_: unknown, { input }: { input: CreateEndpointInput }, context: Context) {
        const made = await createEndpoint(deps, context, input);
        if ('refusal' in made) return refused(context.language, made.refusal);
        return { __typename: 'WebhookEndpointCreated', endpoint: made.row, secret: made.secret };
      },
      switchWebhookEndpoint: async (_: unknown, { id, active }: { id: string; active: boolean }, context: Context) => ({ __typename: 'WebhookEndpoint', ...(await switchEndpoint(deps, context, id, active)) }),
      removeWebhookEndpoint: async (_: unknown, { id }: { id: string }, context: Context) => ({ __typename: 'WebhookEndpoint', ...(await removeEndpoint(deps, context, id)) }),
      async replayWebhookDelivery(_: unknown, { id }: { id: string }, context: Context) {
        const delivery = await replayDelivery(deps, context, id);
        if (delivery === 'ENDPOINT_OFF') return refused(context.language, delivery);
        deliveries.wake();
        return { __typename: 'WebhookDelivery', ...delivery };
      },
    },
    WebhookEndpoint: {
      eventTypes: (row: EndpointRow) => row.event_types.split(' '),
      active: (row: EndpointRow) => row.active === 1,
      disabledReason: (row: EndpointRow) => row.disabled_reason,
      failingSince: (row: EndpointRow) => (row.failing_since_ms === null ? null : rfc3339(row.failing_since_ms)),
      createdAt: (row: EndpointRow) => rfc3339(row.created_ms),
    },
    WebhookDeliveryConnection: {
      totalCount: (page: DeliveryPage) => page.totalCount(),
      edges: (page: DeliveryPage) => page.rows.map((row) => ({ cursor: deliveryCursor(row), node: row })),
      pageInfo: (page: DeliveryPage) => ({ hasNextPage: page.hasNextPage, endCursor: page.rows.length > 0 ? deliveryCursor(page.rows.at(-1)!) : null }),
    },
    WebhookDelivery: {
      eventType: (row: DeliveryRow) => row.event_type,
      nextAttemptAt: (row: DeliveryRow) => (row.due_ms === null ? null : rfc3339(row.due_ms)),
      createdAt: (row: DeliveryRow) => rfc3339(row.created_ms),
      attempts: (row: DeliveryRow, _: unknown, context: Context) => attemptLoader(deps, context).load(row.id),
    },
    WebhookAttempt: {
      at: (row: AttemptRow) => rfc3339(row.at_ms),
      tookMs: (row: AttemptRow) => row.took_ms,
    },
  };
}

function attemptLoader({ database }: RoomDeps, context: Context): DataLoader<string, AttemptRow[]> {
  return context.memo('notifications.webhook-attempts', () =>
    new DataLoader<string, AttemptRow[]>(async (ids) => {
      const byDelivery = Map.groupBy(await attemptsOf(database, ids), (row) => row.delivery_id);
      return ids.map((id) => byDelivery.get(id) ?? []);
    }, { cache: false }),
  );
}

const rfc3339 = (ms: number): string => new Date(ms).toISOString();
