/** Products like one another, by place, facts and price. Pure. */
import type { CategoryTree } from './category-tree.ts';
import { withAncestors } from './category-tree.ts';
import type { ShelfRow } from './shelf.ts';

/** Of a large category only so many best sellers are compared. */
export const COMPARED_MAX = 200;
/** How much a shared fact and the same price weigh. */
const WEIGHTS = { fact: 1, price: 2 };

/**
 * Ids of the products most like `row`, at most `first`: from its own categories, and from those above as long as there
 * are too few. `inCategory` answers the best sellers of a category first.
 */
export function similarProducts(row: ShelfRow, inCategory: (id: string) => readonly ShelfRow[], tree: CategoryTree, first: number): string[] {
  const facts = new Set(row.facets);
  const found = new Map<string, { steps: number; likeness: number }>();
  const lines = row.directCategoryIds.map((id) => withAncestors(tree, id));
  const deepest = Math.max(0, ...lines.map((line) => line.length));
  for (let steps = 0; steps < deepest && found.size < first; steps++) {
    for (const line of lines) {
      for (const other of inCategory(line[steps] ?? '').slice(0, COMPARED_MAX)) {
        if (other.id !== row.id && !found.has(other.id)) found.set(other.id, { steps, likeness: likeness(row, facts, other) });
      }
    }
  }
  return [...found]
    .sort(([idA, a], [idB, b]) => a.steps - b.steps || b.likeness - a.likeness || (idA < idB ? -1 : 1))
    .slice(0, first)
    .map(([id]) => id);
}

function likeness(row: ShelfRow, facts: ReadonlySet<number>, other: ShelfRow): number {
  const shared = other.facets.reduce((count, fact) => count + (facts.has(fact) ? 1 : 0), 0);
  const price = Math.min(row.priceMinor, other.priceMinor) / Math.max(row.priceMinor, other.priceMinor, 1);
  return shared * WEIGHTS.fact + price * WEIGHTS.price;
}
