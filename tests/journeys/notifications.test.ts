import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, first, key, openShop, until, type Reader, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop?.close());

async function signUp(): Promise<Reader & { email: string }> {
  const email = `${key()}@example.com`;
  const { accessToken } = await shop.call('Register', { input: { email, password: 'a long and good one', displayName: 'Ada' } });
  return { token: accessToken, email };
}

async function buy(reader: Reader, token = 'pm_ok'): Promise<any> {
  const cart = await shop.call('AddToCart', { input: { variantId: shop.variants.get('TEA'), quantity: 1, idempotencyKey: key() } }, reader);
  return shop.call('PlaceOrder', { input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token }, idempotencyKey: key() } }, reader);
}

const inbox = (reader: Reader) => shop.call('Notifications', { first: 20 }, reader);
const kinds = (page: any): string[] => page.edges.map(({ node }: any) => node.kind);

test('who buys hears of it live, finds it in the inbox, and goes on from there after being away', async () => {
  const ada = await signUp();
  const empty = await inbox(ada);
  expect(empty).toMatchObject({ totalCount: 0, unreadCount: 0, edges: [] });
  const heard = first(shop.watch('NotificationReceived', { after: empty.pageInfo.endCursor }, ada), () => true);
  const order = await buy(ada);
  const event: any = await heard;
  expect(event.notification).toMatchObject({ kind: 'ORDER_CONFIRMED', title: `Order ${order.number} confirmed` });

  // The order has been captured by the time it can be shipped.
  await first(shop.watch('OrderChanged', { id: order.id }, ada), (seen: any) => seen.payment.status === 'CAPTURED');
  await shop.call('ShipOrder', { input: { orderId: order.id, carrier: 'DHL', trackingNumber: '42', idempotencyKey: key() } }, shop.admin);
  const missed: any = await first(shop.watch('NotificationReceived', { after: event.cursor }, { ...ada, language: 'zh' }), () => true);
  expect(missed.notification).toMatchObject({ kind: 'ORDER_SHIPPED', title: `订单 ${order.number} 已发货` });
  const page = await inbox(ada);
  expect(page).toMatchObject({ totalCount: 2, unreadCount: 2 });
  expect(kinds(page)).toEqual(['ORDER_SHIPPED', 'ORDER_CONFIRMED']);
  expect(page.edges[0].cursor).toBe(missed.cursor);
});

test('a declined card is told in the inbox, and to nobody else', async () => {
  const [ada, eve] = [await signUp(), await signUp()];
  await buy(ada, 'pm_declined');
  await until(async () => (await inbox(ada)).totalCount === 1, 'the shopper is told');
  expect(kinds(await inbox(ada))).toEqual(['PAYMENT_DECLINED']);
  expect((await inbox(eve)).totalCount).toBe(0);
});

test('guests have no inbox', async () => {
  await expect(inbox({})).rejects.toThrow('UNAUTHENTICATED');
});
