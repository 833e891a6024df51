import { describe, expect, test } from 'vitest';
import { buildTree } from './category-tree.ts';
import { countFacets } from './facets.ts';
import { checkFilter, filterTest } from './filter.ts';
import type { Product } from './product.ts';
import { Shelf } from './shelf.ts';
import { similarProducts } from './similar-products.ts';

const tree = buildTree([
  { id: 'c1', slug: 'apparel', parent_id: '', name_en: 'Apparel', name_zh: '服装', image_url: null },
  { id: 'c2', slug: 'shirts', parent_id: 'c1', name_en: 'Shirts', name_zh: null, image_url: null },
  { id: 'c3', slug: 'shoes', parent_id: 'c1', name_en: 'Shoes', name_zh: null, image_url: null },
]);

const product = (id: string, changes: Partial<Product> & { priceMinor?: number } = {}): Product => ({
  id, slug: id, brand: null, currency: 'USD', archived: false, version: 1, revision: 1, createdMs: 0, updatedMs: 0, contentHash: '',
  stars: [0, 0, 0, 0, 0], sold: 0, name: { en: id, zh: null }, description: { en: null, zh: null }, categoryIds: ['c2'], attributes: [], media: [],
  variants: [{ id: `${id}-v`, sku: id, priceMinor: changes.priceMinor ?? 1_000, compareAtMinor: null, imageUrl: null, archived: false, options: [] }],
  ...changes,
});

function shelfOf(...list: Product[]): Shelf {
  const shelf = new Shelf();
  for (const each of list) shelf.put(each, tree);
  return shelf;
}
const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id);

describe('order', () => {
  test('equal keys are ordered by id, and one product that changes moves alone', () => {
    const shelf = shelfOf(product('b'), product('a'), product('c', { priceMinor: 500 }));
    expect(ids(shelf.inOrder('PRICE_ASC'))).toEqual(['c', 'a', 'b']);
    shelf.put(product('c', { priceMinor: 2_000, revision: 2 }), tree);
    expect(ids(shelf.inOrder('PRICE_ASC'))).toEqual(['a', 'b', 'c']);
    shelf.put(product('a', { archived: true, revision: 2 }), tree);
    expect(ids(shelf.inOrder('PRICE_ASC'))).toEqual(['b', 'c']);
    expect(ids(shelf.inOrder('CHANGED'))).toEqual(['a', 'b', 'c']);
  });

  test('many good reviews rank above a single perfect one', () => {
    const shelf = shelfOf(product('one', { stars: [0, 0, 0, 0, 1] }), product('many', { stars: [0, 0, 0, 10, 40] }), product('none'));
    expect(ids(shelf.inOrder('RATING'))).toEqual(['many', 'one', 'none']);
  });
});

describe('availability', () => {
  test('what is not known counts as in stock, and a message that comes late undoes nothing', () => {
    const shelf = shelfOf(product('a'));
    expect(shelf.row('a')?.inStock).toBe(true);
    shelf.setAvailable('a-v', 0, '2026-01-01T00:00:02.000Z');
    shelf.setAvailable('a-v', 5, '2026-01-01T00:00:01.000Z');
    expect(shelf.row('a')?.inStock).toBe(false);
    shelf.setAvailable('a-v', 5, '2026-01-01T00:00:03.000Z');
    expect(shelf.row('a')?.inStock).toBe(true);
  });

  test('a number that came before its product is not forgotten', () => {
    const shelf = new Shelf();
    shelf.setAvailable('a-v', 0, '2026-01-01T00:00:00.000Z');
    shelf.put(product('a'), tree);
    expect(shelf.row('a')?.inStock).toBe(false);
  });

  test('lists change only when something runs out or comes back', () => {
    const shelf = shelfOf(product('a'));
    const { generation } = shelf;
    shelf.setAvailable('a-v', 9, '2026-01-01T00:00:00.000Z');
    expect(shelf.generation).toBe(generation);
    shelf.setAvailable('a-v', 0, '2026-01-01T00:00:01.000Z');
    expect(shelf.generation).toBeGreaterThan(generation);
  });
});

describe('filter and facets', () => {
  const linen = { name: 'material', nameZh: '材质', value: { en: 'Linen', zh: '亚麻' } };
  const shelf = shelfOf(product('a', { attributes: [linen] }), product('b', { attributes: [{ name: 'Material', nameZh: null, value: { en: 'linen', zh: null } }], categoryIds: ['c3'] }), product('c'));

  test('names and values are the same whatever their capitals', () => {
    const pass = filterTest(checkFilter({ attributes: [{ name: 'MATERIAL', values: ['亚麻'] }] }), tree, shelf.facetNames)!;
    expect(ids(shelf.inOrder('NEWEST').filter(pass))).toEqual(['a', 'b']);
    expect(filterTest({}, tree, shelf.facetNames)).toBeNull();
  });

  test('categories count with all that is below them', () => {
    const [category, material] = countFacets(shelf.inOrder('NEWEST'), shelf.facetNames, tree.byId);
    expect(category!.values.map(({ value, count }) => [value, count])).toEqual([['apparel', 3], ['shirts', 2], ['shoes', 1]]);
    expect(material!.values).toEqual([{ value: 'Linen', label: { en: 'Linen', zh: '亚麻' }, count: 2 }]);
  });

  test('similar: its own category first, there what shares facts and price; never itself, never what is archived', () => {
    const many = shelfOf(
      product('x', { attributes: [linen] }), product('same', { attributes: [linen] }), product('dear', { priceMinor: 90_000 }),
      product('above', { categoryIds: ['c3'], attributes: [linen] }), product('gone', { archived: true, attributes: [linen] }),
    );
    const like = (first: number) => similarProducts(many.row('x')!, (id) => many.inCategory(id), tree, first);
    expect(like(2)).toEqual(['same', 'dear']);
    expect(like(9)[2]).toBe('above');
    expect(like(9)).toHaveLength(3);
  });
});
