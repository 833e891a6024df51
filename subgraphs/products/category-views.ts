/** The category tree in a reader's language, as plain objects that point at each other; made anew when the catalogue changed. */
import { inLanguage, type Language } from '#platform/subgraph/context.ts';
import type { Catalogue } from './catalogue.ts';

export interface CategoryView {
  __typename: 'Category';
  id: string;
  slug: string;
  name: string;
  productCount: number;
  children: CategoryView[];
  parent: CategoryView | null;
  image: { url: string; alt: string } | null;
}

export interface CategoryViews {
  byId: ReadonlyMap<string, CategoryView>;
  roots: CategoryView[];
}

export class CategoryShelf {
  readonly #catalogue: Catalogue;
  readonly #made = new Map<Language, { generation: number; views: CategoryViews }>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  in(language: Language): CategoryViews {
    const { generation } = this.#catalogue.shelf;
    const known = this.#made.get(language);
    if (known?.generation === generation) return known.views;
    const views = this.#make(language);
    this.#made.set(language, { generation, views });
    return views;
  }

  bySlug(slug: string, language: Language): CategoryView | null {
    const node = this.#catalogue.tree.bySlug.get(slug);
    return node ? (this.in(language).byId.get(node.id) ?? null) : null;
  }

  #make(language: Language): CategoryViews {
    const { tree, shelf } = this.#catalogue;
    const byId = new Map<string, CategoryView>();
    for (const node of tree.byId.values()) {
      const name = inLanguage(language, node.name);
      const image = node.imageUrl === null ? null : { url: node.imageUrl, alt: name };
      byId.set(node.id, { __typename: 'Category', id: node.id, slug: node.slug, name, productCount: 0, children: [], parent: null, image });
    }
    for (const node of tree.byId.values()) {
      const view = byId.get(node.id)!;
      view.parent = byId.get(node.parentId) ?? null;
      view.children = node.childIds.map((id) => byId.get(id)!);
    }
    // Best sellers first, so that a category without a picture of its own shows what people know it for.
    for (const row of shelf.inOrder('BEST_SELLING')) {
      for (const id of row.categoryIds) {
        const view = byId.get(id);
        if (!view) continue;
        view.productCount++;
        if (row.imageUrl) view.image ??= { url: row.imageUrl, alt: view.name };
      }
    }
    return { byId, roots: tree.rootIds.map((id) => byId.get(id)!) };
  }
}
