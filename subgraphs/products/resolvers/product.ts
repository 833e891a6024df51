import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import { productById, translations, variantById, type ProductView } from '../views.ts';
import type { Parts } from './parts.ts';

/** Only fields that need more than the plain object of views.ts. */
export function productResolvers({ catalogue, categories, links }: Parts) {
  return {
    __resolveReference: ({ id }: { id: string }, { language }: RequestContext) => productById(catalogue, id, language),

    categories({ shelved, language }: ProductView) {
      const { byId } = categories.in(language);
      return shelved.product.categoryIds.flatMap((id) => byId.get(id) ?? []);
    },

    async reviews({ shelved, rating }: ProductView, { first, after }: { first: number; after?: string | null }) {
      return { totalCount: rating.count, ...(await links.reviews(shelved, first, after)) };
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
