/** How many products of a result have which values. Pure. */
import type { FacetNames } from './facet-names.ts';
import type { Localized } from './product.ts';
import type { ShelfRow } from './shelf.ts';

export interface FacetCount {
  name: string;
  label: Localized;
  values: { value: string; label: Localized; count: number }[];
}

/** What the list of categories is called, to filters and to readers. */
const CATEGORY = { name: 'category', label: { en: 'category', zh: '分类' } };
export const FACETS_MAX = 20;
export const FACET_VALUES_MAX = 50;

/** The category facet first, then attributes, those of most products first; values likewise. */
export function countFacets(
  rows: readonly ShelfRow[],
  names: FacetNames,
  categories: ReadonlyMap<string, { slug: string; name: Localized }>,
): FacetCount[] {
  const counts = new Uint32Array(names.count);
  const byCategory = new Map<string, number>();
  for (const row of rows) {
    for (const number of row.facets) counts[number]!++;
    for (const id of row.categoryIds) byCategory.set(id, (byCategory.get(id) ?? 0) + 1);
  }
  const facets = new Map<string, FacetCount & { total: number }>();
  counts.forEach((count, number) => {
    if (count === 0) return;
    const { name, value, label } = names.at(number);
    const key = name.toLowerCase();
    let facet = facets.get(key);
    if (!facet) facets.set(key, (facet = { name, label: names.labelOf(name), values: [], total: 0 }));
    facet.values.push({ value, label, count });
    facet.total += count;
  });
  const category = [...byCategory].flatMap(([id, count]) => {
    const node = categories.get(id);
    return node ? [{ value: node.slug, label: node.name, count }] : [];
  });
  const attributes = [...facets.values()].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)).slice(0, FACETS_MAX - 1);
  return [{ ...CATEGORY, values: category }, ...attributes]
    .filter(({ values }) => values.length > 0)
    .map(({ name, label, values }) => ({ name, label, values: mostFrequent(values) }));
}

const mostFrequent = (values: FacetCount['values']): FacetCount['values'] =>
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES_MAX);
