/** Every process is replaced, one after the other, while shoppers browse, buy and watch: nobody sees anything of it. */
import { createClient } from 'graphql-ws';
import { print } from 'graphql';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { openFleet, type Fleet } from '#app/distributed/fleet.ts';
import { systemIds } from '#platform/ids/system.ts';
import { contractDocuments } from '../contracts/documents.ts';
import { goods } from '../journeys/goods.ts';
import { address } from '../journeys/shop.ts';
import { pause, waitFor } from './mall-process.ts';
import { takePlace, type OwnPlace } from './own-place.ts';

const START_WITHIN_MS = 180_000;
const ROLLS_WITHIN_MS = 600_000;
const BUYERS = 2;
const BROWSERS = 2;
/** Between two of a shopper's doings: people think, too. */
const THINK_MS = 40;
const MOST_OF_ONE = 20;

const texts = new Map(contractDocuments().map(({ name, document }) => [name, print(document)]));
const plenty = goods.map((product) => ({ ...product, variants: product.variants.map((variant) => ({ ...variant, initialStock: 50_000 })) }));
const variants = new Map<string, string>();
let place: OwnPlace;
let fleet: Fleet;
/** Few connections that are kept, as a browser has them: they must survive, or be given up before they are used again. */
const agent = new Agent({ connections: 8 });

async function send(query: string, variables: Record<string, unknown>, token?: string): Promise<any> {
  const response = await fetch(`${fleet.origin}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }), dispatcher: agent,
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown[] };
  if (response.status !== 200 || errors) throw new Error(`${response.status} ${JSON.stringify(errors)}`);
  return Object.values(data)[0];
}
const call = (name: string, variables: Record<string, unknown>) => send(texts.get(name)!, variables);
const add = (sku: string, more: Record<string, unknown> = {}) => call('AddToCart', { input: { variantId: variants.get(sku), quantity: 1, idempotencyKey: systemIds.uuid(), ...more } });

beforeAll(async () => {
  place = takePlace();
  fleet = await openFleet({ engines: place.engines, dataDir: place.dataDir, replicas: { cart: 2 } });
  await fleet.ready();
  const load = 'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { ... on ImportReport { variants { id sku } } ... on Refusal { code message } } }';
  for (const { id, sku } of (await send(load, { input: { products: plenty } }, fleet.token)).variants) variants.set(sku, id);
  await waitFor(async () => (await send('{ stockLevels(first: 100) { totalCount } }', {}, fleet.token)).totalCount === variants.size, () => 'every variant has a stock level');
}, START_WITHIN_MS);
afterAll(async () => {
  await fleet?.close();
  await place?.remove();
  await agent.destroy();
}, START_WITHIN_MS);

test('all processes are replaced under load: no request fails, no order is lost, no notification is missed', async () => {
  let open = true;
  const failed: string[] = [];
  const orders: { id: string; guestToken: string }[] = [];
  const done = { browsed: 0, bought: 0, filled: 0 };
  const shop = (what: string, once: () => Promise<void>) => (async () => {
    while (open) {
      await once().catch((error: Error) => void failed.push(`${what}: ${error.message} ${(error.cause as Error | undefined)?.message ?? ''}`));
      await pause(THINK_MS);
    }
  })();

  const browse = async () => {
    const { edges } = await call('ProductList', { first: 20 });
    if (edges.length !== goods.length) throw new Error(`a list of ${edges.length}`);
    done.browsed += 1;
  };
  const buy = async () => {
    const cart = await add('MUG');
    const order = await call('PlaceOrder', { input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: systemIds.uuid() } });
    if (order.__typename !== 'Order') throw new Error(JSON.stringify(order));
    orders.push({ id: order.id, guestToken: order.guestToken });
    done.bought += 1;
  };

  // Watches a cart that another device fills, through as many sockets as it takes.
  const client = createClient({ url: `${fleet.origin.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 20 });
  const cart = await add('TEA');
  let watched = 0;
  const watching = (async () => {
    for await (const { data, errors } of client.iterate<any>({ query: texts.get('CartChanged')!, variables: { cartId: cart.id } })) {
      if (errors) failed.push(`watching: ${JSON.stringify(errors)}`);
      else watched = data.cartChanged.lines[0].quantity;
    }
  })();
  const fill = async () => {
    const quantity = (watched % MOST_OF_ONE) + 1;
    await call('SetCartLine', { input: { cartId: cart.id, lineId: cart.lines[0].id, quantity, idempotencyKey: systemIds.uuid() } });
    done.filled += 1;
    await waitFor(async () => watched === quantity, () => `the watcher has heard of ${quantity}; it knows ${watched}`);
  };

  try {
    const shoppers = [
      ...Array.from({ length: BROWSERS }, () => shop('browsing', browse)), ...Array.from({ length: BUYERS }, () => shop('buying', buy)), shop('filling', fill),
    ];
    const before = fleet.processes().map(({ pid }) => pid);
    await waitFor(async () => orders.length > 5 && done.browsed > 5 && done.filled > 2, () => `shoppers are in; ${JSON.stringify({ ...done, failed })}`);
    const begunMs = performance.now();
    await fleet.rollingRestart();
    const tookMs = performance.now() - begunMs;
    const bought = orders.length;
    await waitFor(async () => orders.length > bought + 2, () => `they buy on; ${JSON.stringify({ ...done, failed })}`);
    open = false;
    await Promise.all(shoppers);
    console.info(`${before.length} processes replaced in ${(tookMs / 1_000).toFixed(1)} s; meanwhile ${JSON.stringify(done)}, ${failed.length} failed`);

    expect(failed).toEqual([]);
    expect(fleet.processes().filter(({ pid, restarts }) => before.includes(pid) || restarts > 0)).toEqual([]);
    for (const { id, guestToken } of orders) {
      let status = '';
      await waitFor(async () => (status = (await call('Order', { id, guestToken })).status) === 'CONFIRMED', () => `order ${id} is CONFIRMED; it is ${status}`);
    }
  } finally {
    open = false;
    await client.dispose();
    await watching;
  }
}, ROLLS_WITHIN_MS);
