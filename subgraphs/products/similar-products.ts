/** Products like one another, by place, facts and price. Pure. */
import type { CategoryTree } from './category-tree.ts';
import { withAncestors } from './category-tree.ts';
import type { ShelfRow } from './shelf.ts';

/** Of a huge category only the best selling are compared. */
export const COMPARED_MAX = 2_000;
/** How much a shared place, a shared fact and the same price weigh. */
const WEIGHTS = { place: 4, fact: 1, price: 2 };

/** Ids of the products most like `row`: those of its own category first, then of the one above, and so on. */
export function similarProducts(row: ShelfRow, bestSelling: readonly ShelfRow[], tree: CategoryTree, first: number): string[] {
  const places = row.directCategoryIds.flatMap((id) => withAncestors(tree, id).map((placeId, steps) => ({ placeId, steps })));
  const nearness = new Map<string, number>();
  for (const { placeId, steps } of places) nearness.set(placeId, Math.max(nearness.get(placeId) ?? 0, WEIGHTS.place / (steps + 1)));
  const facts = new Set(row.facets);
  const scored: { id: string; score: number }[] = [];
  for (const other of bestSelling) {
    if (other.id === row.id || scored.length >= COMPARED_MAX) continue;
    let place = 0;
    for (const id of other.categoryIds) place = Math.max(place, nearness.get(id) ?? 0);
    if (place === 0) continue;
    const shared = other.facets.reduce((count, fact) => count + (facts.has(fact) ? 1 : 0), 0);
    const price = Math.min(row.priceMinor, other.priceMinor) / Math.max(row.priceMinor, other.priceMinor, 1);
    scored.push({ id: other.id, score: place + shared * WEIGHTS.fact + price * WEIGHTS.price });
  }
  return scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, first).map(({ id }) => id);
}
