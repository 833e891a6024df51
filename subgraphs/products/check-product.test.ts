import { expect, test } from 'vitest';
import { checkProduct } from './check-product.ts';
import type { ProductInput } from './product-input.ts';

const good: ProductInput = {
  slug: 'shirt',
  name: { en: ' Shirt ' },
  categoryPaths: [['Apparel']],
  variants: [
    { sku: 'A', priceMinor: 0, options: [{ name: 'Size', value: 'S' }] },
    { sku: 'B', priceMinor: 2_147_483_647, options: [{ name: 'Size', value: 'M' }], initialStock: 3 },
  ],
};
const fields = (input: Partial<ProductInput>) => checkProduct({ ...good, ...input }).problems.map((problem) => problem.field);
const variant = (changes: object) => fields({ variants: [{ ...good.variants[0]!, ...changes }, good.variants[1]!] });

test('a good product passes, trimmed', () => {
  const { product, problems } = checkProduct(good);
  expect(problems).toEqual([]);
  expect(product).toMatchObject({ name: { en: 'Shirt', zh: null }, brand: null, variants: [{ initialStock: 0 }, { initialStock: 3 }] });
});

test('every fault is named by its field', () => {
  expect(fields({ slug: 'No Slug' })).toEqual(['slug']);
  expect(fields({ name: { en: ' ', zh: '' } })).toEqual(['name']);
  expect(fields({ name: { zh: '长'.repeat(256) } })).toEqual(['name.zh']);
  expect(fields({ variants: [] })).toEqual(['variants']);
  expect(fields({ categoryPaths: [['Apparel', ' ']] })).toEqual(['categoryPaths.0.1']);
  expect(fields({ categoryPaths: [[]] })).toEqual(['categoryPaths.0']);
  expect(fields({ attributes: [{ name: 'm', value: {} }] })).toEqual(['attributes.0.value']);
  expect(fields({ media: [{ url: 'https://elsewhere.example/x.png' }] })).toEqual(['media.0.url']);
  expect(fields({ media: [{ url: '/media/../secret.png' }] })).toEqual(['media.0.url']);
  expect(variant({ priceMinor: -1 })).toEqual(['variants.0.priceMinor']);
  expect(variant({ priceMinor: 2_147_483_648 })).toEqual(['variants.0.priceMinor']);
  expect(variant({ priceMinor: 1.5 })).toEqual(['variants.0.priceMinor']);
  expect(variant({ compareAtPriceMinor: 2_147_483_648 })).toEqual(['variants.0.compareAtPriceMinor']);
  expect(variant({ initialStock: -1 })).toEqual(['variants.0.initialStock']);
  expect(variant({ sku: 'b' })).toEqual(['variants.1.sku']);
  expect(variant({ options: [{ name: 'Colour', value: 'S' }] })).toEqual(['variants.1.options']);
  expect(variant({ options: [{ name: 'Size', value: 'M' }] })).toEqual(['variants.1.options']);
});

test('the hash knows every change but initial stock', () => {
  const hash = (input: Partial<ProductInput>) => checkProduct({ ...good, ...input }).product.hash;
  const stocked = good.variants.map((each) => ({ ...each, initialStock: 99 }));
  expect(hash({ variants: stocked, brand: '  ', description: {} })).toBe(hash({}));
  expect(hash({ brand: 'Acme' })).not.toBe(hash({}));
  expect(hash({ variants: [...good.variants].reverse() })).not.toBe(hash({}));
  expect(hash({ categoryNamesZh: [{ en: 'Apparel', zh: '服装' }] })).not.toBe(hash({}));
});
