/** English and Chinese are equals: options, attributes and facets in the reader's language, filters by one canonical value. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Mall } from '#platform/subgraph/testing.ts';
import { quoteVariants } from '#schema/asks.ts';
import type { ProductInput } from '../index.ts';
import { importProducts, MERCHANT, openShop, productInput, SHOP } from './fixtures.ts';

const ZH = { language: 'zh' } as const;
const PRODUCT = '{ product(slug: "linen-shirt") { id version options { name values } attributes { name label value } variants { id name options { name value } } } }';

let mall: Mall;
beforeEach(async () => {
  mall = await openShop();
  await importProducts(mall, SHOP);
  await mall.settle();
});
afterEach(() => mall.close());

const product = async (visitor = {}) => (await mall.execute('products', PRODUCT, {}, visitor)).data.product;
const save = async (input: Record<string, unknown>) => {
  const { data, errors } = await mall.execute('products', 'mutation ($input: SaveProductInput!) { saveProduct(input: $input) { __typename ... on Product { version } ... on ProductRefused { code field } } }', { input }, MERCHANT);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.saveProduct;
};
const colours = (...values: { value: string; nameZh?: string | null; valueZh?: string | null }[]): ProductInput['variants'] =>
  values.map((option, index) => ({ sku: `C-${index}`, priceMinor: 100, options: [{ name: 'Colour', ...option }] }));

describe('a product', () => {
  test('options, values, names and attributes come in the language of the request', async () => {
    expect(await product()).toMatchObject({
      options: [{ name: 'Size', values: ['S', 'M'] }, { name: 'Colour', values: ['Blue', 'White'] }],
      attributes: [{ name: 'material', label: 'material', value: 'Linen' }],
      variants: [{ name: 'Linen Shirt, S / Blue', options: [{ name: 'Size', value: 'S' }, { name: 'Colour', value: 'Blue' }] }, {}, {}, {}],
    });
    expect(await product(ZH)).toMatchObject({
      options: [{ name: '尺码', values: ['S', 'M'] }, { name: '颜色', values: ['蓝色', '白色'] }],
      attributes: [{ name: 'material', label: '材质', value: '亚麻' }],
      variants: [{ name: '亚麻衬衫，S / 蓝色', options: [{ name: '尺码', value: 'S' }, { name: '颜色', value: '蓝色' }] }, {}, {}, {}],
    });
  });

  test('carts and orders are told the name in both languages', async () => {
    const { variants } = await product();
    const [quote] = await mall.room('products').deps.asker.ask(quoteVariants, { variantIds: [variants[0].id] });
    expect(quote?.name).toEqual({ en: 'Linen Shirt, S / Blue', zh: '亚麻衬衫，S / 蓝色' });
  });

  test('after a crash it is still so', async () => {
    const before = await product(ZH);
    await mall.crash();
    expect(await product(ZH)).toEqual(before);
  });

  test('rows from before there was Chinese show what they have', async () => {
    await mall.database('products').transaction(async (tx) => {
      await tx.execute('update variant_option set name_zh = null, value_zh = null');
      await tx.execute('update product_attribute set name_zh = null');
    });
    await mall.crash();
    expect(await product(ZH)).toMatchObject({
      options: [{ name: 'Size', values: ['S', 'M'] }, { name: 'Colour', values: ['Blue', 'White'] }],
      attributes: [{ name: 'material', label: 'material', value: '亚麻' }],
      variants: [{ name: '亚麻衬衫，S / Blue' }, {}, {}, {}],
    });
  });
});

describe('filters and search', () => {
  const facets = async (visitor = {}) =>
    (await mall.execute('products', '{ products(filter: { categorySlug: "shirts" }) { facets { name label values { value label count } } } }', {}, visitor)).data.products.facets;
  const found = async (name: string, ...values: string[]) =>
    (await mall.execute('products', 'query ($filter: ProductFilter) { products(filter: $filter, sort: PRICE_ASC) { edges { node { slug } } } }', { filter: { attributes: [{ name, values }] } })).data.products.edges.map(({ node }: any) => node.slug);

  test('facets keep one name and value for the filter, labels follow the reader', async () => {
    expect((await facets()).find(({ name }: any) => name === 'Colour')).toEqual({
      name: 'Colour', label: 'Colour', values: [{ value: 'Blue', label: 'Blue', count: 1 }, { value: 'White', label: 'White', count: 1 }],
    });
    const chinese = await facets(ZH);
    expect(chinese.find(({ name }: any) => name === 'Colour')).toEqual({
      name: 'Colour', label: '颜色', values: [{ value: 'Blue', label: '蓝色', count: 1 }, { value: 'White', label: '白色', count: 1 }],
    });
    expect(chinese.map(({ label }: any) => label).sort()).toEqual(['分类', '尺码', '材质', '颜色'].sort());
  });

  test('the canonical words narrow a list, and so do the Chinese ones', async () => {
    expect(await found('Colour', 'Blue')).toEqual(['linen-shirt']);
    expect(await found('颜色', '蓝色')).toEqual(['linen-shirt']);
    expect(await found('材质', '纯棉')).toEqual(['cotton-shirt', 'summer-dress']);
    expect(await found('颜色', '绿色')).toEqual([]);
  });

  test('an option value is found by its Chinese word', async () => {
    const { data } = await mall.execute('products', '{ search(query: "白色 衬衫") { edges { node { slug } } } }');
    expect(data.search.edges[0].node.slug).toBe('linen-shirt');
  });
});

describe('entering', () => {
  test('Chinese said once goes for all variants; what one leaves out stays, what is empty goes', async () => {
    await save({ product: productInput('pot', { variants: colours({ value: 'Blue' }, { value: 'Red', nameZh: '颜色', valueZh: '红色' }) }) });
    const options = async () => (await mall.execute('products', '{ product(slug: "pot") { id version options { name values } attributes { label } } }', {}, ZH)).data.product;
    const first = await options();
    expect(first.options).toEqual([{ name: '颜色', values: ['Blue', '红色'] }]);
    const change = (product: Partial<ProductInput>, version: number) => save({ id: first.id, expectedVersion: version, product: productInput('pot', product) });
    const inEnglish = { attributes: [{ name: 'Material', value: { en: 'Clay' } }], variants: colours({ value: 'Blue', valueZh: '蓝色' }, { value: 'Red' }) };
    expect(await change(inEnglish, 1)).toMatchObject({ version: 2 });
    expect(await options()).toMatchObject({ options: [{ name: '颜色', values: ['蓝色', '红色'] }], attributes: [{ label: '材质' }] });
    await change({ attributes: [{ name: 'material', nameZh: '', value: { en: 'Clay' } }], variants: colours({ value: 'Blue', nameZh: '', valueZh: '' }, { value: 'Red' }) }, 2);
    expect(await options()).toMatchObject({ options: [{ name: 'Colour', values: ['Blue', '红色'] }], attributes: [{ label: 'material' }] });
  });

  test('two values with one Chinese word are refused: a reader of Chinese could not choose', async () => {
    const refused = await save({ product: productInput('pot', { variants: colours({ value: 'Navy', valueZh: '蓝色' }, { value: 'Blue', valueZh: '蓝色' }) }) });
    expect(refused).toEqual({ __typename: 'ProductRefused', code: 'PRODUCT_INVALID', field: 'product.variants.1.options' });
  });

  test('the same import again changes nothing, a Chinese word more changes one product', async () => {
    expect(await importProducts(mall, SHOP)).toMatchObject({ created: 0, updated: 0, unchanged: SHOP.length });
    const sized = SHOP.map((input) => (input.slug === 'running-shoes' ? { ...input, variants: input.variants.map((variant) => ({ ...variant, options: [{ name: 'Size', value: '42', nameZh: '鞋码' }] })) } : input));
    expect(await importProducts(mall, sized)).toMatchObject({ updated: 1, unchanged: SHOP.length - 1 });
  });
});

describe('pictures of categories', () => {
  const images = async () => {
    const { data } = await mall.execute('products', '{ categories { slug image { url alt } children { slug image { url } } } }', {}, ZH);
    return data.categories.flatMap(({ children, ...root }: any) => [root, ...children]).filter(({ slug }: any) => ['apparel', 'shirts'].includes(slug));
  };

  test('its own stands for it, else that of its best seller; one that is not named stays', async () => {
    expect((await images())[1].image.url).toMatch(/^\/media\/(linen|cotton)-shirt\.svg$/);
    const shirt = { ...SHOP[0]!, categoryImages: [{ path: ['apparel', 'Shirts'], url: '/media/categories/shirts.svg' }, { path: ['Apparel'], url: '/media/categories/apparel.svg' }] };
    expect(await importProducts(mall, [shirt])).toMatchObject({ updated: 1 });
    const drawn = [{ slug: 'apparel', image: { url: '/media/categories/apparel.svg', alt: '服装' } }, { slug: 'shirts', image: { url: '/media/categories/shirts.svg' } }];
    expect(await images()).toEqual(drawn);
    await importProducts(mall, [SHOP[0]!]);
    await mall.crash();
    expect(await images()).toEqual(drawn);
  });

  test('one that is no file of this host is refused by its field', async () => {
    const refused = await save({ product: productInput('pot', { categoryImages: [{ path: ['Home'], url: 'https://elsewhere.example/a.svg' }] }) });
    expect(refused).toMatchObject({ code: 'PRODUCT_INVALID', field: 'product.categoryImages.0.url' });
  });
});
