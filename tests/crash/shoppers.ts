/** Shoppers who do not give up: each step is asked again with the same key until it is answered. */
import { systemIds } from '#platform/ids/system.ts';
import { Gone, pause, type DoomedMall } from './doomed-mall.ts';

const ADD = `mutation ($input: AddToCartInput!) { addToCart(input: $input) { __typename ... on Cart { id } ... on Refusal { code message } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename ... on Order { id guestToken } ... on PaymentDeclined { order { id } } ... on Refusal { code message }
} }`;
const CANCEL = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ... on Order { id } ... on Refusal { code message } } }`;
const ADDRESS = { fullName: 'Ada Byron', line1: '12 St James Square', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

const TOKENS = ['pm_ok', 'pm_ok', 'pm_ok', 'pm_declined', 'pm_insufficient_funds', 'pm_webhook_first', 'pm_timeout', 'pm_3ds'];
const RETRY_MS = 30;

export interface Bought {
  /** The key of placeOrder. */
  key: string;
  token: string;
  /** What placeOrder was asked; null where it did not come to that. */
  input: Record<string, unknown> | null;
  /** Every order id that was ever answered to this key. */
  orderIds: Set<string>;
  refusal: string | null;
  /** Has changed their mind. */
  calledOff: boolean;
}

export interface Plan {
  mall: DoomedMall;
  variants: Map<string, string>;
  random: () => number;
  /** True once no new shopper comes in. */
  closing(): boolean;
}

/** One shopper after the other until closing time; each guest has a cart of their own. */
export async function shopping(plan: Plan, bought: Bought[]): Promise<void> {
  while (!plan.closing()) bought.push(await buy(plan));
}

async function buy({ mall, variants, random }: Plan): Promise<Bought> {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const variantId = variants.get(pick(['SHIRT-S', 'SHIRT-M', 'MUG', 'MUG', 'MUG', 'TEA', 'TEA', 'LAMP']))!;
  const cart = await insist(mall, ADD, { input: { variantId, quantity: 1 + Math.floor(random() * 2), idempotencyKey: systemIds.uuid() } });
  const token = pick(TOKENS);
  const one: Bought = { key: systemIds.uuid(), token, input: null, orderIds: new Set(), refusal: null, calledOff: false };
  const { addToCart } = cart;
  if (addToCart.__typename !== 'Cart') return { ...one, refusal: addToCart.code };

  const input = {
    cartId: addToCart.id, email: 'guest@example.com', shippingAddress: ADDRESS, payment: { provider: 'SANDBOX', token }, idempotencyKey: one.key, waitMs: Math.floor(random() * 400),
  };
  one.input = input;
  const place = async () => {
    const { placeOrder } = await insist(mall, PLACE, { input });
    const id = placeOrder.id ?? placeOrder.order?.id;
    if (id) one.orderIds.add(id);
    else one.refusal = placeOrder.code;
    return placeOrder;
  };
  const placed = await place();
  // Some press the button again, after the answer: it is the same order.
  if (random() < 0.3) await place();
  // Nobody goes to the bank here, and some change their mind: such orders are called off.
  if (placed.__typename === 'Order' && (token === 'pm_3ds' || random() < 0.15)) {
    one.calledOff = true;
    await insist(mall, CANCEL, { input: { id: placed.id, guestToken: placed.guestToken, reason: 'changed my mind', idempotencyKey: systemIds.uuid() } });
  }
  return one;
}

/** The same wish with the same key once more, of a mall that may have been brought back to a time before it. Answers the order's id. */
export async function buyAgain(mall: DoomedMall, { input, token, calledOff }: Bought): Promise<string | null> {
  const { placeOrder } = await insist(mall, PLACE, { input });
  if (placeOrder.__typename === 'Order' && (calledOff || token === 'pm_3ds')) {
    await insist(mall, CANCEL, { input: { id: placeOrder.id, guestToken: placeOrder.guestToken, reason: 'no time', idempotencyKey: systemIds.uuid() } });
  }
  return placeOrder.id ?? placeOrder.order?.id ?? null;
}

/** Asks until it is answered, through as many deaths as it takes. */
async function insist(mall: DoomedMall, query: string, variables: Record<string, unknown>): Promise<any> {
  for (;;) {
    try {
      return await mall.send(query, variables);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      await pause(RETRY_MS);
    }
  }
}
