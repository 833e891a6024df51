/** Subscriptions that reach into several subgraphs, over WebSocket and as event streams; how they begin, go on and end. */
import { createClient, type Client } from 'graphql-ws';
import { createClient as createSseClient } from 'graphql-sse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { marketSupergraph } from './testing/market.ts';
import { marketTransports, serve, type Served } from './testing/serve.ts';
import type { SubgraphRequest, Transport } from './transport/transport.ts';

const PRICED = 'subscription ($times: Int) { now: priced(upc: "p2", times: $times) { upc price inStock shippingEstimate reviews(first: 1) { author { name } } } }';

/** Events that the test sends itself; what the room learns of its listener. */
function controlled(transport: Transport) {
  const waiting: ((event: unknown) => void)[] = [];
  const sent: unknown[] = [];
  const began = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => began.resolve());
  async function subscribe({ context }: SubgraphRequest) {
    began.resolve();
    context.signal!.addEventListener('abort', () => left.resolve());
    return {
      [Symbol.asyncIterator]: () => ({
        next: async (): Promise<IteratorResult<any>> => ({ done: false, value: sent.shift() ?? (await Promise.race([broken.promise, new Promise((resolve) => waiting.push(resolve))])) }),
        // Like a generator that waits: it does not end before its next event.
        return: () => new Promise<never>(() => undefined),
      }),
    };
  }
  function send(price: number): void {
    const event = { data: { now: { __typename: 'Product', upc: 'p2', price, weight: 1 } } };
    const listener = waiting.shift();
    if (listener) listener(event);
    else sent.push(event);
  }
  /** The room's stream breaks. */
  const fail = () => broken.reject(new Error('disk on fire'));
  return { transport: { ...transport, subscribe } as Transport, began: began.promise, left: left.promise, send, fail };
}

let market: Served;
let room: ReturnType<typeof controlled>;
const clients: Client[] = [];

beforeEach(async () => {
  const transports = new Map(marketTransports());
  room = controlled(transports.get('products')!);
  market = await serve({ transports: new Map<string, Transport>([...transports, ['products', room.transport]]) });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await market.close();
});

function connect(served: Served, connectionParams: Record<string, unknown> = {}): Client & { closed: Promise<{ code: number; reason: string }> } {
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  const client = createClient({ url: `${served.origin.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazy: true, on: { closed: (event) => closed.resolve(event as never) } });
  clients.push(client);
  return Object.assign(client, { closed: closed.promise });
}

async function take(stream: AsyncIterator<any>): Promise<any> {
  return (await stream.next()).value;
}

describe('over WebSocket', () => {
  test('each event is completed by the other subgraphs, then the stream ends', async () => {
    const served = await serve();
    try {
      const events = [];
      for await (const event of connect(served).iterate({ query: PRICED.replace('p2', 'p1'), variables: { times: 2 } })) events.push(event);
      const rest = { upc: 'p1', inStock: false, reviews: [{ author: { name: 'User u2' } }] };
      expect(events).toEqual([10, 20].map((price) => ({ data: { now: { ...rest, price, shippingEstimate: price + 7 } } })));
    } finally {
      await served.close();
    }
  });

  test('queries and mutations go the same way', async () => {
    const answer = await take(connect(market).iterate({ query: '{ me { id name email } }' }));
    expect(answer).toMatchObject({ data: { me: { id: 'u1', name: 'User u1', email: null } }, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(answer.errors[0].extensions).not.toHaveProperty('http');
  });

  test('the identity comes with connection_init', async () => {
    const client = connect(market, { authorization: `Bearer ${await market.token()}` });
    expect(await take(client.iterate({ query: '{ me { email } }' }))).toEqual({ data: { me: { email: 'u1@example.com' } } });
  });

  test('a token that is no good closes with 4403', async () => {
    const client = connect(market, { authorization: `Bearer ${await market.token({ secondsToLive: -5 })}` });
    client.iterate({ query: '{ me { id } }' }).next().catch(() => expect.anything());
    expect((await client.closed).code).toBe(4403);
  });

  test('a socket that outlives its token is closed with 4403', async () => {
    const client = connect(market, { authorization: `Bearer ${await market.token({ secondsToLive: 2 })}` });
    const stream = client.iterate({ query: PRICED });
    const ended = stream.next().catch((event: unknown) => event);
    await room.began;
    expect((await client.closed).code).toBe(4403);
    await ended;
    await room.left;
  });

  test('a document that is wrong is an error message, not a closed socket', async () => {
    const client = connect(market);
    await expect(client.iterate({ query: 'subscription { nothing }' }).next()).rejects.toMatchObject([{ message: expect.stringContaining('nothing'), extensions: { code: 'INVALID_INPUT' } }]);
    expect(await take(client.iterate({ query: '{ me { id } }' }))).toMatchObject({ data: { me: { id: 'u1' } } });
  });

  test('the room learns at once that nobody listens any more, though no event comes', async () => {
    const client = connect(market);
    const stream = client.iterate({ query: PRICED });
    const next = stream.next();
    await room.began;
    await stream.return!();
    await room.left;
    await next;
    expect(await (await fetch(`${market.origin}/metrics`)).text()).toContain('gomall_router_subscriptions 0');
  });

  test('another schema: what runs goes on, what begins gets the new one', async () => {
    const client = connect(market);
    const stream = client.iterate({ query: PRICED });
    const first = stream.next();
    await room.began;
    room.send(1);
    expect((await first).value).toMatchObject({ data: { now: { price: 1, inStock: true } } });
    market.router.swap(marketSupergraph().replaceAll('latestReviews', 'newestReviews'), marketTransports());
    const second = stream.next();
    expect(await take(client.iterate({ query: '{ __type(name: "Query") { fields { name } } }' }))).toMatchObject({ data: { __type: { fields: expect.arrayContaining([{ name: 'newestReviews' }]) } } });
    room.send(2);
    expect((await second).value).toMatchObject({ data: { now: { price: 2, inStock: true } } });
  });

  test('a schema that cannot be used changes nothing', async () => {
    expect(() => market.router.swap('type Query { a: Int }', marketTransports())).toThrow();
    expect(await (await market.post({ query: '{ me { id } }' })).json()).toEqual({ data: { me: { id: 'u1' } } });
  });

  test('a room whose stream breaks ends it with an error that tells no secrets', async () => {
    const stream = connect(market).iterate({ query: PRICED });
    const next = stream.next();
    await room.began;
    room.fail();
    const { value } = (await next) as any;
    expect(value).toMatchObject({ data: { now: null }, errors: [{ path: ['now'], extensions: { code: 'UNAVAILABLE', serviceName: 'products' } }] });
    expect(await stream.next()).toMatchObject({ done: true });
  });

  test('stopping closes sockets with 1001', async () => {
    const client = connect(market);
    const ended = client.iterate({ query: PRICED }).next().catch((event: unknown) => event);
    await room.began;
    await market.router.stop(100);
    expect((await client.closed).code).toBe(1001);
    await ended;
  });
});

describe('as event stream', () => {
  test('a stream a subscription, ended by the client', async () => {
    const client = createSseClient({ url: `${market.origin}/graphql`, retryAttempts: 0 });
    const stream = client.iterate({ query: PRICED });
    const first = stream.next();
    await room.began;
    room.send(7);
    expect((await first).value).toMatchObject({ data: { now: { price: 7, shippingEstimate: 8 } } });
    await stream.return!();
    await room.left;
    client.dispose();
  });

  test('a subscription with a denied root is refused', async () => {
    const served = await serve({ supergraphSdl: marketSupergraph().replace('priced(upc: String!, times: Int = 3): Product', 'priced(upc: String!, times: Int = 3): Product @authenticated') });
    try {
      const response = await served.post({ query: 'subscription { priced(upc: "p1") { upc } }' }, { accept: 'text/event-stream' });
      expect(await response.text()).toContain('UNAUTHENTICATED');
    } finally {
      await served.close();
    }
  });
});
