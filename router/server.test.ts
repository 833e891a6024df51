/** The front door over HTTP: status codes, limits, rights, health, what clients learn when something fails. */
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fault } from '#platform/errors.ts';
import { marketTransports, serve, type Served } from './testing/serve.ts';

const GRAPHQL_JSON = 'application/graphql-response+json';
let market: Served;

beforeAll(async () => {
  market = await serve({ corsOrigins: ['https://shop.example'], limits: { maxBodyBytes: 20_000, maxDepth: 6, maxAliases: 5, maxTokens: 300 } });
});
afterAll(() => market.close());

async function ask(query: string, headers: Record<string, string> = {}, variables?: Record<string, unknown>) {
  const response = await market.post({ query, variables }, headers);
  return { status: response.status, headers: response.headers, ...((await response.json()) as { data?: any; errors?: any[] }) };
}

describe('GraphQL over HTTP', () => {
  test('POST and GET answer the same', async () => {
    const query = '{ topProducts(first: 2) { upc inStock } }';
    const posted = await ask(query);
    expect(posted).toMatchObject({ status: 200, data: { topProducts: [{ upc: 'p1', inStock: false }, { upc: 'p2', inStock: true }] } });
    const got = await fetch(`${market.origin}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: GRAPHQL_JSON } });
    expect(got.headers.get('content-type')).toContain(GRAPHQL_JSON);
    expect(await got.json()).toEqual({ data: posted.data });
  });

  test.each([
    ['malformed GraphQL', '{ me {', /Expected Name/],
    ['an unknown field', '{ me { nothing } }', /Cannot query field "nothing"/],
    ['no operation of that kind', 'fragment F on User { id }', /./],
    ['too deep', '{ me { friends { friends { friends { friends { friends { id } } } } } } }', /depth 7; the limit is 6/],
    ['too many aliases', '{ a: me { id } b: me { id } c: me { id } d: me { id } e: me { id } f: me { id } }', /aliases: 6; the limit is 5/],
    ['too many tokens', `{ ${'me { id } '.repeat(100)} }`, /tokens/],
    ['an alias that reaches into prototypes', '{ me { __proto__: name } }', /__proto__/],
  ])('%s is a 400 that says why', async (_, query, message) => {
    const { status, errors, data } = await ask(query, { accept: GRAPHQL_JSON });
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors).toContainEqual({ message: expect.stringMatching(message), extensions: { code: 'INVALID_INPUT', traceId: expect.stringMatching(/^[\da-f]{32}$/) }, ...(errors![0].locations && { locations: errors![0].locations }) });
  });

  test('clients that accept plain JSON get 200 for a document that cannot run, as GraphQL over HTTP has it', async () => {
    expect((await ask('{ me { nothing } }', { accept: 'application/json' })).status).toBe(200);
  });

  test('a wrong variable is named with its place', async () => {
    const { status, errors } = await ask('mutation ($price: Int!) { reprice(upc: "p1", price: $price) { price } }', { accept: GRAPHQL_JSON }, { price: 'much' });
    expect(status).toBe(400);
    expect(errors![0].extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { price: expect.stringContaining('Int cannot represent') } });
    const missing = await ask('mutation ($price: Int!) { reprice(upc: "p1", price: $price) { price } }', { accept: GRAPHQL_JSON });
    expect(missing.errors![0].extensions.fields).toHaveProperty('price');
  });

  test.each([
    ['no JSON', '{"query": ', 400],
    ['no query', '{}', 400],
    ['a batch', '[{"query":"{ me { id } }"}]', 400],
    ['a query that is no text', '{"query": 5}', 400],
    ['an operation name that is no text', '{"query": "{ me { id } }", "operationName": ["a"]}', 400],
  ])('%s is refused', async (_, body, status) => {
    const response = await market.post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT', traceId: expect.any(String) } }] });
  });

  test('a body over the limit is a 413', async () => {
    const response = await market.post({ query: '{ me { id } }', variables: { filler: 'x'.repeat(30_000) } });
    expect(response.status).toBe(413);
  });

  test('a body of unknown length is counted as it comes', async () => {
    const streamed = (text: string) =>
      fetch(`${market.origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: new Blob([text]).stream(), duplex: 'half' } as RequestInit);
    expect(await (await streamed(JSON.stringify({ query: '{ me { id } }' }))).json()).toEqual({ data: { me: { id: 'u1' } } });
    expect((await streamed(JSON.stringify({ query: '{ me { id } }', filler: 'x'.repeat(30_000) }))).status).toBe(413);
  });

  test('a form of another site is not taken, since it comes without a preflight', async () => {
    const body = 'query=mutation{rename(id:"u1",name:"x"){id}}';
    expect((await market.post(body, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await market.post('{"query":"{me{id}}"}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('a mutation with GET is a 405', async () => {
    const response = await fetch(`${market.origin}/graphql?query=${encodeURIComponent('mutation { rename(id: "u1", name: "x") { name } }')}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('a browser gets a page that works without internet, unchanged ones not twice', async () => {
    const page = await fetch(`${market.origin}/graphql`, { headers: { accept: 'text/html' } });
    const html = await page.text();
    expect(html).toContain('YogaGraphiQL');
    expect(html.match(/<(?:script|link)[^>]+(?:src|href)="https?:/)).toBeNull();
    const again = await fetch(`${market.origin}/graphql`, { headers: { accept: 'text/html', 'if-none-match': page.headers.get('etag')! } });
    expect(again.status).toBe(304);
    const sandbox = await fetch(`${market.origin}/graphql?sandbox`, { headers: { accept: 'text/html' } });
    expect(await sandbox.text()).toContain('EmbeddedSandbox');
  });

  test('preflights are answered for the configured origins only', async () => {
    const preflight = (origin: string) => fetch(`${market.origin}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
    expect((await preflight('https://shop.example')).headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('rights', () => {
  test('a guest gets what is open, and null with an error at each place that is not', async () => {
    const { status, data, errors } = await ask('{ users { id email } me { id email name } }');
    expect(status).toBe(200);
    expect(data.me).toEqual({ id: 'u1', email: null, name: 'User u1' });
    expect(errors!.map(({ path, extensions }) => [path, extensions.code])).toContainEqual([['users', 1, 'email'], 'UNAUTHENTICATED']);
    expect(errors!.every(({ extensions }) => extensions.traceId)).toBe(true);
  });

  test('a signed-in shopper gets it, but not what needs a scope: a null that may not be climbs', async () => {
    const authorization = `Bearer ${await market.token()}`;
    const { data, errors } = await ask('{ me { id email } user(id: "u2") { salary } }', { authorization });
    expect(data).toEqual({ me: { id: 'u1', email: 'u1@example.com' }, user: null });
    expect(errors).toMatchObject([{ path: ['user', 'salary'], extensions: { code: 'FORBIDDEN' } }]);
  });

  test('staff with the scope gets everything', async () => {
    const authorization = `Bearer ${await market.token({ roles: ['admin'] })}`;
    expect(await ask('{ user(id: "u2") { salary } }', { authorization })).toMatchObject({ data: { user: { salary: 2000 } } });
  });

  test('only denied fields asked for: nothing is fetched for them, the object is there', async () => {
    expect((await ask('{ me { email } }')).data).toEqual({ me: { email: null } });
  });

  test('the same through a fragment, under an alias and in a fragment of a fragment', async () => {
    const { data } = await ask('{ me { ...A } } fragment A on User { mail: email ...B } fragment B on User { id email }');
    expect(data).toEqual({ me: { mail: null, id: 'u1', email: null } });
  });

  test('a mutation with a denied root field is not run at all', async () => {
    const { data, errors } = await ask('mutation { rename(id: "u1", name: "x") { name } guarded { id } }');
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ path: ['guarded'], extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('a token that is no good is a 401 for the whole request', async () => {
    const expired = await market.token({ secondsToLive: -10 });
    const foreign = await market.token({ issuer: 'somebody else' });
    const forged = `${(await market.token()).slice(0, -12)}AAAAAAAAAAAA`;
    for (const token of [expired, foreign, forged, 'a.b.c', 'nonsense']) {
      const response = await market.post({ query: '{ topProducts { upc } }' }, { authorization: `Bearer ${token}` });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED', traceId: expect.any(String) } }] });
    }
    expect((await market.post({ query: '{ me { id } }' }, { authorization: 'Basic dTpw' })).status).toBe(401);
  });

  test('keys are asked for once, and unknown keys do not make us ask without end', async () => {
    const before = market.keysAsked();
    const [header, payload, signature] = (await market.token()).split('.');
    const unknown = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(header!, 'base64url').toString()), kid: 'k9' })).toString('base64url');
    for (let index = 0; index < 5; index++) await market.post({ query: '{ me { id } }' }, { authorization: `Bearer ${unknown}.${payload}.${signature}` });
    expect(market.keysAsked() - before).toBeLessThanOrEqual(1);
  });
});

describe('trouble', () => {
  test('a fault of a room is told with its fields, an unforeseen error is masked', async () => {
    const { errors } = await ask('mutation { reprice(upc: "p1", price: -1) { price } }');
    expect(errors).toMatchObject([{ message: 'price: must not be negative', path: ['reprice'], extensions: { code: 'INVALID_INPUT', fields: { price: 'must not be negative' }, serviceName: 'products' } }]);
    const masked = await ask('{ user(id: "u2") { name birthday } }');
    expect(masked.data).toEqual({ user: { name: 'User u2', birthday: null } });
    expect(masked.errors).toMatchObject([{ message: 'Something went wrong on our side.', path: ['user', 'birthday'], extensions: { code: 'INTERNAL' } }]);
    expect(JSON.stringify(masked)).not.toContain('broke');
  });

  test('a subgraph that hangs or fails costs its fields, not the answer', async () => {
    const transports = new Map([...marketTransports()] as [string, any][]);
    transports.set('inventory', { ...transports.get('inventory'), fetch: () => new Promise(() => undefined) });
    transports.set('accounts', { ...transports.get('accounts'), fetch: () => Promise.reject(new Error('connect ECONNREFUSED')) });
    transports.set('reviews', { ...transports.get('reviews'), fetch: async () => ({ errors: [new GraphQLError('nope', { originalError: new Fault('LIMITED', undefined, { retryAfterMs: 50 }) })] }) });
    const served = await serve({ transports, subgraphTimeoutMs: 50 });
    try {
      const answer = (await (await served.post({ query: '{ me { name } topProducts(first: 2) { name inStock reviews { id } } }' })).json()) as any;
      expect(answer.data).toEqual({ me: null, topProducts: [1, 2].map((n) => ({ name: `Product p${n}`, inStock: null, reviews: null })) });
      const told = answer.errors.map(({ path, extensions }: any) => [path.join('.'), extensions.code, extensions.serviceName]).toSorted();
      expect(told).toEqual([
        ['me', 'UNAVAILABLE', 'accounts'],
        ...[0, 1].flatMap((index) => [[`topProducts.${index}.inStock`, 'UNAVAILABLE', 'inventory'], [`topProducts.${index}.reviews`, 'LIMITED', 'reviews']]),
      ]);
    } finally {
      await served.close();
    }
  });

  test('loaders are shared by the fetches of a query, not by those of a mutation', async () => {
    const contexts = new Set<unknown>();
    const spied = [...marketTransports()].map(([name, transport]) => [name, { ...transport, fetch: (request: any) => (contexts.add(request.context), transport.fetch(request)) }] as const);
    const served = await serve({ transports: new Map(spied) });
    try {
      await served.post({ query: '{ topProducts { inStock reviews { id } } }' });
      expect(contexts.size).toBe(1);
      contexts.clear();
      await served.post({ query: 'mutation { reprice(upc: "p1", price: 3) { shippingEstimate } rename(id: "u1", name: "x") { name } }' });
      expect(contexts.size).toBe(3);
    } finally {
      await served.close();
    }
  });

  test('the trace of the caller is kept', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const { errors } = await ask('{ me { nothing } }', { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(errors![0].extensions.traceId).toBe(trace);
  });
});

describe('around GraphQL', () => {
  test('health, metrics by operation and by subgraph, and nothing else', async () => {
    await ask('query Named { topProducts { inStock } }');
    expect((await fetch(`${market.origin}/health/live`)).status).toBe(200);
    expect((await fetch(`${market.origin}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${market.origin}/metrics`)).text();
    expect(metrics).toMatch(/gomall_router_operations_total\{operation="Named",kind="query",outcome="ok"\} 1/);
    expect(metrics).toMatch(/gomall_router_fetches_total\{subgraph="inventory",outcome="(ok|failed)"\}/);
    expect((await fetch(`${market.origin}/nothing`)).status).toBe(404);
  });

  test('rooms answer their routes, the longest path first; clients get the rest', async () => {
    const route = (path: string, text: string) => ({ method: 'GET' as const, path, handle: async (request: Request) => new Response(`${text} ${new URL(request.url).pathname}`, { headers: { 'x-room': text } }) });
    const served = await serve({
      routes: [route('/media/', 'media'), route('/media/big/', 'big'), { method: 'POST', path: '/webhooks/', handle: async (request) => new Response(await request.text(), { status: 202 }) }],
      web: (_request, response) => void response.end('page'), ready: () => false,
    });
    try {
      expect(await (await fetch(`${served.origin}/media/a.png`)).text()).toBe('media /media/a.png');
      expect(await (await fetch(`${served.origin}/media/big/a.png`)).text()).toBe('big /media/big/a.png');
      const hook = await fetch(`${served.origin}/webhooks/sandbox`, { method: 'POST', body: 'signed' });
      expect([hook.status, await hook.text()]).toEqual([202, 'signed']);
      expect(await (await fetch(`${served.origin}/`)).text()).toBe('page');
      expect((await fetch(`${served.origin}/health/ready`)).status).toBe(503);
    } finally {
      await served.close();
    }
  });

  test('introspection can be switched off', async () => {
    const served = await serve({ limits: { introspection: false } });
    try {
      expect(await (await served.post({ query: '{ __schema { queryType { name } } }' })).json()).toHaveProperty('errors.0.message', expect.stringContaining('introspection has been disabled'));
    } finally {
      await served.close();
    }
  });

  test('stopping: what is in flight is answered, then nothing is taken', async () => {
    const transports = new Map([...marketTransports()] as [string, any][]);
    const entered = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const { fetch: real } = transports.get('accounts');
    transports.set('accounts', { fetch: async (request: unknown) => (entered.resolve(), await release.promise, real(request)) });
    const served = await serve({ transports });
    const slow = served.post({ query: '{ me { name } }' });
    await entered.promise;
    const stopped = served.router.stop();
    expect((await fetch(`${served.origin}/health/ready`)).status).toBe(503);
    release.resolve();
    expect(await (await slow).json()).toEqual({ data: { me: { name: 'User u1' } } });
    await stopped;
    await served.close();
  });
});
