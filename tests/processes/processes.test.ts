/** The router in one process, all rooms in another, nothing between them but signed HTTP; found by Consul where CONSUL_ADDRESS says one. */
import { createClient } from 'graphql-ws';
import { print } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { systemIds } from '#platform/ids/system.ts';
import { contractDocuments } from '../contracts/documents.ts';
import { ROOM_NAMES } from '#app/modules.ts';
import { goods } from '../journeys/goods.ts';
import { MallProcess, freePort, waitFor } from './mall-process.ts';

const SESSION_SECRET = 'a secret of these tests, the same in both processes';
/** The issue's own: recovery after kill -9 of any module. */
const RECOVERY_LIMIT_MS = 5_000;
const texts = new Map(contractDocuments().map(({ name, document }) => [name, print(document)]));
const variants = new Map<string, string>();
let rooms: MallProcess;
let router: MallProcess;

beforeAll(async () => {
  const [roomsPort, port] = [await freePort(), await freePort()];
  const { CONSUL_ADDRESS } = process.env;
  const consul = CONSUL_ADDRESS ? { CONSUL_ADDRESS, ROOMS_ADDRESS: `http://127.0.0.1:${roomsPort}` } : null;
  const shared = { SESSION_SECRET, PUBLIC_URL: `http://127.0.0.1:${port}` };
  rooms = new MallProcess(ROOM_NAMES.join(','), `http://127.0.0.1:${roomsPort}`, { ...shared, ...consul, ROOMS_PORT: String(roomsPort) });
  router = new MallProcess('router', `http://127.0.0.1:${port}`, { ...shared, PORT: String(port), ...(consul ?? { MODULE_ADDRESSES: `rooms=${rooms.origin}` }) });
  router.start();
  rooms.start();
  await Promise.all([router.ready(), rooms.ready()]);

  const load = 'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { ... on ImportReport { variants { id sku } } ... on Refusal { code message } } }';
  const { data } = await send(load, { input: { products: goods } }, router.token);
  for (const { id, sku } of data.importProducts.variants) variants.set(sku, id);
  await waitFor(async () => (await send('{ stockLevels(first: 100) { totalCount } }', {}, router.token)).data.stockLevels.totalCount === variants.size, () => 'every variant has a stock level');
});
afterAll(async () => {
  await router?.remove();
  await rooms?.remove();
});

async function send(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<{ data: any; errors?: any[] }> {
  const response = await fetch(`${router.origin}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: any; errors?: any[] };
}

async function call(name: string, variables: Record<string, unknown>): Promise<any> {
  const { data, errors } = await send(texts.get(name)!, variables);
  if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  return Object.values(data)[0];
}

const fill = (sku: string, more: Record<string, unknown> = {}) => call('AddToCart', { input: { variantId: variants.get(sku), quantity: 1, idempotencyKey: systemIds.uuid(), ...more } });
const address = { fullName: 'Ada Byron', line1: '12 St James Square', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
const buy = (cartId: string) => call('PlaceOrder', { input: { cartId, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: systemIds.uuid() } });

test('a guest buys, and sees the order go on', async () => {
  const cart = await fill('SHIRT-M');
  const order = await buy(cart.id);
  expect(order).toMatchObject({ __typename: 'Order', status: 'CONFIRMED', subtotal: { amountMinor: 4900 } });
  const client = createClient({ url: `${router.origin.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  const seen: string[] = [];
  for await (const { data } of client.iterate<any>({ query: texts.get('OrderChanged')!, variables: { id: order.id, guestToken: order.guestToken } })) {
    seen.push(data.orderChanged.payment.status);
    if (seen.at(-1) === 'CAPTURED') break;
  }
  expect(seen.at(-1)).toBe('CAPTURED');
  await client.dispose();
});

test('a shopper signs in: keys are asked for across processes', async () => {
  const registered = await fetch(`${router.origin}/auth/register`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'ada@shop.example', password: 'correct horse battery', displayName: 'Ada' }),
  });
  const { accessToken } = (await registered.json()) as { accessToken: string };
  expect(await send('{ viewer { email } }', {}, accessToken)).toEqual({ data: { viewer: { email: 'ada@shop.example' } } });
});

test('pictures and keys come through the router', async () => {
  const picture = await fetch(`${router.origin}/media/linen-shirt.svg`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  expect(await picture.text()).toContain('<svg');
  expect(((await (await fetch(`${router.origin}/.well-known/jwks.json`)).json()) as any).keys).not.toHaveLength(0);
  expect((await fetch(`${router.origin}/media/linen-shirt.svg`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${router.origin}/webhooks/sandbox`, { method: 'POST', body: '{}' })).status).toBe(400);
});

test('who reaches the port of the rooms, but is not the router, gets nothing', async () => {
  const ask = (path: string, body: string) => fetch(`${rooms.origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const answers = await Promise.all([ask('/users/graphql', '{"query":"{ users(first: 5) { totalCount } }"}'), ask('/asks/users.profiles', '{"userIds":[]}'), fetch(`${rooms.origin}/media/linen-shirt.svg`)]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
});

test('the rooms are killed with -9: what does not need them is answered, the rest says UNAVAILABLE; they come back, and so does everything', async () => {
  const cart = await fill('MUG');
  const client = createClient({ url: `${router.origin.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  const seen: number[] = [];
  const watching = (async () => {
    for await (const { data, errors } of client.iterate<any>({ query: texts.get('CartChanged')!, variables: { cartId: cart.id } })) {
      if (errors) throw new Error(JSON.stringify(errors));
      seen.push(data.cartChanged.lines.length);
      if (seen.at(-1) === 2) return;
    }
  })();
  await waitFor(async () => seen.length > 0 || (await fill('MUG', { cartId: cart.id })) === null, () => 'the subscription has begun');

  await rooms.end('SIGKILL');
  const { data, errors } = await send('{ __typename products(first: 1) { totalCount } }');
  expect(data?.__typename ?? 'Query').toBe('Query');
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
  expect((await fetch(`${router.origin}/media/linen-shirt.svg`)).status).toBe(503);
  expect((await fetch(`${router.origin}/health/ready`)).status).toBe(200);

  rooms.start();
  await rooms.ready();
  const backAtMs = performance.now();
  await waitFor(async () => (await send('{ products(first: 1) { totalCount } }')).data?.products?.totalCount === goods.length, () => 'the goods are back');
  expect(performance.now() - backAtMs).toBeLessThan(RECOVERY_LIMIT_MS);
  await fill('TEA', { cartId: cart.id });
  await watching;
  await client.dispose();
  expect(await buy(cart.id)).toMatchObject({ __typename: 'Order', status: 'CONFIRMED' });
});

test('the rooms hang with their port open: given up on within two seconds of looking, and taken back', async () => {
  rooms.signal('SIGSTOP');
  try {
    await waitFor(async () => {
      const begun = performance.now();
      const { errors } = await Promise.race([send('{ products(first: 1) { totalCount } }'), new Promise<{ errors?: any[] }>((resolve) => setTimeout(() => resolve({}), 500))]);
      return errors?.[0].extensions.code === 'UNAVAILABLE' && performance.now() - begun < 500;
    }, () => 'it is known that they hang');
  } finally {
    rooms.signal('SIGCONT');
  }
  await waitFor(async () => (await send('{ products(first: 1) { totalCount } }')).data?.products?.totalCount === goods.length, () => 'they are taken back');
});

test('the rooms are stopped and started again: nobody who asks on meanwhile gets half an answer', async () => {
  let asking = true;
  const odd: unknown[] = [];
  const shoppers = Array.from({ length: 4 }, async () => {
    while (asking) {
      const { data, errors } = await send('{ products(first: 1) { totalCount } }');
      if (errors ? errors[0].extensions.code !== 'UNAVAILABLE' : data.products.totalCount !== goods.length) odd.push({ data, errors });
    }
  });
  await rooms.end('SIGTERM');
  rooms.start();
  await rooms.ready();
  asking = false;
  await Promise.all(shoppers);
  expect(odd).toEqual([]);
});
