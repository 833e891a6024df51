import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMall, type Mall, type Visitor } from '#platform/subgraph/testing.ts';
import { notifications } from '../index.ts';
import { DISABLED_AFTER_MS, PAUSES_MS } from '../webhooks/deliveries.ts';
import { MAX_ENDPOINTS } from '../webhooks/endpoints.ts';

const pia: Visitor = { userId: 'pia', roles: ['partner'] };
const paul: Visitor = { userId: 'paul', roles: ['partner'] };
const anna: Visitor = { userId: 'anna', roles: ['admin'] };

/** A partner's server: what it got, and what it answers. */
interface Partner {
  url: string;
  got: { headers: Record<string, string>; body: string }[];
  answer: { status: number; headers?: Record<string, string> };
}

let mall: Mall;
let server: Server;
let partner: Partner;
beforeEach(async () => {
  mall = await openMall({ rooms: [notifications], shop: { webhookLoopback: true } });
  partner = { url: '', got: [], answer: { status: 204 } };
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      partner.got.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(parts).toString() });
      response.writeHead(partner.answer.status, partner.answer.headers).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  partner.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await mall.close();
});

const CREATE = 'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename ... on WebhookEndpointCreated { secret endpoint { id url eventTypes active } } ... on Refusal { code } } }';
const create = async (input: Record<string, unknown> = {}, visitor = pia) => (await mall.execute('notifications', CREATE, { input: { url: partner.url, eventTypes: ['stock.low', 'variant.price-changed'], ...input } }, visitor)).data.createWebhookEndpoint;
const endpoint = async (visitor = pia) => (await mall.execute('notifications', '{ webhookEndpoints { id active disabledReason failingSince } }', {}, visitor)).data.webhookEndpoints[0];
const LOG = 'query ($id: ID!, $failedOnly: Boolean! = false) { webhookDeliveries(endpointId: $id, failedOnly: $failedOnly) { totalCount edges { node { id eventType state nextAttemptAt body attempts { number status problem } } } } }';
const log = async (id: string, visitor = pia) => (await mall.execute('notifications', LOG, { id }, visitor)).data.webhookDeliveries.edges.map(({ node }: any) => node);
const replay = (id: string, visitor = pia) => mall.execute('notifications', 'mutation ($id: ID!) { replayWebhookDelivery(id: $id) { __typename ... on Refusal { code } } }', { id }, visitor);

async function send(): Promise<void> {
  await mall.settle();
  await mall.runTask('notifications', 'notifications.send-webhooks');
}
async function fall(variantId: string): Promise<void> {
  await mall.tell({ topic: 'gomall.inventory.events', type: 'stock.low', version: 1, subject: variantId, data: { variantId, available: 1, threshold: 5 } });
  await send();
}
async function order(type: string, data: Record<string, unknown>): Promise<void> {
  await mall.tell({ topic: 'gomall.orders.events', type, version: 1, subject: 'o1', data: { orderId: 'o1', userId: 'ada', number: 'GM-1', ...data } });
  await send();
}

describe('a delivery', () => {
  test('is signed so that a verifier of Standard Webhooks takes it, and a changed body is not', async () => {
    const { secret, endpoint: made } = await create();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await fall('tea');
    const [{ headers, body }] = partner.got as [Partner['got'][number]];
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'stock.low', data: { variantId: 'tea', available: 1 } });
    expect(() => new Webhook(secret).verify(body.replace('tea', 'mug'), headers)).toThrow();
    expect(await log(made.id)).toMatchObject([{ id: headers['webhook-id'], state: 'DELIVERED', nextAttemptAt: null, body, attempts: [{ number: 1, status: 204, problem: null }] }]);
    expect(await mall.stored('notifications')).not.toContain(secret.slice('whsec_'.length));
  });

  test('that fails comes again under the same id with growing pauses, and then not', async () => {
    const { endpoint: made } = await create();
    partner.answer = { status: 500 };
    await fall('tea');
    await mall.clock.advance(PAUSES_MS[0]! - 1_000);
    await send();
    expect(partner.got).toHaveLength(1);
    await mall.clock.advance(2_000);
    await send();
    expect(partner.got).toHaveLength(2);
    partner.answer = { status: 200 };
    await mall.clock.advance(PAUSES_MS[1]! + 1_000);
    await send();
    expect(new Set(partner.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await log(made.id)).toMatchObject([{ state: 'DELIVERED', attempts: [{ status: 500, problem: 'it answered 500' }, { status: 500 }, { status: 200 }] }]);
    expect(await endpoint()).toMatchObject({ active: true, failingSince: null });
  });

  test('that nothing answers for three days switches the endpoint off; switched on again, it is replayed', async () => {
    const { endpoint: made } = await create();
    partner.answer = { status: 503 };
    await fall('tea');
    for (const pauseMs of PAUSES_MS) {
      await mall.clock.advance(pauseMs + 1_000);
      await send();
    }
    expect(PAUSES_MS.reduce((sum, pauseMs) => sum + pauseMs, 0)).toBeGreaterThan(DISABLED_AFTER_MS);
    expect(await endpoint()).toMatchObject({ active: false, disabledReason: 'FAILING' });
    const [delivery] = await log(made.id);
    expect(delivery).toMatchObject({ state: 'FAILED', nextAttemptAt: null });
    const before = partner.got.length;
    await fall('mug');
    expect(partner.got).toHaveLength(before);
    expect((await replay(delivery.id)).data.replayWebhookDelivery.code).toBe('ENDPOINT_OFF');
    partner.answer = { status: 200 };
    await mall.execute('notifications', 'mutation ($id: ID!) { switchWebhookEndpoint(id: $id, active: true) { __typename } }', { id: made.id }, pia);
    expect((await replay(delivery.id)).data.replayWebhookDelivery.__typename).toBe('WebhookDelivery');
    await send();
    expect(partner.got.at(-1)!.headers['webhook-id']).toBe(delivery.id);
    expect(await log(made.id)).toMatchObject([{ id: delivery.id, state: 'DELIVERED' }]);
  });

  test('410 ends it at once, a redirect is a failure and not followed, a server that hangs up too', async () => {
    const { endpoint: made } = await create();
    partner.answer = { status: 307, headers: { location: partner.url } };
    await fall('tea');
    expect(partner.got).toHaveLength(1);
    expect((await log(made.id))[0].attempts).toMatchObject([{ status: 307, problem: 'it answered 307' }]);
    partner.answer = { status: 410 };
    await fall('mug');
    expect(await endpoint()).toMatchObject({ active: false, disabledReason: 'GONE' });
  });

  test('survives a crash before it was sent', async () => {
    const { endpoint: made } = await create();
    partner.answer = { status: 500 };
    await fall('tea');
    await mall.crash();
    partner.answer = { status: 200 };
    await mall.clock.advance(PAUSES_MS[0]! + 1_000);
    await send();
    expect(await log(made.id)).toMatchObject([{ state: 'DELIVERED' }]);
  });
});

test('nothing goes out before an order is confirmed, and no person is in what does', async () => {
  await create({ eventTypes: ['order.confirmed', 'order.cancelled'] }, anna);
  await order('order.placed', { cartId: null, totalMinor: 1, currency: 'USD', lines: [] });
  await order('order.cancelled', { code: 'OUT_OF_STOCK', confirmed: false });
  expect(partner.got).toEqual([]);
  await order('order.confirmed', { totalMinor: 1, currency: 'USD', lines: [] });
  await order('order.cancelled', { code: 'CANCELLED_BY_SHOP', confirmed: true });
  expect(partner.got.map(({ body }) => JSON.parse(body).type)).toEqual(['order.confirmed', 'order.cancelled']);
  for (const { body } of partner.got) expect(body).not.toContain('ada');
});

test('who may make endpoints, of what, and where to; each sees their own', async () => {
  const { endpoint: made } = await create();
  for (const visitor of [{}, { userId: 'ada' }, { userId: 'mina', roles: ['merchant'] }]) {
    expect((await mall.execute('notifications', '{ webhookEndpoints { id } }', {}, visitor)).errors![0]!.extensions.code).toMatch(/UNAUTHENTICATED|FORBIDDEN/);
  }
  expect(await create({ eventTypes: ['order.confirmed'] })).toMatchObject({ code: 'EVENT_FORBIDDEN' });
  for (const [url, code] of [['http://partner.shop/', 'URL_NOT_HTTPS'], ['https://10.0.0.1/', 'URL_PRIVATE'], ['nowhere', 'URL_INVALID']]) expect(await create({ url })).toMatchObject({ code });
  expect((await mall.execute('notifications', CREATE, { input: { url: partner.url, eventTypes: ['order.dreamt-of'] } }, pia)).errors![0]!.extensions.code).toBe('INVALID_INPUT');
  expect((await mall.execute('notifications', '{ webhookEventTypes }', {}, pia)).data.webhookEventTypes).toEqual(['stock.low', 'stock.back', 'variant.price-changed']);

  await fall('tea');
  const [{ id }] = await log(made.id);
  expect((await mall.execute('notifications', LOG, { id: made.id }, paul)).errors![0]!.extensions.code).toBe('NOT_FOUND');
  expect((await replay(id, paul)).errors![0]!.extensions.code).toBe('NOT_FOUND');
  expect(await log(made.id, anna)).toHaveLength(1);
  expect(await endpoint(paul)).toBeUndefined();
  const remove = (visitor: Visitor) => mall.execute('notifications', 'mutation ($id: ID!) { removeWebhookEndpoint(id: $id) { __typename } }', { id: made.id }, visitor);
  expect((await remove(paul)).errors![0]!.extensions.code).toBe('NOT_FOUND');
  await remove(pia);
  expect(await endpoint(pia)).toBeUndefined();
  for (let number = 0; number < MAX_ENDPOINTS; number++) await create();
  expect(await create()).toMatchObject({ code: 'TOO_MANY_ENDPOINTS' });
});

test('without the setting an endpoint of the machine itself is neither made nor reached', async () => {
  const { endpoint: made } = await create();
  const strict = await openMall({ rooms: [notifications] });
  try {
    expect((await strict.execute('notifications', CREATE, { input: { url: partner.url, eventTypes: ['stock.low'] } }, pia)).data.createWebhookEndpoint).toMatchObject({ code: 'URL_NOT_HTTPS' });
    const [row] = await mall.database('notifications').query<any>('select * from webhook_endpoints where id = ?', [made.id]);
    // A name that meant something public when the endpoint was made.
    await strict.database('notifications').transaction((tx) => tx.insertIfAbsent('webhook_endpoints', { ...row, url: partner.url.replace('127.0.0.1', 'localhost') }));
    await strict.tell({ topic: 'gomall.inventory.events', type: 'stock.low', version: 1, subject: 'tea', data: { variantId: 'tea', available: 1, threshold: 5 } });
    await strict.settle();
    await strict.runTask('notifications', 'notifications.send-webhooks');
    expect((await strict.execute('notifications', LOG, { id: made.id }, pia)).data.webhookDeliveries.edges[0].node.attempts).toMatchObject([{ status: null, problem: 'its address is not public' }]);
    expect(partner.got).toEqual([]);
  } finally {
    await strict.close();
  }
});
