/** A guest who buys with the contract's operations, through the one published port, and does not give up. */
import { print } from 'graphql';
import { systemIds } from '#platform/ids/system.ts';
import { contractDocuments } from '../contracts/documents.ts';

const texts = new Map(contractDocuments().map(({ name, document }) => [name, print(document)]));
const ADDRESS = { fullName: 'Ada Byron', line1: '12 St James Square', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
/** Containers start anew meanwhile, and the machine may be slow. */
const PATIENCE_MS = 180_000;
const PAUSE_MS = 250;

export interface Bought {
  id: string;
  guestToken: string;
  /** From the first click to CONFIRMED. */
  tookMs: number;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Asks until it is answered without a fault: whatever is away comes back, and keys make a repeat safe. */
async function insist(origin: string, name: string, variables: Record<string, unknown>): Promise<any> {
  const untilMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const told = await ask(origin, name, variables);
    if (typeof told !== 'string') return told;
    if (performance.now() > untilMs) throw new Error(`${name} is not answered: ${told}`);
    await pause(PAUSE_MS);
  }
}

/** The first field of the answer, or what went wrong. */
async function ask(origin: string, name: string, variables: Record<string, unknown>): Promise<any> {
  try {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(20_000), body: JSON.stringify({ query: texts.get(name)!, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown[] };
    const field = Object.values(data ?? {})[0];
    return errors || !field ? JSON.stringify(errors ?? data) : field;
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
}

/** Buys something that is in stock. @throws Error when a step is refused, or is not answered for three minutes. */
export async function buy(origin: string): Promise<Bought> {
  const begunMs = performance.now();
  const list = await insist(origin, 'ProductList', { first: 20, filter: { inStock: true } });
  const variants = list.edges.flatMap(({ node }: any) => node.variants).filter(({ stock }: any) => stock?.available > 0);
  if (variants.length === 0) throw new Error('nothing is in stock');
  const cart = await insist(origin, 'AddToCart', { input: { variantId: variants[0].id, quantity: 1, idempotencyKey: systemIds.uuid() } });
  if (cart.__typename !== 'Cart') throw new Error(`addToCart: ${JSON.stringify(cart)}`);
  const order = await insist(origin, 'PlaceOrder', {
    input: { cartId: cart.id, email: 'ada@example.com', shippingAddress: ADDRESS, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: systemIds.uuid() },
  });
  if (order.__typename !== 'Order') throw new Error(`placeOrder: ${JSON.stringify(order)}`);
  await confirmed(origin, order);
  return { id: order.id, guestToken: order.guestToken, tookMs: performance.now() - begunMs };
}

/** Resolves when the order is CONFIRMED or further. @throws Error when it is cancelled, or stays PENDING. */
export async function confirmed(origin: string, { id, guestToken }: Pick<Bought, 'id' | 'guestToken'>): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const order = await insist(origin, 'Order', { id, guestToken });
    if (order.status === 'CANCELLED') throw new Error(`order ${id} was cancelled: ${JSON.stringify(order)}`);
    if (order.status !== 'PENDING') return;
    if (performance.now() > untilMs) throw new Error(`order ${id} stays PENDING`);
    await pause(PAUSE_MS);
  }
}
