/** `/auth/*`: an account's life for a client that speaks plain JSON, with the statuses that HTTP has for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop?.close());

const account = { email: 'plain@example.com', password: 'correct horse battery', displayName: 'Plain' };

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${shop.origin}/auth/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

test('register, use the token, refresh, log out; a spent token ends the session', async () => {
  const registered = await post('register', account);
  expect(registered).toMatchObject({ status: 201, body: { accessToken: expect.any(String), refreshToken: expect.any(String), expiresInSeconds: expect.any(Number), user: { email: account.email, roles: ['customer'] } } });
  const viewer = await shop.send({ query: '{ viewer { email } }' }, { token: registered.body.accessToken });
  expect(viewer.data.viewer.email).toBe(account.email);

  const refreshed = await post('refresh', { refreshToken: registered.body.refreshToken });
  expect(refreshed).toMatchObject({ status: 200, body: { accessToken: expect.any(String) } });
  expect(await post('logout', { refreshToken: refreshed.body.refreshToken })).toMatchObject({ status: 200, body: { done: true } });
  expect(await post('refresh', { refreshToken: refreshed.body.refreshToken })).toMatchObject({ status: 401, body: { code: expect.any(String), message: expect.any(String) } });
});

test('refusals have a status, a code and a message in the reader\'s language', async () => {
  await post('register', { ...account, email: 'twice@example.com' });
  expect(await post('register', { ...account, email: 'twice@example.com' })).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
  expect(await post('register', { ...account, email: 'weak@example.com', password: 'password' })).toMatchObject({ status: 422, body: { code: 'WEAK_PASSWORD' } });
  const wrong = { email: 'twice@example.com', password: 'not the password' };
  expect(await post('login', wrong)).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
  expect((await post('login', wrong, { 'accept-language': 'zh' })).body.message).toMatch(/\p{Script=Han}/u);
});

test('input that is no input says what is wrong', async () => {
  expect(await post('login', { email: 'twice@example.com' })).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', fields: expect.any(Object) } });
  expect(await post('login', '{')).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  expect(await post('login', '[]')).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  expect(await post('login', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 415 });
  expect(await post('login', { email: 'x'.repeat(20_000) })).toMatchObject({ status: 413 });
  const got = await fetch(`${shop.origin}/auth/login`);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
});
