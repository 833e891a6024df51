/** The category tree in memory; small, read whole. */
import type { Reader } from '#platform/database/database.ts';
import type { Localized } from './product.ts';

export interface CategoryNode {
  id: string;
  slug: string;
  parentId: string;
  name: Localized;
  /** Its own picture; without one its best seller stands for it. */
  imageUrl: string | null;
  /** In the order they were made. */
  childIds: string[];
}

export interface CategoryTree {
  byId: ReadonlyMap<string, CategoryNode>;
  bySlug: ReadonlyMap<string, CategoryNode>;
  rootIds: readonly string[];
}

interface Row {
  id: string; slug: string; parent_id: string; name_en: string | null; name_zh: string | null; image_url: string | null;
}

export async function readCategoryTree(reader: Reader): Promise<CategoryTree> {
  return buildTree(await reader.query<Row>('select id, slug, parent_id, name_en, name_zh, image_url from category order by id'));
}

export function buildTree(rows: readonly Row[]): CategoryTree {
  const nodes: CategoryNode[] = rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    parentId: row.parent_id,
    name: { en: row.name_en, zh: row.name_zh },
    imageUrl: row.image_url,
    childIds: [],
  }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rootIds: string[] = [];
  for (const node of nodes) (byId.get(node.parentId)?.childIds ?? rootIds).push(node.id);
  return { byId, bySlug: new Map(nodes.map((node) => [node.slug, node])), rootIds };
}

export const EMPTY_TREE: CategoryTree = { byId: new Map(), bySlug: new Map(), rootIds: [] };

/** A category and all above it, itself first. */
export function withAncestors(tree: CategoryTree, id: string): string[] {
  const ids: string[] = [];
  for (let node = tree.byId.get(id); node && !ids.includes(node.id); node = tree.byId.get(node.parentId)) ids.push(node.id);
  return ids;
}
