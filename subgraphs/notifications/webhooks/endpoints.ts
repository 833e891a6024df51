/** A partner's endpoints: where they are told what. The secret is shown once, when it is made, and rests sealed. */
import { randomBytesOf } from './secret.ts';
import { placeholders, type Reader } from '#platform/database/database.ts';
import { Fault, invalidInput } from '#platform/errors.ts';
import { seal } from '#platform/seal.ts';
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { EVENT_TYPES, WEBHOOK_EVENTS } from './event-types.ts';
import { refusalOfUrl } from './public-address.ts';

export interface EndpointRow {
  id: string;
  owner_id: string;
  url: string;
  description: string;
  /** Words with blanks between. */
  event_types: string;
  sealed_secret: string;
  active: number;
  disabled_reason: string | null;
  failing_since_ms: number | null;
  created_ms: number;
}

/** Of one owner. */
export const MAX_ENDPOINTS = 10;
/** Of all owners together, told of one event. */
export const MAX_TOLD = 500;

type Deps = Pick<RoomDeps, 'database' | 'ids' | 'clock' | 'shop' | 'secret'>;
export type EndpointRefusal = 'URL_INVALID' | 'URL_NOT_HTTPS' | 'URL_PRIVATE' | 'TOO_MANY_ENDPOINTS' | 'EVENT_FORBIDDEN';

export interface CreateEndpointInput {
  url: string;
  description: string;
  eventTypes: string[];
}

export async function createEndpoint(deps: Deps, context: RequestContext, { url, description, eventTypes }: CreateEndpointInput): Promise<{ refusal: EndpointRefusal } | { row: EndpointRow; secret: string }> {
  const { userId, scopes } = requireScope(context, 'webhooks:write');
  const types = [...new Set(eventTypes)];
  const unknown = types.find((type) => !EVENT_TYPES.includes(type));
  if (types.length === 0 || unknown !== undefined) throw invalidInput('input.eventTypes', `must be of ${EVENT_TYPES.join(', ')}`);
  if (description.length > 200) throw invalidInput('input.description', 'must have at most 200 characters');
  if (types.some((type) => { const { scope } = WEBHOOK_EVENTS[type]!; return scope !== null && !scopes.has(scope); })) return { refusal: 'EVENT_FORBIDDEN' };
  const refusal = refusalOfUrl(url, deps.shop.webhookLoopback ?? false);
  if (refusal) return { refusal };
  const secret = `whsec_${randomBytesOf(deps.ids).toString('base64')}`;
  const id = deps.ids.uuid();
  const row: EndpointRow = {
    id, owner_id: userId, url: new URL(url).href, description, event_types: types.join(' '), sealed_secret: seal(deps.ids, deps.secret('webhook-secrets'), secret, id), active: 1,
    disabled_reason: null, failing_since_ms: null, created_ms: deps.clock.nowMs(),
  };
  return deps.database.transaction(async (tx) => {
    const [count] = await tx.query<{ n: number }>('select count(*) as n from webhook_endpoints where owner_id = ?', [userId]);
    if (count!.n >= MAX_ENDPOINTS) return { refusal: 'TOO_MANY_ENDPOINTS' };
    await tx.insertIfAbsent('webhook_endpoints', { ...row });
    return { row, secret };
  });
}

/** Own ones for a partner, all for an admin; newest first. */
export async function endpointsOf({ database }: Pick<RoomDeps, 'database'>, context: RequestContext): Promise<EndpointRow[]> {
  const { userId } = requireScope(context, 'webhooks:write');
  const [where, parameters] = seesAll(context) ? ['', []] as const : [' where owner_id = ?', [userId]] as const;
  return database.query<EndpointRow>(`select * from webhook_endpoints${where} order by created_ms desc, id limit ${MAX_TOLD}`, parameters);
}

/** The endpoint, if it is the reader's to see. Throws NOT_FOUND. */
export async function endpointFor(reader: Reader, context: RequestContext, id: string): Promise<EndpointRow> {
  const { userId } = requireScope(context, 'webhooks:write');
  const [row] = await reader.query<EndpointRow>('select * from webhook_endpoints where id = ?', [id]);
  if (!row || (row.owner_id !== userId && !seesAll(context))) throw new Fault('NOT_FOUND');
  return row;
}

/** Switched on again it begins with what comes; what failed meanwhile can be replayed. */
export async function switchEndpoint(deps: Deps, context: RequestContext, id: string, active: boolean): Promise<EndpointRow> {
  await endpointFor(deps.database, context, id);
  await deps.database.transaction((tx) => tx.execute('update webhook_endpoints set active = ?, disabled_reason = ?, failing_since_ms = null where id = ?', [active ? 1 : 0, active ? null : 'BY_OWNER', id]));
  return endpointFor(deps.database, context, id);
}

/** With its deliveries. */
export async function removeEndpoint(deps: Deps, context: RequestContext, id: string): Promise<EndpointRow> {
  const row = await endpointFor(deps.database, context, id);
  await deps.database.transaction(async (tx) => {
    await tx.execute('delete from webhook_attempts where delivery_id in (select id from webhook_deliveries where endpoint_id = ?)', [id]);
    await tx.execute('delete from webhook_deliveries where endpoint_id = ?', [id]);
    await tx.execute('delete from webhook_endpoints where id = ?', [id]);
  });
  return row;
}

export const endpointsByIds = (reader: Reader, ids: readonly string[]): Promise<EndpointRow[]> => reader.query<EndpointRow>(`select * from webhook_endpoints where id in (${placeholders(ids.length)})`, ids);

const seesAll = (context: RequestContext): boolean => context.identity?.roles.includes('admin') ?? false;
