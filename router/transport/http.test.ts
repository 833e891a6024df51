/** Subgraphs over real HTTP on loopback: the same answers as in process, and every way in which a server can fail us. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createYoga } from 'graphql-yoga';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { Fault } from '#platform/errors.ts';
import { marketSchemas, marketSupergraph } from '../testing/market.ts';
import { plain, testContext } from '../testing/judge.ts';
import { marketTransports, serve } from '../testing/serve.ts';
import { httpTransport } from './http.ts';

const closing: (() => Promise<unknown> | void)[] = [];

async function listen(handler: RequestListener): Promise<{ origin: string; server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function transportTo(origin: string, options = {}) {
  const transport = httpTransport(`${origin}/graphql`, options);
  closing.push(() => transport.close?.());
  return transport;
}

const request = { query: '{ me { id } }', variables: {}, context: testContext() };
let overHttp: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const transports = new Map<string, ReturnType<typeof httpTransport>>();
  for (const [name, schema] of marketSchemas()) {
    const yoga = createYoga({ schema, logging: false, maskedErrors: false });
    const { origin, server } = await listen(yoga as RequestListener);
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    closing.push(() => sockets.clients.forEach((client) => client.terminate()));
    useServer({ schema }, sockets);
    transports.set(name, transportTo(origin));
  }
  overHttp = await serve({ transports });
});
afterAll(async () => {
  await overHttp.close();
  for (const close of closing.toReversed()) await close();
});

test('the same answers as in one process', async () => {
  const inProcess = await serve({ transports: marketTransports() });
  const query = '{ topProducts(first: 5) { name inStock shippingEstimate reviews { body author { name } } } catalogue { __typename title reviews { stars } } }';
  const [one, other] = (await Promise.all([overHttp, inProcess].map(async (each) => (await each.post({ query })).json()))) as any[];
  await inProcess.close();
  expect(one.data).toEqual(other.data);
  expect(one.errors.map(({ path }: any) => path)).toEqual(other.errors.map(({ path }: any) => path));
});

test('subscriptions come from a subgraph over WebSocket and are completed by others', async () => {
  const response = await overHttp.post({ query: 'subscription { priced(upc: "p2", times: 2) { price inStock } }' }, { accept: 'text/event-stream' });
  const events = [...(await response.text()).matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data!));
  expect(events).toEqual([10, 20].map((price) => ({ data: { priced: { price, inStock: true } } })));
});

test('language and trace are passed on', async () => {
  let seen: Record<string, unknown> = {};
  const { origin } = await listen((incoming, response) => {
    seen = incoming.headers;
    response.end('{"data":{"me":{"id":"u1"}}}');
  });
  await transportTo(origin).fetch({ ...request, context: { ...testContext(), language: 'zh' } });
  expect(seen).toMatchObject({ 'accept-language': 'zh', 'x-trace-id': 'trace', 'content-type': 'application/json' });
  expect(seen).not.toHaveProperty('authorization');
  const unchecked = await serve({ jwks: null, transports: new Map([['accounts', transportTo(origin)]]) });
  await unchecked.post({ query: '{ me { id } }' }, { authorization: 'Basic dTpw' });
  await unchecked.close();
  expect(seen).toMatchObject({ authorization: 'Basic dTpw' });
});

test.each<[string, RequestListener]>([
  ['no JSON', (_, response) => void response.end('<html>')],
  ['JSON that is no GraphQL answer', (_, response) => void response.end('[1]')],
  ['an error page', (_, response) => void response.writeHead(502).end('bad gateway')],
  ['a broken connection', (_, response) => void response.destroy()],
  ['half an answer', (_, response) => void (response.writeHead(200, { 'content-length': 100 }), response.write('{"da'), response.destroy())],
  ['too long an answer', (_, response) => void response.end(`{"data":{"me":"${'x'.repeat(5_000)}"}}`)],
])('%s is an error, not an answer', async (_, handler) => {
  const { origin } = await listen(handler);
  await expect(transportTo(origin, { maxAnswerBytes: 1_000 }).fetch(request)).rejects.toThrow();
});

test('a GraphQL answer counts, whatever its status', async () => {
  const { origin } = await listen((_, response) => void response.writeHead(500).end('{"errors":[{"message":"no"}]}'));
  expect(plain(await transportTo(origin).fetch(request))).toEqual({ errors: [{ message: 'no' }] });
});

test('one that is given up ends its request', async () => {
  const gone = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { origin } = await listen((_, response) => {
    response.on('close', gone.resolve);
    arrived.resolve();
  });
  const stop = new AbortController();
  const answer = transportTo(origin).fetch({ ...request, signal: stop.signal });
  const failed = expect(answer).rejects.toThrow('too late');
  await arrived.promise;
  stop.abort(new Fault('UNAVAILABLE', 'too late'));
  await failed;
  await gone.promise;
});
