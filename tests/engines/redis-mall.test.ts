/** A mall on a Redis that is taken away while shoppers buy: nobody is turned away, limits hold, health says so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, first, key, openShop, until, type Shop } from '../journeys/shop.ts';
import { openOwnRedis, type OwnRedis } from './own-redis.ts';

const MAX_FAILED_LOGINS = 10;
/** The slowest an operation of a shopper may be while Redis goes: its time-outs, and what two cores have to do besides. */
const SLOWEST_MS = 3_000;

let redis: OwnRedis;
let shop: Shop;
beforeAll(async () => {
  redis = await openOwnRedis();
  shop = await openShop({ REDIS_ADDRESS: redis.address });
});
afterAll(async () => {
  await shop?.close();
  await redis?.remove();
});

const health = async () => {
  const response = await fetch(`${shop.origin}/health/ready`);
  const { degraded } = (await response.json()) as { degraded?: string[] };
  return { status: response.status, degraded };
};
const degraded = async () => (await health()).degraded !== undefined;
const fill = (more: { cartId?: string } = {}) => shop.call('AddToCart', { input: { variantId: shop.variants.get('MUG'), quantity: 1, idempotencyKey: key(), ...more } });
const failLogin = (email: string) => shop.call('Login', { input: { email, password: 'not the password' } });

/** Fills a cart and buys it; answers how long the slower of the two took. */
async function buy(): Promise<number> {
  let begunMs = performance.now();
  const cart = await fill();
  const filledMs = performance.now() - begunMs;
  begunMs = performance.now();
  const payment = { provider: 'SANDBOX', token: 'pm_ok' };
  const order = await shop.call('PlaceOrder', { input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment, idempotencyKey: key() } });
  expect(order.status).toBe('CONFIRMED');
  return Math.max(filledMs, performance.now() - begunMs);
}

test.each([
  ['killed', 'kill', 'start'],
  ['hung with its port open', 'pause', 'resume'],
] as const)('Redis is %s: shoppers buy, their carts stay live, failing to sign in is limited, and the mall stays ready', async (how, end, begin) => {
  expect(await degraded()).toBe(false);
  const cart = await fill();
  const seen: number[] = [];
  const watched = first(shop.watch('CartChanged', { cartId: cart.id }), ({ lines }) => seen.push(lines[0].quantity) > 0 && seen.includes(3));
  await until(async () => seen.includes(1), 'the cart is seen');

  await redis.act(end);
  expect(await buy()).toBeLessThan(SLOWEST_MS);
  await until(degraded, 'health names Redis');
  expect(await health()).toMatchObject({ status: 200, degraded: [expect.stringContaining('redis')] });
  expect((await health()).degraded!.join()).not.toContain(redis.address);
  expect(await (await fetch(`${shop.origin}/metrics`)).text()).toContain('gomall_engine_up{engine="redis"} 0');
  expect(await buy()).toBeLessThan(SLOWEST_MS);
  await fill({ cartId: cart.id });
  await until(async () => seen.includes(2), 'the change of the cart is seen');

  const email = `${end}@example.com`;
  for (let tries = 0; tries < MAX_FAILED_LOGINS; tries++) expect((await failLogin(email)).__typename).toBe('InvalidCredentials');
  expect((await failLogin(email)).__typename, how).toBe('TooManyAttempts');

  await redis.act(begin);
  await until(async () => !(await degraded()), 'Redis is used again');
  expect((await failLogin(email)).__typename).toBe('TooManyAttempts');
  // The one that was counted meanwhile and one of since: in Redis, for every process.
  const counted = async () => ((await redis.command('KEYS', 'gomall:kv:{users:throttle:login-email:*')) as string[]).length;
  await until(async () => {
    for (const who of [email, `after-${email}`]) await failLogin(who);
    return (await counted()) >= 2;
  }, 'both are counted in Redis');
  await redis.command('FLUSHALL');
  expect(await buy()).toBeLessThan(SLOWEST_MS);
  await fill({ cartId: cart.id });
  await watched;
}, 60_000);
