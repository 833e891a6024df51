/** What strangers are shown: best sellers of every department in turn, so that none fills the page alone. */
import type { Catalogue } from './catalogue.ts';
import type { Localized } from './product.ts';

export interface Popular {
  productId: string;
  /** The department it is a best seller of; null in a shop without any. */
  category: Localized | null;
}

/** In stock only; departments by their best seller. */
export function popular({ shelf, tree }: Catalogue, first: number): Popular[] {
  const departments = tree.rootIds
    .map((id) => ({ category: tree.byId.get(id)!.name, rows: shelf.inCategory(id).filter(({ inStock }) => inStock) }))
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => b.rows[0]!.sold - a.rows[0]!.sold);
  const found = new Map<string, Popular>();
  for (let rank = 0; found.size < first && departments.some(({ rows }) => rank < rows.length); rank++) {
    for (const { category, rows } of departments) {
      const row = rows[rank];
      if (row && found.size < first && !found.has(row.id)) found.set(row.id, { productId: row.id, category });
    }
  }
  for (const row of shelf.inOrder('BEST_SELLING')) {
    if (found.size >= first) break;
    if (row.inStock && !found.has(row.id)) found.set(row.id, { productId: row.id, category: null });
  }
  return [...found.values()];
}
