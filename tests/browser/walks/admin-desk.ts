/** What the walks through the admin have at hand: signing in, the pages there are, and orders that come from shoppers. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { assert } from '../walk.ts';

export const ADMIN = 'admin@gomall.example';
const PASSWORD = 'gomall-demo';

export async function signInAt(page: Page, origin: string, { email = ADMIN, path = '', language = '' } = {}): Promise<void> {
  await page.goto(`${origin}/admin${language}${path}`);
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.locator('.shell').waitFor();
}

/** The page's content is there, not its skeleton. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('main [aria-busy=true], main .skeleton') === null);
}

/** Nothing sticks out of the page sideways. */
export async function fits(page: Page, where: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wider, 0, `${where} is ${wider} px wider than the window`);
}

async function ask(origin: string, query: string, variables: object, token?: string): Promise<any> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: { message: string }[] };
  assert.ok(!errors, errors?.[0]?.message);
  return data;
}

/** Reads or writes as the administrator, past the browser: what somebody else does meanwhile. */
export async function asAdmin(origin: string, query: string, variables: object = {}): Promise<any> {
  const { login } = await ask(origin, 'mutation($input: LoginInput!) { login(input: $input) { ... on Session { accessToken } } }', { input: { email: ADMIN, password: PASSWORD } });
  return await ask(origin, query, variables, login.accessToken);
}

export interface Bought { id: string; number: string; variantId: string }

/** A guest buys two of the first thing on the list that has enough of it. */
export async function buy(origin: string, { fullName = 'Ada Byron', email = 'ada@example.com', quantity = 2 } = {}): Promise<Bought> {
  const { products } = await ask(origin, '{ products(first: 40) { edges { node { variants { id stock { available } } } } } }', {});
  const variants = products.edges.flatMap((edge: any) => edge.node.variants);
  const variantId: string = variants.find((variant: any) => variant.stock.available > 20).id;
  const { addToCart } = await ask(origin, 'mutation($input: AddToCartInput!) { addToCart(input: $input) { ... on Cart { id } } }', { input: { variantId, quantity, idempotencyKey: randomUUID() } });
  const shippingAddress = { fullName, line1: '12 Harbour Lane', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
  const input = { cartId: addToCart.id, email, shippingAddress, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: randomUUID(), waitMs: 5000 };
  const { placeOrder } = await ask(origin, 'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on Order { id number } } }', { input });
  assert.equal(placeOrder.__typename, 'Order');
  return { id: placeOrder.id, number: placeOrder.number, variantId };
}
