/** A mall on a Kafka that is taken away while shoppers buy: their orders wait as PENDING, and go on when it is back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { eventually } from '#platform/bus/kafka-world.ts';
import { address, key, openShop, until, type Shop } from '../journeys/shop.ts';
import { openOwnKafka, type OwnKafka } from './own-kafka.ts';

const START_WITHIN_MS = 180_000;
const RECOVERS_WITHIN_MS = 90_000;
/** Longer than any step of a checkout waits for an answer before it is taken back. */
const LONG_MS = 65_000;

let kafka: OwnKafka;
let shop: Shop;
beforeAll(async () => {
  kafka = await openOwnKafka();
  shop = await openShop({ KAFKA_BROKERS: kafka.addresses });
}, START_WITHIN_MS);
afterAll(async () => {
  await shop?.close();
  await kafka?.remove();
}, START_WITHIN_MS);

async function degraded(): Promise<string> {
  const response = await fetch(`${shop.origin}/health/ready`);
  expect(response.status).toBe(200);
  return String(((await response.json()) as { degraded?: string[] }).degraded ?? '');
}

interface Order {
  id: string;
  guestToken: string;
  status: string;
}

async function buy(): Promise<Order> {
  const cart = await shop.call('AddToCart', { input: { variantId: shop.variants.get('MUG'), quantity: 1, idempotencyKey: key() } });
  const payment = { provider: 'SANDBOX', token: 'pm_ok' };
  return shop.call('PlaceOrder', { input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment, idempotencyKey: key() } });
}

const confirmed = async ({ id, guestToken }: Order): Promise<boolean> => (await shop.call('Order', { id, guestToken })).status === 'CONFIRMED';

test.each([
  ['killed', 'kill', 'start', 0],
  ['hung with its port open', 'pause', 'resume', 0],
  ['hung for longer than any step of a checkout waits', 'pause', 'resume', LONG_MS],
] as const)('Kafka is %s: orders are taken and wait, the mall stays ready and says why, and they are confirmed when it is back', async (_, end, begin, forMs) => {
  const before = await buy();
  await until(() => confirmed(before), 'an order is confirmed');
  expect(await degraded()).toBe('');

  await kafka.act(end);
  const waiting = [await buy(), await buy()];
  expect(waiting.map(({ status }) => status)).toEqual(['PENDING', 'PENDING']);
  await eventually(async () => (await degraded()).includes('kafka'), RECOVERS_WITHIN_MS);

  await systemClock.sleep(forMs);
  await kafka.act(begin);
  for (const order of waiting) await eventually(() => confirmed(order), RECOVERS_WITHIN_MS);
  await eventually(async () => (await degraded()) === '', RECOVERS_WITHIN_MS);
  expect(await shop.mall.engines.bus.deadLetters(10)).toEqual([]);
}, START_WITHIN_MS);
