/** SMTP_URL given: letters of a whole mall go to a mail server, and nobody who shops waits for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMailServer, type MailServer } from '#platform/testing/mail-server.ts';
import { openShop, until, type Shop } from './shop.ts';

const account = { user: 'shop', password: 'sesame' };
let server: MailServer;
let shop: Shop;
beforeAll(async () => {
  server = await openMailServer({ account });
  shop = await openShop({ SMTP_URL: `smtp://shop:sesame@127.0.0.1:${server.port}`, SHOP_MAIL_FROM: 'The Shop <letters@shop.example>' });
});
afterAll(async () => {
  await shop?.close();
  await server.close();
});

const register = (email: string) =>
  fetch(`${shop.origin}/auth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password: 'correct horse battery', displayName: 'Ada' }) });
const health = async () => (await fetch(`${shop.origin}/health/ready`)).json();

test('who registers gets a letter; with the mail server away people register, health says what waits, and the shop is open', async () => {
  expect((await register('ada@example.org')).status).toBe(201);
  await until(async () => server.arrived().length === 1, 'the letter has arrived');
  expect(server.arrived()[0]).toMatch(/^From: The Shop <letters@shop\.example>$/m);
  expect(server.arrived()[0]).toMatch(/^To: ada@example\.org$/m);
  expect(await health()).toEqual({ status: 'ready' });

  await server.close();
  expect((await register('ben@example.org')).status).toBe(201);
  await until(async () => 'degraded' in (await health()), 'health has seen it');
  expect(await health()).toEqual({ status: 'ready', degraded: ['smtp: does not serve (nothing listens there); letters wait and are tried again for a day'] });
});
