/** Buyers' words, and what goes together. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Mall } from '#platform/subgraph/testing.ts';
import { relatedProducts } from '#schema/asks.ts';
import { importReviews } from '../index.ts';
import { importProducts, openShop, relatedTo, SHOP } from './fixtures.ts';

const REVIEW = `mutation ($input: WriteReviewInput!) { writeReview(input: $input) { __typename
  ... on Review { id rating title body authorName } ... on Refusal { code message } } }`;
const RATED = '{ product(slug: "linen-shirt") { id version rating { average count histogram } reviews(first: 2) { totalCount edges { node { rating title authorName } } pageInfo { hasNextPage endCursor } } } }';

let mall: Mall;
const bought = new Set<string>();
let shirt: string;
beforeEach(async () => {
  bought.clear();
  mall = await openShop({ bought });
  await importProducts(mall, SHOP);
  shirt = (await mall.execute('products', '{ product(slug: "linen-shirt") { id } }')).data.product.id;
});
afterEach(() => mall.close());

async function review(userId: string, input: object = {}) {
  const { data, errors } = await mall.execute('products', REVIEW, { input: { productId: shirt, rating: 5, title: 'Good', body: 'Yes.', ...input } }, { userId });
  if (errors) throw Object.assign(new Error(errors[0]!.message), errors[0]);
  return data.writeReview;
}
const rated = async () => (await mall.execute('products', RATED)).data.product;

describe('writeReview', () => {
  test('who has not bought is refused; a buyer’s word is there at once, with the stars', async () => {
    expect(await review('u1')).toMatchObject({ __typename: 'ReviewRefused', code: 'NOT_BOUGHT' });
    bought.add(shirt);
    expect(await review('u1', { rating: 4, title: ' Cool ' })).toMatchObject({ __typename: 'Review', title: 'Cool', authorName: 'Name of u1' });
    expect(await rated()).toMatchObject({
      version: 1,
      rating: { average: 4, count: 1, histogram: [0, 0, 0, 1, 0] },
      reviews: { totalCount: 1, edges: [{ node: { rating: 4, title: 'Cool', authorName: 'Name of u1' } }] },
    });
  });

  test('the same person again replaces the first word, also twice at the same moment', async () => {
    bought.add(shirt);
    await review('u1', { rating: 1 });
    await Promise.all([review('u1', { rating: 5 }), review('u1', { rating: 3 }), review('u2', { rating: 5 })]);
    const { rating, reviews } = await rated();
    expect(reviews.totalCount).toBe(2);
    expect(rating.count).toBe(2);
    const stars = reviews.edges.map((edge: any) => edge.node.rating);
    expect(rating.average).toBe((stars[0] + stars[1]) / 2);
    const rows = await mall.database('products').query('select rating from review');
    expect(rows).toHaveLength(2);
  });

  test('newest first, page by page, each once', async () => {
    const at = mall.clock.nowMs();
    const seeds = Array.from({ length: 5 }, (_, index) => ({ slug: 'linen-shirt', writer: `seed-${index}`, authorName: 'A', rating: 5, title: `T${index}`, body: '', createdAtMs: at - index * 1_000 }));
    expect(await importReviews(mall.room('products').deps, seeds)).toBe(5);
    expect(await importReviews(mall.room('products').deps, seeds)).toBe(0);
    await mall.settle();
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await mall.execute('products', 'query ($after: String) { product(slug: "linen-shirt") { reviews(first: 2, after: $after) { edges { node { title } } pageInfo { hasNextPage endCursor } } } }', { after });
      const { edges, pageInfo } = data.product.reviews;
      titles.push(...edges.map((edge: any) => edge.node.title));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(titles).toEqual(['T0', 'T1', 'T2', 'T3', 'T4']);
  });

  test('every faulty field is named; an unknown product is refused; a guest is sent to sign in', async () => {
    await expect(review('u1', { rating: 6, title: ' ', body: 'x'.repeat(4_001) })).rejects.toMatchObject({
      extensions: { code: 'INVALID_INPUT', fields: { 'input.rating': expect.any(String), 'input.title': expect.any(String), 'input.body': expect.any(String) } },
    });
    expect(await review('u1', { productId: 'unknown' })).toMatchObject({ code: 'PRODUCT_UNKNOWN' });
    const { errors } = await mall.execute('products', REVIEW, { input: { productId: shirt, rating: 5, title: 'x', body: '' } });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('what goes together', () => {
  const like = async () => {
    const { similar, together } = await relatedTo(mall, 'linen-shirt');
    return { similar: similar.slice(0, 2), together: together.slice(0, 2) };
  };
  const confirm = async (...slugs: string[]) => {
    const rows = await mall.database('products').query<{ id: string; slug: string }>('select id, slug from product');
    const lines = slugs.map((slug) => ({ variantId: slug, productId: rows.find((row) => row.slug === slug)!.id, quantity: 2 }));
    await mall.tell({ topic: 'gomall.orders.events', type: 'order.confirmed', version: 1, subject: slugs.join(), data: { orderId: slugs.join(), userId: null, totalMinor: 1, currency: 'USD', lines } });
    await mall.settle();
  };

  test('without orders: the nearest of the same category, then of the one above', async () => {
    expect(await like()).toEqual({ similar: ['cotton-shirt', 'summer-dress'], together: ['cotton-shirt', 'summer-dress'] });
  });

  test('with orders: what was bought with it comes first, most often first, filled from categories', async () => {
    await confirm('linen-shirt', 'phone-case');
    expect((await like()).together).toEqual(['phone-case', 'cotton-shirt']);
    await confirm('linen-shirt', 'running-shoes');
    await confirm('running-shoes', 'linen-shirt');
    await mall.advance(31_000);
    expect((await like()).together).toEqual(['running-shoes', 'phone-case']);
  });

  test('best sellers follow the orders, and after a crash too, though messages came twice', async () => {
    await mall.close();
    mall = await openShop({ rude: 11 });
    await importProducts(mall, SHOP);
    await confirm('running-shoes');
    await confirm('running-shoes', 'phone-case');
    await mall.advance(11_000);
    const best = async () => (await mall.execute('products', '{ products(first: 2, sort: BEST_SELLING) { edges { node { slug } } } }')).data.products.edges.map((edge: any) => edge.node.slug);
    expect(await best()).toEqual(['running-shoes', 'phone-case']);
    await mall.crash();
    expect(await best()).toEqual(['running-shoes', 'phone-case']);
    const rows = await mall.database('products').query('select sold from product_sales order by sold desc');
    expect(rows).toEqual([{ sold: 4 }, { sold: 2 }]);
  });
});

test('a product page takes one statement the first time and none after that', async () => {
  await mall.settle();
  const page = () => mall.execute('products', '{ product(slug: "linen-shirt") { id name reviews(first: 5) { totalCount edges { node { title } } } } }');
  expect((await mall.statements(page)).total).toBe(1);
  expect((await mall.statements(page)).total).toBe(0);
});

test('reviews of a whole page of products take one statement, pairs another, not two a product', async () => {
  await mall.settle();
  const page = () => mall.execute('products', '{ products(first: 6) { edges { node { id reviews(first: 3) { totalCount edges { node { title } } } } } } }');
  expect((await mall.statements(page)).total).toBe(1);
  const ids = (await page()).data.products.edges.map(({ node }: any) => node.id);
  const ask = () => mall.room('products').deps.asker.ask(relatedProducts, { productIds: ids });
  expect((await mall.statements(ask)).total).toBe(1);
  expect((await mall.statements(ask)).total).toBe(0);
});
