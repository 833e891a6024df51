/** Search through the room's own GraphQL: words, mistakes, facets, filters, pages. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mall } from '#platform/subgraph/testing.ts';
import { importProducts, MERCHANT, openShop, productInput, SHOP } from './fixtures.ts';

const SEARCH = `query ($query: String!, $first: Int!, $after: String, $filter: ProductFilter) {
  search(query: $query, first: $first, after: $after, filter: $filter) {
    totalCount correctedQuery edges { cursor node { id slug name variants { sku } } } facets { name values { value label count } } pageInfo { hasNextPage endCursor }
  }
}`;

let mall: Mall;
beforeAll(async () => {
  mall = await openShop();
  await importProducts(mall, SHOP);
  await mall.settle();
});
afterAll(() => mall.close());

async function search(query: string, variables: Record<string, unknown> = {}, visitor = {}) {
  const { data, errors } = await mall.execute('products', SEARCH, { query, first: 20, ...variables }, visitor);
  if (errors) throw Object.assign(new Error(errors[0]!.message), errors[0]);
  return data.search;
}
const slugs = (found: any) => found.edges.map((edge: any) => edge.node.slug);

test('English and Chinese find the same goods, named in the reader’s language', async () => {
  expect(slugs(await search('linen shirt'))).toEqual(['linen-shirt']);
  const found = await search('亚麻衬衫', {}, { language: 'zh' });
  expect(found.edges[0].node).toMatchObject({ slug: 'linen-shirt', name: '亚麻衬衫' });
});

test('a typing mistake is put right and told', async () => {
  expect(await search('wireles hedphones')).toMatchObject({ correctedQuery: 'wireless headphones', totalCount: 1 });
  expect(await search('蓝牙儿机')).toMatchObject({ correctedQuery: '蓝牙耳机', totalCount: 1 });
  expect(await search('headphones')).toMatchObject({ correctedQuery: null });
});

test('facets count everything that was found, and a filter narrows it', async () => {
  const found = await search('shirt', { first: 1 });
  expect(found.totalCount).toBe(2);
  expect(found.edges).toHaveLength(1);
  expect(found.facets.find((facet: any) => facet.name === 'material').values).toEqual([
    { value: 'Cotton', label: 'Cotton', count: 1 },
    { value: 'Linen', label: 'Linen', count: 1 },
  ]);
  expect(slugs(await search('shirt', { filter: { attributes: [{ name: 'material', values: ['Cotton'] }] } }))).toEqual(['cotton-shirt']);
  expect(slugs(await search('shirt', { filter: { categorySlug: 'electronics' } }))).toEqual([]);
});

test('page after page gives every find once; a cursor of a list is refused', async () => {
  await importProducts(mall, Array.from({ length: 25 }, (_, index) => productInput(`gadget-${index}`, { name: { en: `Gadget ${index}` } })));
  await mall.settle();
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const found: any = await search('gadget', { first: 7, after });
    expect(found.totalCount).toBe(25);
    seen.push(...slugs(found));
    after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  } while (after);
  expect(new Set(seen).size).toBe(25);
  expect(seen).toHaveLength(25);
  const { data } = await mall.execute('products', '{ products(first: 1) { pageInfo { endCursor } } }');
  await expect(search('gadget', { after: data.products.pageInfo.endCursor })).rejects.toMatchObject({ extensions: { code: 'INVALID_INPUT', fields: { after: expect.any(String) } } });
});

test('nothing to search for finds nothing; a novel is refused', async () => {
  expect(await search('   ')).toMatchObject({ totalCount: 0, edges: [], facets: [] });
  await expect(search('x'.repeat(201))).rejects.toMatchObject({ extensions: { fields: { query: expect.any(String) } } });
});

test('the search box finishes words and shows goods, mistakes before the last word put right', async () => {
  const suggest = async (query: string) => (await mall.execute('products', 'query ($query: String!) { searchSuggestions(query: $query, first: 3) { terms products { slug } } }', { query })).data.searchSuggestions;
  expect(await suggest('wire')).toEqual({ terms: ['wireless'], products: [{ slug: 'wireless-headphones' }] });
  expect((await suggest('lienn shir')).terms[0]).toBe('linen shirt');
});

test('a search takes no statement', async () => {
  expect((await mall.statements(() => search('shirt'))).total).toBe(0);
});

test('a product that is changed is found by its new words at once', async () => {
  const { data } = await mall.execute('products', '{ product(slug: "phone-case") { id version } }');
  const input = { id: data.product.id, expectedVersion: data.product.version, product: { ...SHOP[4]!, name: { en: 'Tablet Sleeve', zh: '平板保护套' } } };
  await mall.execute('products', 'mutation ($input: SaveProductInput!) { saveProduct(input: $input) { __typename } }', { input }, MERCHANT);
  expect(slugs(await search('tablet sleeve'))).toEqual(['phone-case']);
  expect(slugs(await search('手机壳'))).toEqual([]);
});
