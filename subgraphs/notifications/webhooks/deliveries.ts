/**
 * Deliveries to partners. The sender takes rows that are due by a lease, posts outside of any transaction, a few at a time,
 * and writes each attempt down. What fails is tried again with growing pauses for about three days, always under the same
 * id; an endpoint that has failed all that time is switched off, and its owner sees why. A crash between the answer and the
 * mark repeats a delivery, which receivers know by its id.
 */
import { Fault, invalidInput } from '#platform/errors.ts';
import { unseal } from '#platform/seal.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { placeholders, type Reader } from '#platform/database/database.ts';
import { endpointFor, endpointsByIds, type EndpointRow } from './endpoints.ts';
import { post } from './post.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The pauses between attempts that Standard Webhooks recommends; after the last one it is given up. */
export const PAUSES_MS = [5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS];
/** An endpoint that has answered nothing but failures for so long is switched off. */
export const DISABLED_AFTER_MS = 72 * HOUR_MS;
/** From the look-up of the name to the status. */
export const POST_TIMEOUT_MS = 15 * SECOND_MS;
/** Longer than that: after it another process may try. */
export const DELIVERY_LEASE_MS = 60 * SECOND_MS;
export const DELIVERIES_A_ROUND = 50;
export const DELIVERIES_AT_ONCE = 8;
export const DELIVERIES_SCAN_EVERY_MS = 5 * SECOND_MS;
export const DELIVERIES_KEPT_MS = 30 * 24 * HOUR_MS;
export const MAX_PAGE = 100;

export interface DeliveryRow {
  id: string;
  endpoint_id: string;
  event_type: string;
  body: string;
  state: 'PENDING' | 'DELIVERED' | 'FAILED';
  attempts: number;
  due_ms: number | null;
  created_ms: number;
}

export interface AttemptRow {
  delivery_id: string;
  number: number;
  at_ms: number;
  status: number | null;
  problem: string | null;
  took_ms: number;
}

export interface Deliveries {
  /** Looks for what is due, soon. */
  wake(): void;
  send(signal?: AbortSignal): Promise<void>;
  /** Breaks off what is on its way; it is tried again. */
  stop(): Promise<void>;
}

type Deps = Pick<RoomDeps, 'database' | 'clock' | 'log' | 'secret' | 'shop'>;

export function createDeliveries(deps: Deps): Deliveries {
  const { database, clock, log } = deps;
  let sending: Promise<void> | null = null;
  let again = false;
  const stopped = new AbortController();

  async function round(): Promise<void> {
    do {
      again = false;
      const due = await database.query<DeliveryRow>(`select * from webhook_deliveries where due_ms <= ? order by due_ms, id limit ${DELIVERIES_A_ROUND}`, [clock.nowMs()]);
      if (due.length === 0) return;
      const endpoints = new Map((await endpointsByIds(database, [...new Set(due.map((one) => one.endpoint_id))])).map((row) => [row.id, row]));
      const waiting = due.values();
      await Promise.all(Array.from({ length: DELIVERIES_AT_ONCE }, async () => {
        for (const delivery of waiting) if (!stopped.signal.aborted) await sendOne(delivery, endpoints.get(delivery.endpoint_id) ?? null);
      }));
      again ||= due.length === DELIVERIES_A_ROUND;
    } while (again && !stopped.signal.aborted);
  }

  async function sendOne(delivery: DeliveryRow, endpoint: EndpointRow | null): Promise<void> {
    const claimed = await database.transaction((tx) =>
      tx.execute('update webhook_deliveries set due_ms = ?, attempts = attempts + 1 where id = ? and due_ms = ?', [clock.nowMs() + DELIVERY_LEASE_MS, delivery.id, delivery.due_ms]),
    );
    if (claimed.changed === 0) return;
    if (!endpoint || endpoint.active === 0) return settle(delivery, endpoint, { status: null, problem: 'the endpoint is switched off', atMs: clock.nowMs(), tookMs: 0 });
    const atMs = clock.nowMs();
    const begunMs = clock.elapsedMs();
    const outcome = await attempt(delivery, endpoint, atMs);
    await settle(delivery, endpoint, { ...outcome, atMs, tookMs: Math.round(clock.elapsedMs() - begunMs) });
  }

  async function attempt(delivery: DeliveryRow, endpoint: EndpointRow, atMs: number): Promise<{ status: number | null; problem: string | null }> {
    const secret = unseal(deps.secret('webhook-secrets'), endpoint.sealed_secret, endpoint.id);
    if (secret === null) return { status: null, problem: 'its secret cannot be opened: SESSION_SECRET is another one' };
    const late = new AbortController();
    const drop = clock.after(POST_TIMEOUT_MS, () => late.abort());
    try {
      const status = await post({ url: endpoint.url, secret, id: delivery.id, body: delivery.body, atMs, loopback: deps.shop.webhookLoopback ?? false, signal: AbortSignal.any([late.signal, stopped.signal]) });
      return { status, problem: status >= 200 && status < 300 ? null : `it answered ${status}` };
    } catch (error) {
      // Whatever kept the partner from answering is written down, and tried again.
      const { code, message } = error as NodeJS.ErrnoException;
      const problem = late.signal.aborted ? `no answer within ${POST_TIMEOUT_MS} ms` : (error as Error).name === 'PrivateAddress' ? 'its address is not public' : String(code ?? message);
      log.info({ err: error, deliveryId: delivery.id }, 'a webhook was not delivered');
      return { status: null, problem: problem.slice(0, 200) };
    } finally {
      drop();
    }
  }

  function settle(delivery: DeliveryRow, endpoint: EndpointRow | null, { status, problem, atMs, tookMs }: { status: number | null; problem: string | null; atMs: number; tookMs: number }): Promise<void> {
    const number = delivery.attempts + 1;
    const pauseMs = PAUSES_MS[number - 1];
    // Gone for good says 410; what is switched off is not tried again by itself.
    const final = problem !== null && (pauseMs === undefined || status === 410 || !endpoint || endpoint.active === 0);
    const state = problem === null ? 'DELIVERED' : final ? 'FAILED' : 'PENDING';
    return database.transaction(async (tx) => {
      await tx.execute('update webhook_deliveries set state = ?, due_ms = ? where id = ?', [state, state === 'PENDING' ? clock.nowMs() + pauseMs! : null, delivery.id]);
      await tx.insertIfAbsent('webhook_attempts', { delivery_id: delivery.id, number, at_ms: atMs, status, problem, took_ms: tookMs });
      if (!endpoint || endpoint.active === 0) return;
      if (problem === null) return void (await tx.execute('update webhook_endpoints set failing_since_ms = null where id = ? and failing_since_ms is not null', [endpoint.id]));
      await tx.execute('update webhook_endpoints set failing_since_ms = ? where id = ? and failing_since_ms is null', [atMs, endpoint.id]);
      if (status === 410) await tx.execute("update webhook_endpoints set active = 0, disabled_reason = 'GONE' where id = ? and active = 1", [endpoint.id]);
      else await tx.execute("update webhook_endpoints set active = 0, disabled_reason = 'FAILING' where id = ? and active = 1 and failing_since_ms <= ?", [endpoint.id, atMs - DISABLED_AFTER_MS]);
    });
  }

  function send(): Promise<void> {
    again = true;
    return (sending ??= round().finally(() => (sending = null)));
  }

  async function stop(): Promise<void> {
    stopped.abort();
    await sending;
  }

  return { send, wake: () => void send().catch((error: unknown) => log.warn({ err: error }, 'webhooks wait for the next scan')), stop };
}

export interface DeliveryPage {
  rows: DeliveryRow[];
  totalCount(): Promise<number>;
  hasNextPage: boolean;
}

export const deliveryCursor = ({ id }: DeliveryRow): string => Buffer.from(`d${id}`).toString('base64url');

/** Newest first: ids are in the order of their making. */
export async function deliveriesOf({ database }: Pick<RoomDeps, 'database'>, context: RequestContext, { endpointId, first, after, failedOnly }: { endpointId: string; first: number; after?: string | null; failedOnly: boolean }): Promise<DeliveryPage> {
  if (first < 1 || first > MAX_PAGE) throw invalidInput('first', `must be 1 to ${MAX_PAGE}`);
  await endpointFor(database, context, endpointId);
  const from = after ? /^d([0-9a-f-]{36})$/.exec(Buffer.from(after, 'base64url').toString())?.[1] : null;
  if (from === undefined) throw invalidInput('after', 'is not a cursor of this list');
  const which = `endpoint_id = ?${failedOnly ? " and state = 'FAILED'" : ''}`;
  const rows = await database.query<DeliveryRow>(`select * from webhook_deliveries where ${which}${from === null ? '' : ' and id < ?'} order by id desc limit ${first + 1}`, from === null ? [endpointId] : [endpointId, from]);
  return {
    rows: rows.slice(0, first),
    hasNextPage: rows.length > first,
    totalCount: async () => (await database.query<{ n: number }>(`select count(*) as n from webhook_deliveries where ${which}`, [endpointId]))[0]!.n,
  };
}

export const attemptsOf = (reader: Reader, deliveryIds: readonly string[]): Promise<AttemptRow[]> =>
  reader.query<AttemptRow>(`select * from webhook_attempts where delivery_id in (${placeholders(deliveryIds.length)}) order by delivery_id, number`, deliveryIds);

/** Sends a delivery again, under the same id, whatever became of it before. */
export async function replayDelivery(deps: Pick<RoomDeps, 'database' | 'clock'>, context: RequestContext, id: string): Promise<DeliveryRow | 'ENDPOINT_OFF'> {
  const find = async () => (await deps.database.query<DeliveryRow>('select * from webhook_deliveries where id = ?', [id]))[0];
  const delivery = await find();
  if (!delivery) throw new Fault('NOT_FOUND');
  if ((await endpointFor(deps.database, context, delivery.endpoint_id)).active === 0) return 'ENDPOINT_OFF';
  await deps.database.transaction((tx) => tx.execute("update webhook_deliveries set state = 'PENDING', due_ms = ? where id = ?", [deps.clock.nowMs(), id]));
  return (await find())!;
}
