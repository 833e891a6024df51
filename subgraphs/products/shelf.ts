/**
 * What lists and filters need of every product, in memory: one small row each. Answers lists, counts and facets
 * without a statement; texts and pictures stay in the database and a bounded cache (catalogue.ts).
 */
import { comparePositions } from './cursor.ts';
import { withAncestors, type CategoryTree } from './category-tree.ts';
import { FacetNames } from './facet-names.ts';
import { liveVariants, priceRange, type Localized, type Product } from './product.ts';

export interface ShelfRow {
  id: string;
  slug: string;
  revision: number;
  archived: boolean;
  createdMs: number;
  updatedMs: number;
  /** Of the cheapest variant. */
  priceMinor: number;
  /** Average rating drawn towards the middle while there are few; for sorting only. */
  ratingScore: number;
  sold: number;
  /** Where it was put, and everything above. */
  categoryIds: ReadonlySet<string>;
  directCategoryIds: readonly string[];
  /** Numbers of FacetNames: attributes and option values. */
  facets: readonly number[];
  variantIds: readonly string[];
  imageUrl: string | null;
  imageAlt: Localized | null;
  inStock: boolean;
}

export type Sort = 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'BEST_SELLING' | 'RATING';

/** Ascending keys of each order. */
export const SORT_KEYS: Record<Sort | 'CHANGED', (row: ShelfRow) => number> = {
  NEWEST: (row) => -row.createdMs,
  PRICE_ASC: (row) => row.priceMinor,
  PRICE_DESC: (row) => -row.priceMinor,
  // Of equally sold ones the better rated; the fraction stays below one.
  BEST_SELLING: (row) => -(row.sold + row.ratingScore / 10),
  RATING: (row) => -row.ratingScore,
  CHANGED: (row) => -row.updatedMs,
};

/** A new rating counts as if this many reviews of this many stars were there already. */
const PRIOR_REVIEWS = 4;
const PRIOR_STARS = 3.5;

export class Shelf {
  /** Grows whenever a list could look different. */
  generation = 0;
  readonly facetNames = new FacetNames();
  readonly #rows = new Map<string, ShelfRow>();
  readonly #idBySlug = new Map<string, string>();
  readonly #productIdByVariant = new Map<string, string>();
  readonly #available = new Map<string, { available: number; at: string }>();
  readonly #orders = new Map<string, { generation: number; rows: ShelfRow[] }>();

  #byCategory: { generation: number; rows: Map<string, ShelfRow[]> } = { generation: -1, rows: new Map() };

  get size(): number {
    return this.#rows.size;
  }

  row = (id: string): ShelfRow | undefined => this.#rows.get(id);
  idBySlug = (slug: string): string | undefined => this.#idBySlug.get(slug);
  productIdOf = (variantId: string): string | undefined => this.#productIdByVariant.get(variantId);
  variantIds = (): Iterable<string> => this.#productIdByVariant.keys();

  put(product: Product, tree: CategoryTree): void {
    const before = this.#rows.get(product.id);
    if (before && before.slug !== product.slug && this.#idBySlug.get(before.slug) === product.id) this.#idBySlug.delete(before.slug);
    this.#idBySlug.set(product.slug, product.id);
    for (const variant of product.variants) this.#productIdByVariant.set(variant.id, product.id);
    const row = this.#rowOf(product, tree);
    // Sales told meanwhile are not yet in a copy read before.
    row.sold = Math.max(row.sold, before?.sold ?? 0);
    row.inStock = this.#isInStock(row);
    this.#rows.set(product.id, row);
    this.generation++;
  }

  /** What inventory told of a variant; `at` (RFC 3339) keeps a late repeat from undoing a newer word. */
  setAvailable(variantId: string, available: number, at: string): void {
    const known = this.#available.get(variantId);
    if (known && known.at > at) return;
    this.#available.set(variantId, { available, at });
    const row = this.#rows.get(this.#productIdByVariant.get(variantId) ?? '');
    if (!row) return;
    const inStock = this.#isInStock(row);
    if (inStock === row.inStock) return;
    row.inStock = inStock;
    this.generation++;
  }

  isAvailabilityKnown = (variantId: string): boolean => this.#available.has(variantId);

  /** Changes no generation: the order of best sellers follows at the next change. */
  addSold(productId: string, quantity: number): boolean {
    const row = this.#rows.get(productId);
    if (row) row.sold += quantity;
    return row !== undefined;
  }

  /** All rows in this order, archived ones too where it is staff's. */
  inOrder(order: Sort | 'CHANGED'): readonly ShelfRow[] {
    const known = this.#orders.get(order);
    if (known?.generation === this.generation) return known.rows;
    const rows = this.#sorted(order, known?.rows ?? []);
    this.#orders.set(order, { generation: this.generation, rows });
    return rows;
  }

  /** Starts from the last order: where little changed there is little to sort. */
  #sorted(order: Sort | 'CHANGED', previous: readonly ShelfRow[]): ShelfRow[] {
    const keyOf = SORT_KEYS[order];
    const wanted = (row: ShelfRow) => order === 'CHANGED' || !row.archived;
    const kept = previous.filter((row) => this.#rows.get(row.id) === row && wanted(row));
    const known = new Set(kept);
    const rows = known.size === this.#rows.size ? kept : [...kept, ...[...this.#rows.values()].filter((row) => !known.has(row) && wanted(row))];
    return rows.sort((a, b) => comparePositions({ key: keyOf(a), id: a.id }, { key: keyOf(b), id: b.id }));
  }

  /** What stands in a category or below, best sellers first. */
  inCategory(id: string): readonly ShelfRow[] {
    if (this.#byCategory.generation !== this.generation) this.#byCategory = { generation: this.generation, rows: this.#groupByCategory() };
    return this.#byCategory.rows.get(id) ?? [];
  }

  #groupByCategory(): Map<string, ShelfRow[]> {
    const groups = new Map<string, ShelfRow[]>();
    for (const row of this.inOrder('BEST_SELLING')) {
      for (const id of row.categoryIds) {
        const group = groups.get(id);
        if (group) group.push(row);
        else groups.set(id, [row]);
      }
    }
    return groups;
  }

  #isInStock(row: ShelfRow): boolean {
    return row.variantIds.some((id) => (this.#available.get(id)?.available ?? 1) > 0);
  }

  #rowOf(product: Product, tree: CategoryTree): ShelfRow {
    const stars = product.stars.reduce((sum, times, index) => sum + times * (index + 1), 0);
    const reviews = product.stars.reduce((sum, times) => sum + times, 0);
    const live = liveVariants(product);
    return {
      id: product.id,
      slug: product.slug,
      revision: product.revision,
      archived: product.archived,
      createdMs: product.createdMs,
      updatedMs: product.updatedMs,
      priceMinor: priceRange(product).minMinor,
      ratingScore: (stars + PRIOR_REVIEWS * PRIOR_STARS) / (reviews + PRIOR_REVIEWS),
      sold: product.sold,
      categoryIds: new Set(product.categoryIds.flatMap((id) => withAncestors(tree, id))),
      directCategoryIds: product.categoryIds,
      facets: this.facetNames.numbersOf(product.attributes, live),
      variantIds: live.map((variant) => variant.id),
      imageUrl: product.media[0]?.url ?? null,
      imageAlt: product.media[0]?.alt ?? null,
      inStock: true,
    };
  }
}
