/** The cart beside the real products and inventory: what the three of them promise each other. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inventory } from '#subgraphs/inventory/index.ts';
import { products } from '#subgraphs/products/index.ts';
import { openMall } from '#platform/subgraph/testing.ts';
import { cart } from '../index.ts';
import { CartMall, problemCodes } from './cart-mall.ts';

const merchant = { userId: 'm1', roles: ['merchant'] };
const carts = new CartMall();
let product: { id: string; version: number; variants: { id: string }[] };

beforeEach(async () => {
  carts.mall = await openMall({ rooms: [products, inventory, cart], rude: 5 });
  product = await save({ priceMinor: 1_500 });
  await carts.mall.settle();
});
afterEach(() => carts.mall.close());

async function save(variant: { priceMinor: number }, known?: { id: string; expectedVersion: number }) {
  const input = { ...known, product: { slug: 'linen-shirt', name: { en: 'Linen Shirt', zh: '亚麻衬衫' }, description: { en: 'Cool.' }, categoryPaths: [['Apparel']], attributes: [], media: [], variants: [{ sku: 'LS-1', options: [], initialStock: 4, ...variant }] } };
  const query = 'mutation ($input: SaveProductInput!) { saveProduct(input: $input) { __typename ... on Product { id version variants { id } } ... on Refusal { code message } } }';
  const { data, errors } = await carts.mall.execute('products', query, { input }, merchant);
  if (data?.saveProduct?.__typename !== 'Product') throw new Error(JSON.stringify({ data, errors }));
  return data.saveProduct;
}

test('a product that is put on the shelf has stock, and can be put in a cart up to that', async () => {
  const [{ id: variantId } = { id: '' }] = product.variants;
  const { addToCart } = (await carts.add(variantId, 4)).data;
  expect(addToCart).toMatchObject({ itemCount: 4, total: { amountMinor: 6_000 }, lines: [{ problems: [] }] });
  expect((await carts.add(variantId, 1, {}, { cartId: addToCart.id })).data.addToCart).toMatchObject({ code: 'OUT_OF_STOCK', available: 4 });
});

test('an open cart sees the price move, the last units go, and the product leave the shop', async () => {
  const variantId = product.variants[0]!.id;
  const { id } = (await carts.add(variantId, 2)).data.addToCart;
  const tab = carts.watch(id);
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['']);

  product = await save({ priceMinor: 1_900 }, { id: product.id, expectedVersion: product.version });
  const dearer = (await tab.next()).data.cartChanged;
  expect([problemCodes(dearer), dearer.total.amountMinor]).toEqual([['PRICE_MOVED'], 3_800]);
  expect(problemCodes((await carts.accept(id)).data.acceptCartPrices)).toEqual(['']);
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['']);

  await carts.mall.execute('inventory', 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { __typename } }', { input: { variantId, setTo: 1, reason: 'COUNTED', idempotencyKey: 'count-of-today' } }, merchant);
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['STOCK_SHORT']);

  const archive = 'mutation ($input: ArchiveProductInput!) { archiveProduct(input: $input) { __typename ... on Refusal { code message } } }';
  const { data } = await carts.mall.execute('products', archive, { input: { id: product.id, archived: true, expectedVersion: product.version } }, merchant);
  expect(data.archiveProduct.__typename).toBe('Product');
  expect(problemCodes((await tab.next()).data.cartChanged)).toEqual(['UNAVAILABLE']);
  tab.leave();
});
