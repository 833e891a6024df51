import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { Catalogue, Shelved } from '../catalogue.ts';
import { checkFirst } from '../cursor.ts';
import { similarProducts } from '../similar-products.ts';
import { productById, translations, variantById, type ProductView } from '../views.ts';
import type { Parts } from './parts.ts';
import { ProductLinks } from './product-links.ts';

/** Alternatives that are looked for at once, whatever `first` is. */
export const LIKE_MAX = 50;

/** Only fields that need more than the plain object of views.ts. */
export function productResolvers(parts: Parts) {
  const { catalogue, categories } = parts;
  const links = new ProductLinks(parts);
  return {
    __resolveReference: ({ id }: { id: string }, { language }: RequestContext) => productById(catalogue, id, language),

    categories({ shelved, language }: ProductView) {
      const { byId } = categories.in(language);
      return shelved.product.categoryIds.flatMap((id) => byId.get(id) ?? []);
    },

    async reviews({ shelved, rating }: ProductView, { first, after }: { first: number; after?: string | null }) {
      return { totalCount: rating.count, ...(await links.reviews(shelved, first, after)) };
    },

    similarProducts(view: ProductView, { first }: { first: number }) {
      return products(catalogue, similarIds(catalogue, view.shelved, checkFirst(first)), view);
    },

    async boughtTogether(view: ProductView, { first }: { first: number }) {
      checkFirst(first);
      const together = (await links.boughtTogether(view.shelved)).filter((id) => isOnSale(catalogue, id)).slice(0, first);
      const filled = together.length >= first ? together : [...new Set([...together, ...similarIds(catalogue, view.shelved, LIKE_MAX)])].slice(0, first);
      return products(catalogue, filled, view);
    },

    translations({ shelved }: ProductView, _: unknown, context: RequestContext) {
      requireScope(context, 'catalogue:write');
      return translations(shelved.product);
    },
  };
}

export function variantResolvers({ catalogue }: Parts) {
  return { __resolveReference: ({ id }: { id: string }, { language }: RequestContext) => variantById(catalogue, id, language) };
}

const isOnSale = (catalogue: Catalogue, id: string): boolean => catalogue.shelf.row(id)?.archived === false;

const products = (catalogue: Catalogue, ids: readonly string[], { language }: ProductView) => ids.map((id) => productById(catalogue, id, language));

function similarIds({ shelf, tree }: Catalogue, { product, made }: Shelved, first: number): readonly string[] {
  const known = made.get('similar') as { generation: number; ids: string[] } | undefined;
  if (known?.generation === shelf.generation) return known.ids.slice(0, first);
  const row = shelf.row(product.id);
  const ids = row ? similarProducts(row, (id) => shelf.inCategory(id), tree, LIKE_MAX) : [];
  made.set('similar', { generation: shelf.generation, ids });
  return ids.slice(0, first);
}
