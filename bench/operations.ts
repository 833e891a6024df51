/** What is measured: the operations of the contract as shoppers send them, with inputs made from the shop's own goods. */
import { print } from 'graphql';
import { contractDocuments } from '../tests/contracts/documents.ts';
import type { Call } from './measure.ts';

const texts = new Map(contractDocuments().map(({ name, document }) => [name, print(document)]));

export const request = (name: string, variables: Record<string, unknown>): { query: string; operationName: string; variables: Record<string, unknown> } => ({
  query: texts.get(name)!,
  operationName: name,
  variables,
});

export async function ask<Data = any>(origin: string, body: unknown, token?: string): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

export interface Goods {
  slugs: string[];
  /** Variants with plenty of stock. */
  variantIds: string[];
  words: string[];
}

/** Variants that are bought in the benchmark, and units each of them gets. */
const BOUGHT_VARIANTS = 50;
const PLENTY = 1_000_000;

export async function goods(origin: string): Promise<Goods> {
  const { products } = await ask(origin, request('ProductList', { first: 100, filter: { inStock: true, priceMaxMinor: 20_000 } }));
  const nodes: { slug: string; name: string; variants: { id: string }[] }[] = products.edges.map((edge: any) => edge.node);
  const login = await ask(origin, request('Login', { input: { email: 'admin@gomall.example', password: 'gomall-demo' } }));
  const variantIds = nodes.flatMap((node) => node.variants.map(({ id }) => id)).slice(0, BOUGHT_VARIANTS);
  for (const variantId of variantIds) {
    const input = { variantId, setTo: PLENTY, reason: 'benchmark', idempotencyKey: `bench-${variantId}` };
    const { adjustStock } = await ask(origin, request('AdjustStock', { input }), login.login.accessToken);
    if (adjustStock.__typename !== 'StockLevel') throw new Error(`adjustStock: ${adjustStock.message}`);
  }
  return { slugs: nodes.map(({ slug }) => slug), variantIds, words: nodes.flatMap(({ name }) => name.toLowerCase().split(' ').filter((word) => /^[a-z]{4,}$/.test(word)).slice(-1)) };
}

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
const noErrors = (answer: any) => {
  if (answer.errors) throw new Error(answer.errors[0].message);
};

export interface Measured {
  operation: string;
  targetCpuMs: number;
  calls: number;
  next: (index: number) => Call;
  check: (answer: any) => void;
}

export function measuredReads(shop: Goods): Measured[] {
  return [
    {
      operation: 'product list of 20',
      targetCpuMs: 1.5,
      calls: 3_000,
      next: (index) => ({ body: request('ProductList', { first: 20, sort: pick(['NEWEST', 'PRICE_ASC', 'BEST_SELLING'], index) }) }),
      check: (answer) => {
        noErrors(answer);
        if (answer.data.products.edges.length !== 20 || answer.data.products.edges[0].node.variants[0].stock === null) throw new Error('not 20 products with stock');
      },
    },
    {
      operation: 'product detail',
      targetCpuMs: 0.8,
      calls: 4_000,
      next: (index) => ({ body: request('ProductDetail', { slug: pick(shop.slugs, index) }) }),
      check: (answer) => {
        noErrors(answer);
        if (!answer.data.product.description) throw new Error('no description');
      },
    },
    {
      operation: 'search of 20 with facets',
      targetCpuMs: 1.8,
      calls: 3_000,
      next: (index) => ({ body: request('Search', { query: pick(shop.words, index), first: 20 }) }),
      check: (answer) => {
        noErrors(answer);
        if (answer.data.search.totalCount < 1) throw new Error('nothing found');
      },
    },
  ];
}

export function measuredAddToCart(shop: Goods, run: string): Measured {
  return {
    operation: 'add to cart',
    targetCpuMs: 1.0,
    calls: 3_000,
    next: (index) => ({
      body: request('AddToCart', { input: { variantId: pick(shop.variantIds, index), quantity: 1, idempotencyKey: uuidOf(run, index) } }),
    }),
    check: (answer) => {
      noErrors(answer);
      if (answer.data.addToCart.__typename !== 'Cart') throw new Error(answer.data.addToCart.message);
    },
  };
}

/** Carts that are filled at once. */
const FILLED_AT_ONCE = 32;

/** New carts with one line each. */
export async function fillCarts(origin: string, shop: Goods, count: number, run: string): Promise<string[]> {
  const cartIds: string[] = [];
  const fill = measuredAddToCart(shop, run);
  for (let index = 0; index < count; index += FILLED_AT_ONCE) {
    const batch = Array.from({ length: Math.min(FILLED_AT_ONCE, count - index) }, (_, offset) => ask(origin, fill.next(index + offset).body));
    for (const { addToCart } of await Promise.all(batch)) cartIds.push(addToCart.id);
  }
  return cartIds;
}

export function measuredCheckout(cartIds: readonly string[], run: string): Measured {
  return {
    operation: 'guest checkout to captured payment',
    targetCpuMs: 8,
    calls: cartIds.length,
    next: (index) => ({
      body: request('PlaceOrder', {
        input: {
          cartId: cartIds[index],
          email: 'bench@example.com',
          shippingAddress: { fullName: 'Ada Bench', line1: '1 Test Street', city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
          payment: { provider: 'SANDBOX', token: 'pm_ok' },
          idempotencyKey: uuidOf(run, index),
          waitMs: 10_000,
        },
      }),
    }),
    check: (answer) => {
      noErrors(answer);
      const order = answer.data.placeOrder;
      if (order.__typename !== 'Order' || order.status !== 'CONFIRMED') throw new Error(`${order.__typename} ${order.status ?? order.message}`);
    },
  };
}

/** A UUID of version 8 (RFC 9562) out of a run's name and a number. */
function uuidOf(run: string, index: number): string {
  const hex = Buffer.from(run).toString('hex').padEnd(16, '0').slice(0, 16) + index.toString(16).padStart(16, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

