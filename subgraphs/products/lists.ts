/** Lists of products: by category and filter, by search, by change; kept with their facets until something changes. */
import type { Catalogue } from './catalogue.ts';
import { countFacets, type FacetCount } from './facets.ts';
import { filterTest, type ProductFilter } from './filter.ts';
import { Lru } from './lru.ts';
import type { ResultList } from './results.ts';
import { SORT_KEYS, type ShelfRow, type Sort } from './shelf.ts';

const LISTS_KEPT = 100;

export class Lists {
  readonly #catalogue: Catalogue;
  readonly #kept = new Lru<ResultList>(LISTS_KEPT);

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** What shoppers can buy. */
  sorted(sort: Sort, filter: ProductFilter): ResultList {
    return this.#keep(`sorted ${sort} ${JSON.stringify(filter)}`, () => {
      const test = this.#test(filter);
      const rows = this.#catalogue.shelf.inOrder(sort);
      return { order: sort, keyOf: SORT_KEYS[sort], rows: test ? rows.filter(test) : rows, corrected: null };
    });
  }

  /** What shoppers find, best first. Wait for `catalogue.indexed()` before. */
  found(query: string, filter: ProductFilter): ResultList {
    return this.#keep(`found ${JSON.stringify([query, filter])}`, () => {
      const { hits, corrected } = this.#catalogue.index.find(query);
      const test = this.#test(filter);
      const scores = new Map<string, number>();
      const rows: ShelfRow[] = [];
      for (const { id, score } of hits) {
        const row = this.#catalogue.shelf.row(id);
        if (!row || row.archived || (test && !test(row))) continue;
        rows.push(row);
        scores.set(id, -score);
      }
      return { order: 'RELEVANCE', keyOf: (row) => scores.get(row.id)!, rows, corrected };
    });
  }

  /** Every product for staff, newest change first; only those that `query` finds, where it is given. */
  changed(query: string | null, archived: boolean | null): ResultList {
    return this.#keep(`changed ${JSON.stringify([query, archived])}`, () => {
      const found = query ? new Set(this.#catalogue.index.find(query).hits.map(({ id }) => id)) : null;
      const rows = this.#catalogue.shelf.inOrder('CHANGED').filter((row) => (archived === null || row.archived === archived) && (!found || found.has(row.id)));
      return { order: 'CHANGED', keyOf: SORT_KEYS.CHANGED, rows, corrected: null };
    });
  }

  #test(filter: ProductFilter): ((row: ShelfRow) => boolean) | null {
    return filterTest(filter, this.#catalogue.tree, this.#catalogue.shelf.facetNames);
  }

  #keep(key: string, make: () => Omit<ResultList, 'generation' | 'facets'>): ResultList {
    const { shelf, index, tree } = this.#catalogue;
    const generation = `${shelf.generation} ${index.generation}`;
    const known = this.#kept.get(key);
    if (known?.generation === generation) return known;
    const made = make();
    let facets: readonly FacetCount[] | null = null;
    const list = { ...made, generation, facets: () => (facets ??= countFacets(made.rows, shelf.facetNames, tree.byId)) };
    this.#kept.set(key, list);
    return list;
  }
}
