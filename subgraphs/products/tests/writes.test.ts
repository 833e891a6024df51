/** Staff's work: saving, archiving, importing; and that shoppers see it at once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Mall } from '#platform/subgraph/testing.ts';
import { importBatch } from '../index.ts';
import { importProducts, MERCHANT, openShop, productInput } from './fixtures.ts';

const SAVE = `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { __typename
  ... on Product { id slug name version updatedAt archived categories { slug name } variants { id sku price { amountMinor } archived } translations { language name } }
  ... on ProductConflict { code message current { id name version } }
  ... on ProductRefused { code message field }
} }`;
const ARCHIVE = `mutation ($input: ArchiveProductInput!) { archiveProduct(input: $input) { __typename
  ... on Product { id version archived } ... on ProductConflict { current { version } } ... on ProductRefused { code field } } }`;
const NAMES = '{ products(first: 20, sort: PRICE_ASC) { totalCount edges { node { slug name } } } }';

let mall: Mall;
beforeEach(async () => {
  mall = await openShop();
});
afterEach(() => mall.close());

async function save(input: Record<string, unknown>, visitor: object = MERCHANT) {
  const { data, errors } = await mall.execute('products', SAVE, { input }, visitor);
  if (errors) throw Object.assign(new Error(errors[0]!.message), errors[0]);
  return data.saveProduct;
}
const told = (type: string) => mall.told('products').filter(({ message }) => message.type === type).map(({ message }) => message.data as any);
const names = async () => (await mall.execute('products', NAMES)).data.products.edges.map((edge: any) => edge.node.name);

describe('saveProduct', () => {
  test('a new product is there at once, for lists, search and categories, and the others are told', async () => {
    const made = await save({ product: productInput('kettle', { name: { en: 'Kettle', zh: '水壶' }, categoryPaths: [['Kitchen', 'Tea']] }) });
    expect(made).toMatchObject({ __typename: 'Product', version: 1, categories: [{ slug: 'tea', name: 'Tea' }], translations: [{ language: 'en', name: 'Kettle' }, { language: 'zh', name: '水壶' }] });
    const { data } = await mall.execute('products', '{ search(query: "水壶") { totalCount } category(slug: "kitchen") { productCount children { slug productCount } parent { id } } }');
    expect(data).toEqual({ search: { totalCount: 1 }, category: { productCount: 1, children: [{ slug: 'tea', productCount: 1 }], parent: null } });
    await mall.settle();
    expect(told('variants.added')).toEqual([{ productId: made.id, variants: [{ variantId: made.variants[0].id, sku: 'kettle-1', initialStock: 5 }] }]);
    expect(told('product.changed')).toEqual([{ productId: made.id, slug: 'kettle', archived: false, variantIds: [made.variants[0].id] }]);
  });

  test('two of the staff change the same version: one is saved, the other is shown what there is now', async () => {
    const { id } = await save({ product: productInput('kettle') });
    const change = (name: string) => save({ id, expectedVersion: 1, product: productInput('kettle', { name: { en: name } }) });
    const answers = await Promise.all([change('First'), change('Second')]);
    const saved = answers.find((answer) => answer.__typename === 'Product');
    const refused = answers.find((answer) => answer.__typename === 'ProductConflict');
    expect(saved).toMatchObject({ version: 2 });
    expect(refused).toMatchObject({ code: 'PRODUCT_CONFLICT', current: { id, name: saved.name, version: 2 } });
    expect(await names()).toEqual([saved.name]);
  });

  test('a variant keeps its id by its SKU, a price that moved is told, one left out is archived and comes back with the same id', async () => {
    const two = [{ sku: 'K-1', priceMinor: 100, options: [{ name: 'Size', value: 'S' }] }, { sku: 'K-2', priceMinor: 200, options: [{ name: 'Size', value: 'M' }] }];
    const first = await save({ product: productInput('kettle', { variants: two }) });
    const [small, medium] = first.variants;
    const second = await save({ id: first.id, expectedVersion: 1, product: productInput('kettle', { variants: [{ ...two[0]!, sku: 'k-1', priceMinor: 150 }] }) });
    expect(second.variants).toEqual([{ id: small.id, sku: 'k-1', price: { amountMinor: 150 }, archived: false }]);
    const { data } = await mall.execute('products', 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Variant { id sku name archived product { slug } } } }', {
      r: [{ __typename: 'Variant', id: medium.id }, { __typename: 'Variant', id: 'unknown' }, { __typename: 'Variant', id: small.id }],
    });
    expect(data._entities).toEqual([
      { id: medium.id, sku: 'K-2', name: 'Thing kettle, M', archived: true, product: { slug: 'kettle' } },
      null,
      { id: small.id, sku: 'k-1', name: 'Thing kettle, S', archived: false, product: { slug: 'kettle' } },
    ]);
    const third = await save({ id: first.id, expectedVersion: 2, product: productInput('kettle', { variants: two }) });
    expect(third.variants.map((variant: any) => variant.id)).toEqual([small.id, medium.id]);
    await mall.settle();
    expect(told('variant.price-changed').map(({ fromMinor, toMinor }) => [fromMinor, toMinor])).toEqual([[100, 150], [150, 100]]);
    expect(told('variants.added').map(({ productId, variants }) => [productId, variants.map(({ sku }: any) => sku)])).toEqual([[first.id, ['K-1', 'K-2']]]);
  });

  test.each([
    [{ product: productInput('taken') }, 'SLUG_TAKEN', 'product.slug'],
    [{ product: productInput('other', { variants: [{ sku: 'TAKEN-1', priceMinor: 1, options: [] }] }) }, 'SKU_TAKEN', 'product.variants.0.sku'],
    [{ product: productInput('No Slug') }, 'PRODUCT_INVALID', 'product.slug'],
    [{ id: 'unknown', expectedVersion: 1, product: productInput('other') }, 'PRODUCT_UNKNOWN', 'id'],
  ])('%# a product that cannot be so is refused and nothing is saved', async (input, code, field) => {
    await save({ product: productInput('taken') });
    expect(await save(input)).toMatchObject({ __typename: 'ProductRefused', code, field });
    expect(await names()).toEqual(['Thing taken']);
  });

  test('refusals speak the language of the request', async () => {
    expect((await save({ product: productInput('x', { variants: [] }) }, { ...MERCHANT, language: 'zh' })).message).toBe('至少 1 个。');
  });

  test('shoppers and guests may not write, and do not see translations', async () => {
    await expect(save({ product: productInput('x') }, {})).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    await expect(save({ product: productInput('x') }, { userId: 'u1' })).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await save({ product: productInput('kettle') });
    const { errors } = await mall.execute('products', '{ product(slug: "kettle") { translations { name } } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a change without the version that was read is INVALID_INPUT', async () => {
    await expect(save({ id: 'x', product: productInput('x') })).rejects.toMatchObject({ extensions: { fields: { 'input.expectedVersion': expect.any(String) } } });
  });

  test('an address that changed leads to the product, the old one to nothing', async () => {
    const { id } = await save({ product: productInput('kettle') });
    await save({ id, expectedVersion: 1, product: productInput('teapot', { variants: [{ sku: 'kettle-1', priceMinor: 1, options: [] }] }) });
    const { data } = await mall.execute('products', '{ old: product(slug: "kettle") { id } new: product(slug: "teapot") { id version } }');
    expect(data).toEqual({ old: null, new: { id, version: 2 } });
  });
});

describe('archiveProduct', () => {
  test('off the shop and back: lists, search and quotes follow, staff sees it all the time', async () => {
    const { id, variants } = await save({ product: productInput('kettle') });
    const archive = async (expectedVersion: number, archived: boolean) => (await mall.execute('products', ARCHIVE, { input: { id, expectedVersion, archived } }, MERCHANT)).data.archiveProduct;
    const shown = async (visitor = {}) => (await mall.execute('products', '{ product(slug: "kettle") { archived } search(query: "thing") { totalCount } products { totalCount } }', {}, visitor)).data;
    const { quoteVariants } = await import('#schema/asks.ts');
    const sellable = async () => (await mall.room('products').deps.asker.ask(quoteVariants, { variantIds: [variants[0].id] }))[0]?.sellable;

    expect(await archive(1, true)).toMatchObject({ __typename: 'Product', version: 2, archived: true });
    expect(await shown()).toEqual({ product: null, search: { totalCount: 0 }, products: { totalCount: 0 } });
    expect((await shown(MERCHANT)).product).toEqual({ archived: true });
    expect(await sellable()).toBe(false);
    const staff = await mall.execute('products', '{ all: catalogue { totalCount } off: catalogue(archived: true, search: "thing") { totalCount } on: catalogue(archived: false) { totalCount } }', {}, MERCHANT);
    expect(staff.data).toEqual({ all: { totalCount: 1 }, off: { totalCount: 1 }, on: { totalCount: 0 } });

    expect(await archive(1, false)).toEqual({ __typename: 'ProductConflict', current: { version: 2 } });
    expect(await archive(2, false)).toMatchObject({ version: 3, archived: false });
    expect(await shown()).toEqual({ product: { archived: false }, search: { totalCount: 1 }, products: { totalCount: 1 } });
    expect(await sellable()).toBe(true);
  });
});

describe('importProducts', () => {
  const batch = (count: number) => Array.from({ length: count }, (_, index) => productInput(`p-${index}`));

  test('the same again changes nothing; one change changes one', async () => {
    expect(await importProducts(mall, batch(25))).toMatchObject({ created: 25, updated: 0, unchanged: 0, refused: [] });
    const again = await importProducts(mall, batch(25));
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 25, refused: [] });
    expect(again.variants).toHaveLength(25);
    expect(again.variants.every((variant: any) => !variant.created)).toBe(true);
    await mall.settle();
    expect(told('product.changed')).toHaveLength(25);
    const changed = batch(25).map((input) => (input.slug === 'p-7' ? { ...input, brand: 'Other' } : input));
    expect(await importProducts(mall, changed)).toMatchObject({ created: 0, updated: 1, unchanged: 24 });
  });

  test('a faulty product is named by its field and nothing of it is loaded; the others are', async () => {
    await importProducts(mall, [productInput('taken')]);
    const report = await importProducts(mall, [
      productInput('good'),
      productInput('bad-price', { variants: [{ sku: 'bp', priceMinor: -1, options: [] }] }),
      productInput('bad-sku', { categoryPaths: [['Nowhere']], variants: [{ sku: 'bs', priceMinor: 1, options: [] }, { sku: 'TAKEN-1', priceMinor: 1, options: [] }].map((variant, index) => ({ ...variant, options: [{ name: 'n', value: `${index}` }] })) }),
      productInput('good'),
      productInput('late', { variants: [{ sku: 'GOOD-1', priceMinor: 1, options: [] }] }),
    ]);
    expect(report.created).toBe(1);
    expect(report.refused.map(({ slug, field }: any) => [slug, field])).toEqual([
      ['bad-price', 'variants.0.priceMinor'], ['good', 'slug'], ['bad-sku', 'variants.1.sku'], ['late', 'variants.0.sku'],
    ]);
    const { data } = await mall.execute('products', '{ products(sort: PRICE_ASC) { edges { node { slug } } } categories { slug } }');
    expect(data.products.edges.map((edge: any) => edge.node.slug).sort()).toEqual(['good', 'taken']);
    expect(data.categories).toEqual([{ slug: 'home' }]);
  });

  test('two imports bring the same new SKU at the same moment: one product has it, the other is named and not there', async () => {
    const one = (slug: string) => importProducts(mall, [productInput(slug, { variants: [{ sku: 'SAME', priceMinor: 1, options: [] }] })]);
    const reports = await Promise.all([one('first'), one('second')]);
    expect(reports.map((report) => report.created).sort()).toEqual([0, 1]);
    expect(reports.flatMap((report) => report.refused)).toEqual([expect.objectContaining({ field: 'variants.0.sku' })]);
    expect(await names()).toHaveLength(1);
  });

  test('101 at once are INVALID_INPUT', async () => {
    const { errors } = await mall.execute('products', 'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { __typename } }', { input: { products: batch(101) } }, MERCHANT);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { 'input.products': expect.any(String) } });
  });

  test('products loaded behind the room’s back, as a seed does, are seen when their events arrive', async () => {
    const report = await importBatch(mall.room('products').deps, batch(230));
    expect(report).toMatchObject({ created: 230, refused: [] });
    await mall.settle();
    await expect.poll(async () => (await mall.execute('products', '{ products(first: 1) { totalCount } search(query: "thing") { totalCount } }')).data).toEqual({ products: { totalCount: 230 }, search: { totalCount: 230 } });
  });

  test('what a file holds instead of a product is named, not stumbled over', async () => {
    const junk = [null, 7, {}, { ...productInput('a'), variants: [{ sku: 1 }] }, { ...productInput('b'), name: 'Just a text' }] as any[];
    const { created, refused } = await importBatch(mall.room('products').deps, junk);
    expect(created).toBe(0);
    expect(refused.map(({ slug, field }) => [slug, field])).toEqual([['', ''], ['', ''], ['', 'slug'], ['a', 'variants.0.sku'], ['b', 'name']]);
  });

  test('after a crash the room starts from what is written', async () => {
    await importProducts(mall, batch(12));
    await mall.crash();
    const { data } = await mall.execute('products', '{ products(first: 1) { totalCount } search(query: "thing p-3") { edges { node { slug } } } }');
    expect(data.products.totalCount).toBe(12);
    expect(data.search.edges[0].node.slug).toBe('p-3');
  });

  test('ten products are written with few statements', async () => {
    const ten = batch(10);
    await mall.settle();
    const { sql } = await mall.statements(() => importBatch(mall.room('products').deps, ten));
    const own = sql.filter((statement) => !/outbox|delivery|lease|begin|commit/i.test(statement.sql));
    expect(own.length).toBeLessThanOrEqual(30);
  });
});
