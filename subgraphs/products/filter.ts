/** Narrowing a list of products: the input checked, then a yes or no a row. Pure. */
import { invalidInput } from '#platform/errors.ts';
import type { CategoryTree } from './category-tree.ts';
import type { FacetNames } from './facet-names.ts';
import type { ShelfRow } from './shelf.ts';

export interface ProductFilter {
  categorySlug?: string | null;
  priceMinMinor?: number | null;
  priceMaxMinor?: number | null;
  inStock?: boolean | null;
  attributes?: readonly { name: string; values: readonly string[] }[] | null;
}

export const ATTRIBUTE_FILTERS_MAX = 20;
export const FILTER_VALUES_MAX = 50;
const TEXT_MAX = 255;

/** Throws INVALID_INPUT naming the field. */
export function checkFilter(filter: ProductFilter | null | undefined): ProductFilter {
  if (!filter) return {};
  const { priceMinMinor: min, priceMaxMinor: max, attributes, categorySlug } = filter;
  if (min != null && min < 0) throw invalidInput('filter.priceMinMinor', 'must not be negative');
  if (max != null && max < 0) throw invalidInput('filter.priceMaxMinor', 'must not be negative');
  if (min != null && max != null && min > max) throw invalidInput('filter.priceMaxMinor', 'must not be below priceMinMinor');
  if (categorySlug && categorySlug.length > TEXT_MAX) throw invalidInput('filter.categorySlug', `must have at most ${TEXT_MAX} characters`);
  if (attributes && attributes.length > ATTRIBUTE_FILTERS_MAX) throw invalidInput('filter.attributes', `must be at most ${ATTRIBUTE_FILTERS_MAX}`);
  attributes?.forEach(({ name, values }, index) => {
    const field = `filter.attributes.${index}`;
    if (name.trim() === '' || name.length > TEXT_MAX) throw invalidInput(`${field}.name`, `must have 1 to ${TEXT_MAX} characters`);
    if (values.length === 0 || values.length > FILTER_VALUES_MAX) throw invalidInput(`${field}.values`, `must be 1 to ${FILTER_VALUES_MAX}`);
    if (values.some((value) => value.length > TEXT_MAX)) throw invalidInput(`${field}.values`, `must have at most ${TEXT_MAX} characters each`);
  });
  return filter;
}

/** Null: everything fits. */
export function filterTest(filter: ProductFilter, tree: CategoryTree, names: FacetNames): ((row: ShelfRow) => boolean) | null {
  const tests: ((row: ShelfRow) => boolean)[] = [];
  const { categorySlug, priceMinMinor: min, priceMaxMinor: max, inStock, attributes } = filter;
  if (categorySlug != null) {
    const id = tree.bySlug.get(categorySlug)?.id ?? '';
    tests.push((row) => row.categoryIds.has(id));
  }
  if (min != null) tests.push((row) => row.priceMinor >= min);
  if (max != null) tests.push((row) => row.priceMinor <= max);
  if (inStock) tests.push((row) => row.inStock);
  for (const { name, values } of attributes ?? []) {
    tests.push(facetTest(names.matching(name, values), names.count));
  }
  return tests.length === 0 ? null : (row) => tests.every((test) => test(row));
}

/** Runs for every product of the shop: a table by number is several times faster than a set. */
function facetTest(wanted: ReadonlySet<number>, count: number): (row: ShelfRow) => boolean {
  const isWanted = new Uint8Array(count);
  for (const number of wanted) isWanted[number] = 1;
  return ({ facets }) => {
    for (let index = 0; index < facets.length; index++) if (isWanted[facets[index]!] === 1) return true;
    return false;
  };
}
