import { invalidInput } from '#platform/errors.ts';
import { hasScope, requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import { checkFirst } from '../cursor.ts';
import { checkFilter, type ProductFilter } from '../filter.ts';
import type { Sort } from '../shelf.ts';
import { productById, type ProductView } from '../views.ts';
import { connection } from './connection.ts';
import type { Parts } from './parts.ts';

/** Longer queries are refused: nobody types so. */
export const QUERY_MAX = 200;
const SUGGESTIONS_MAX = 20;

interface PageArgs {
  first: number;
  after?: string | null;
}

export function queryResolvers({ catalogue, lists, categories }: Parts) {
  return {
    products(_: unknown, { first, after, filter, sort }: PageArgs & { filter?: ProductFilter | null; sort?: Sort | null }, { language }: RequestContext) {
      return connection(catalogue, lists.sorted(sort ?? 'NEWEST', checkFilter(filter)), first, after, language);
    },

    product(_: unknown, { slug, id }: { slug?: string | null; id?: string | null }, context: RequestContext) {
      if ((slug == null) === (id == null)) throw invalidInput('slug', 'give either slug or id');
      const found = id ?? catalogue.shelf.idBySlug(slug!);
      const row = found === undefined ? undefined : catalogue.shelf.row(found);
      if (!row || (row.archived && !hasScope(context, 'catalogue:write'))) return null;
      return productById(catalogue, row.id, context.language);
    },

    categories: (_: unknown, __: unknown, { language }: RequestContext) => categories.in(language).roots,

    category: (_: unknown, { slug }: { slug: string }, { language }: RequestContext) => categories.bySlug(slug, language),

    async search(_: unknown, { query, first, after, filter }: PageArgs & { query: string; filter?: ProductFilter | null }, { language }: RequestContext) {
      checkFirst(first);
      const checked = checkFilter(filter);
      const text = checkQuery(query);
      await catalogue.indexed();
      return connection(catalogue, lists.found(text, checked), first, after, language);
    },

    async searchSuggestions(_: unknown, { query, first }: { query: string; first: number }, { language }: RequestContext) {
      if (first < 1 || first > SUGGESTIONS_MAX) throw invalidInput('first', `must be from 1 to ${SUGGESTIONS_MAX}`);
      const text = checkQuery(query);
      await catalogue.indexed();
      const { rows, corrected } = lists.found(text, {});
      const products = await Promise.all(rows.slice(0, first).map((row) => productById(catalogue, row.id, language)));
      return { terms: catalogue.index.suggestTerms(corrected ?? text, first), products: products.filter((product): product is ProductView => product !== null) };
    },

    async catalogue(_: unknown, { first, after, search, archived }: PageArgs & { search?: string | null; archived?: boolean | null }, context: RequestContext) {
      requireScope(context, 'catalogue:write');
      const text = search == null || search.trim() === '' ? null : checkQuery(search, 'search');
      if (text !== null) await catalogue.indexed();
      return connection(catalogue, lists.changed(text, archived ?? null), first, after, context.language);
    },
  };
}

function checkQuery(query: string, field = 'query'): string {
  const text = query.trim();
  if (text.length > QUERY_MAX) throw invalidInput(field, `must have at most ${QUERY_MAX} characters`);
  return text;
}
