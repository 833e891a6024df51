/** Lists of products: pages, filters, orders, facets, and how few statements they take. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mall } from '#platform/subgraph/testing.ts';
import { importProducts, openShop, productInput, SHOP } from './fixtures.ts';

const LIST = `query ($first: Int!, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount
    edges { cursor node { id slug name description image { url alt } variants { id sku name price { amountMinor currency } } } }
    pageInfo { hasNextPage endCursor }
    facets { name label values { value label count } }
  }
}`;

let mall: Mall;
beforeAll(async () => {
  mall = await openShop();
  await importProducts(mall, SHOP);
  await mall.settle();
});
afterAll(() => mall.close());

async function list(variables: Record<string, unknown>, visitor = {}) {
  const { data, errors } = await mall.execute('products', LIST, { first: 20, ...variables }, visitor);
  if (errors) throw Object.assign(new Error(errors[0]!.message), errors[0]);
  return data.products;
}
const slugs = async (variables: Record<string, unknown>) => (await list(variables)).edges.map((edge: any) => edge.node.slug);

describe('products', () => {
  test('a page after a page gives every product once, in the order that was asked for', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: any = await list({ first: 4, after, sort: 'PRICE_ASC' });
      expect(page.totalCount).toBe(6);
      seen.push(...page.edges.map((edge: any) => edge.node.slug));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(['phone-case', 'cotton-shirt', 'linen-shirt', 'summer-dress', 'running-shoes', 'wireless-headphones']);
    expect(await slugs({ sort: 'PRICE_DESC' })).toEqual(seen.reverse());
  });

  test('a category holds what stands below it, and a price range means the cheapest variant', async () => {
    expect((await slugs({ filter: { categorySlug: 'apparel' }, sort: 'PRICE_ASC' }))).toEqual(['cotton-shirt', 'linen-shirt', 'summer-dress', 'running-shoes']);
    expect(await slugs({ filter: { categorySlug: 'shirts' }, sort: 'PRICE_ASC' })).toEqual(['cotton-shirt', 'linen-shirt']);
    expect(await slugs({ filter: { priceMinMinor: 2_901, priceMaxMinor: 3_900 } })).toEqual(['linen-shirt']);
    expect(await slugs({ filter: { categorySlug: 'no-such' } })).toEqual([]);
  });

  test('of several attributes all must hold, of the values of one any; either language and options will do', async () => {
    expect(await slugs({ filter: { attributes: [{ name: 'material', values: ['Cotton', 'Linen'] }] }, sort: 'PRICE_ASC' })).toEqual(['cotton-shirt', 'linen-shirt', 'summer-dress']);
    expect(await slugs({ filter: { attributes: [{ name: 'material', values: ['亚麻'] }, { name: 'Size', values: ['M'] }] } })).toEqual(['linen-shirt']);
    expect(await slugs({ filter: { attributes: [{ name: 'material', values: ['Cotton'] }, { name: 'Size', values: ['M'] }] } })).toEqual([]);
  });

  test('only what is in stock: as inventory told, and again when it tells otherwise', async () => {
    expect(await slugs({ filter: { inStock: true, categorySlug: 'shirts' } })).toEqual(['linen-shirt']);
    const { data } = await mall.execute('products', '{ product(slug: "cotton-shirt") { variants { id } } }');
    const variantId = data.product.variants[0].id;
    const tell = (available: number) => mall.tell({ topic: 'gomall.inventory.events', type: 'stock.changed', version: 1, subject: variantId, data: { variantId, available, onHand: 2, held: 0 } });
    await tell(2);
    await mall.settle();
    expect(await slugs({ filter: { inStock: true, categorySlug: 'shirts' }, sort: 'PRICE_ASC' })).toEqual(['cotton-shirt', 'linen-shirt']);
    await tell(0);
    await mall.settle();
    expect(await slugs({ filter: { inStock: true, categorySlug: 'shirts' } })).toEqual(['linen-shirt']);
  });

  test('facets count the whole list, category first, labels in the reader’s language', async () => {
    const { facets } = await list({ first: 1, filter: { categorySlug: 'apparel' } }, { language: 'zh' });
    expect(facets[0]).toEqual({
      name: 'category',
      label: '分类',
      values: [
        { value: 'apparel', label: '服装', count: 4 },
        { value: 'shirts', label: '衬衫', count: 2 },
        { value: 'dresses', label: 'Dresses', count: 1 },
        { value: 'shoes', label: 'Shoes', count: 1 },
      ],
    });
    expect(facets.find((facet: any) => facet.name === 'material').values).toEqual([
      { value: 'Cotton', label: '纯棉', count: 2 },
      { value: 'Linen', label: '亚麻', count: 1 },
    ]);
  });

  test.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ after: 'nonsense' }, 'after'],
    [{ after: Buffer.from('["PRICE_ASC",1,"x"]').toString('base64url') }, 'after'],
    [{ filter: { priceMinMinor: -1 } }, 'filter.priceMinMinor'],
    [{ filter: { priceMinMinor: 2, priceMaxMinor: 1 } }, 'filter.priceMaxMinor'],
    [{ filter: { attributes: [{ name: 'material', values: [] }] } }, 'filter.attributes.0.values'],
  ])('%j is refused as INVALID_INPUT naming %s', async (variables, field) => {
    await expect(list(variables)).rejects.toMatchObject({ extensions: { code: 'INVALID_INPUT', fields: { [field]: expect.any(String) } } });
  });

  test('texts come in the language of the request', async () => {
    const { data } = await mall.execute('products', '{ product(slug: "linen-shirt") { name image { alt } variants { name } } }', {}, { language: 'zh' });
    expect(data.product).toEqual({ name: '亚麻衬衫', image: { alt: '亚麻衬衫' }, variants: expect.arrayContaining([{ name: '亚麻衬衫，S / 蓝色' }]) });
  });
});

describe('statements', () => {
  test('a list takes none from memory, and five whatever its length when nothing is cached', async () => {
    await importProducts(mall, Array.from({ length: 30 }, (_, index) => productInput(`extra-${index}`)));
    await mall.settle();
    expect((await mall.statements(() => list({ first: 36 }))).total).toBe(0);
    const { Catalogue } = await import('../catalogue.ts');
    const cold = new Catalogue(mall.room('products').deps, { productsCached: 2 });
    await cold.start();
    await cold.indexed();
    const rows = cold.shelf.inOrder('NEWEST').slice(0, 36);
    const { total } = await mall.statements(() => Promise.all(rows.map((row) => cold.get(row.id))));
    expect(total).toBe(5);
  });
});
