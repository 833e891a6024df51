/** Bad input and bad luck: a clear error that names the field or the fix, the right status, and nothing half done. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { address, key, openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop?.close());

const add = (input: object) =>
  shop.send({ query: 'mutation($input: AddToCartInput!) { addToCart(input: $input) { __typename ... on Refusal { code message } } }', variables: { input } });

describe('what is no operation', () => {
  test.each([
    ['not JSON', '{', 400],
    ['no query', { variables: {} }, 400],
    ['a syntax error', { query: '{ products(' }, 400],
    ['an unknown field', { query: '{ produce { id } }' }, 400],
    ['an unknown operation name', { query: 'query A { categories { id } }', operationName: 'B' }, 400],
    ['a wrong type of variable', { query: 'query($n: Int!) { products(first: $n) { totalCount } }', variables: { n: 'many' } }, 400],
  ])('%s is refused with a code and a trace id', async (_, body, status) => {
    const answer = await shop.send(body);
    expect(answer.status).toBe(status);
    expect(answer.data).toBeUndefined();
    expect(answer.errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', traceId: expect.any(String) });
  });

  test('too deep, too many aliases, too long: each limit is named', async () => {
    const deep = `{ categories ${'{ children '.repeat(40)}{ id }${' }'.repeat(40)} }`;
    const aliases = `{ ${Array.from({ length: 500 }, (_, index) => `a${index}: categories { id }`).join(' ')} }`;
    for (const query of [deep, aliases]) {
      const answer = await shop.send({ query });
      expect(answer.status).toBe(400);
      expect(answer.errors![0]!.message).toMatch(/depth|deep|alias|token/i);
    }
    const long = await fetch(`${shop.origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: `{ categories { id } } #${'x'.repeat(3_000_000)}` }) });
    expect(long.status).toBe(413);
  });

  test('a mutation by GET is refused', async () => {
    const response = await fetch(`${shop.origin}/graphql?query=${encodeURIComponent('mutation { logout(refreshToken: "x") { __typename } }')}`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(405);
  });
});

describe('values out of range', () => {
  test.each([[0], [-3], [1_000_000]])('a quantity of %d names the field or is refused', async (quantity) => {
    const answer = await add({ variantId: shop.variants.get('MUG'), quantity, idempotencyKey: key() });
    const named = answer.errors?.[0]?.extensions.fields?.['input.quantity'];
    const refused = answer.data?.addToCart?.code;
    expect(named ?? refused).toBeTruthy();
  });

  test('an unknown variant is refused as a value', async () => {
    expect((await add({ variantId: 'nothing', quantity: 1, idempotencyKey: key() })).data.addToCart.code).toBe('VARIANT_UNAVAILABLE');
  });

  test('a page of more than a hundred is refused, not cut', async () => {
    const { errors } = await shop.send({ query: '{ products(first: 101) { totalCount } }' });
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { first: expect.any(String) } });
  });

  test('a cursor of nobody is refused by name', async () => {
    const { errors } = await shop.send({ query: '{ products(first: 1, after: "abc") { totalCount } }' });
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { after: expect.any(String) } });
  });

  test('an address without a country names the field, and no order is made', async () => {
    const cart = await shop.call('AddToCart', { input: { variantId: shop.variants.get('MUG'), quantity: 1, idempotencyKey: key() } });
    const place = (more: object) =>
      shop.send({
        query: 'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }',
        variables: { input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: key(), ...more } },
      });
    expect((await place({ shippingAddress: { ...address, countryCode: 'XX' } })).errors![0]!.extensions.fields).toHaveProperty(['input.shippingAddress.countryCode']);
    expect((await place({ email: 'nobody' })).errors![0]!.extensions.fields).toHaveProperty(['input.email']);
    expect((await place({ waitMs: 60_000 })).errors![0]!.extensions.fields).toHaveProperty(['input.waitMs']);
    expect((await place({ idempotencyKey: 'short' })).errors![0]!.extensions.fields).toHaveProperty(['input.idempotencyKey']);
    const { data } = await shop.send({ query: '{ orders(first: 1) { totalCount } }' }, shop.admin);
    expect(data.orders.totalCount).toBe(0);
  });

  test('the same key with other content is a conflict', async () => {
    const idempotencyKey = key();
    await add({ variantId: shop.variants.get('MUG'), quantity: 1, idempotencyKey });
    expect((await add({ variantId: shop.variants.get('MUG'), quantity: 2, idempotencyKey })).errors![0]!.extensions.code).toBe('CONFLICT');
  });
});

describe('tokens', () => {
  test.each([['forged', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.AAAA'], ['unsigned', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZXMiOlsiYWRtaW4iXX0.'], ['nonsense', 'hello']])(
    'a %s one is a 401 for the whole request',
    async (_, token) => {
      const answer = await shop.send({ query: '{ categories { id } }' }, { token });
      expect(answer.status).toBe(401);
      expect(answer.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    },
  );

  test('a shopper asking for what staff may see gets the rest, and an error for that field', async () => {
    const session = await shop.call('Register', { input: { email: `${key()}@example.com`, password: 'a long and good one', displayName: 'Ada' } });
    const { data, errors } = await shop.send({ query: '{ viewer { displayName } stockLevels(first: 1) { totalCount } }' }, { token: session.accessToken });
    expect(data).toEqual({ viewer: { displayName: 'Ada' }, stockLevels: null });
    expect(errors).toMatchObject([{ path: ['stockLevels'], extensions: { code: 'FORBIDDEN' } }]);
  });
});

test('a port in use is said, with the fix', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, resolve));
  const { port } = taken.address() as { port: number };
  await expect(openShop({ PORT: String(port) })).rejects.toThrow(`Port ${port} is in use: stop what listens there, or set PORT`);
  taken.close();
});

test('health says live and ready', async () => {
  expect((await fetch(`${shop.origin}/health/live`)).status).toBe(200);
  expect(await (await fetch(`${shop.origin}/health/ready`)).json()).toEqual({ status: 'ready' });
});
