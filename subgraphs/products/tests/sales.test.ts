/** Sales that come with a seed: best sellers and pairs from the first day on, and never a count of orders undone. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Mall } from '#platform/subgraph/testing.ts';
import { importBatch, importSales, type SalesSeed } from '../index.ts';
import { openShop, relatedTo, SHOP } from './fixtures.ts';

const SALES: SalesSeed[] = [
  { slug: 'phone-case', sold: 90, together: [{ slug: 'wireless-headphones', times: 12 }, { slug: 'running-shoes', times: 3 }, { slug: 'no-such-thing', times: 9 }] },
  { slug: 'summer-dress', sold: 40, together: [] },
  { slug: 'wireless-headphones', sold: 60, together: [{ slug: 'phone-case', times: 12 }] },
  { slug: 'gone', sold: 1, together: [] },
];

let mall: Mall;
beforeEach(async () => {
  mall = await openShop();
  await importBatch(mall.room('products').deps, SHOP);
  await mall.settle();
});
afterEach(() => mall.close());

const seedSales = () => importSales(mall.room('products').deps, SALES);
const bestSellers = async () => (await mall.execute('products', '{ products(first: 3, sort: BEST_SELLING) { edges { node { slug } } } }')).data.products.edges.map(({ node }: any) => node.slug);
const confirm = (...slugs: string[]) => mall.database('products').query<{ id: string; slug: string }>('select id, slug from product').then((rows) => {
  const lines = slugs.map((slug) => ({ variantId: `v-${slug}`, productId: rows.find((row) => row.slug === slug)!.id, quantity: 1 }));
  return mall.tell({ topic: 'gomall.orders.events', type: 'order.confirmed', version: 1, subject: 'o1', data: { orderId: 'o1', userId: null, totalMinor: 1, currency: 'USD', lines } });
});
const sold = async (slug: string) =>
  (await mall.database('products').query<{ sold: number }>('select s.sold from product_sales s join product p on p.id = s.product_id where p.slug = ?', [slug]))[0]?.sold;

test('the shop that is open shows them at once, and again after a start', async () => {
  expect(await seedSales()).toBe(3);
  await mall.settle();
  await expect.poll(bestSellers).toEqual(['phone-case', 'wireless-headphones', 'summer-dress']);
  expect((await relatedTo(mall, 'phone-case')).together.slice(0, 2)).toEqual(['wireless-headphones', 'running-shoes']);
  await mall.crash();
  expect(await bestSellers()).toEqual(['phone-case', 'wireless-headphones', 'summer-dress']);
});

test('the same again changes nothing, and an order counts on top', async () => {
  await seedSales();
  expect(await seedSales()).toBe(0);
  await confirm('phone-case', 'summer-dress');
  await mall.settle();
  expect(await seedSales()).toBe(0);
  expect([await sold('phone-case'), await sold('summer-dress')]).toEqual([91, 41]);
});

test('what orders have counted already is left as it is', async () => {
  await confirm('phone-case', 'summer-dress');
  await mall.settle();
  expect(await seedSales()).toBe(1);
  expect([await sold('phone-case'), await sold('wireless-headphones')]).toEqual([1, 60]);
});
