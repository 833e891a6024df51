import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import { readBoughtTogether } from '../bought-together.ts';
import type { Catalogue, Shelved } from '../catalogue.ts';
import { checkFirst } from '../cursor.ts';
import { readReviews, type ReviewPage } from '../reviews.ts';
import { similarProducts } from '../similar-products.ts';
import { productById, translations, variantById, type ProductView } from '../views.ts';
import type { Parts } from './parts.ts';

/** Pages of this many reviews are kept with the product; longer or later ones are read. */
const REVIEWS_KEPT = 10;
/** How long counts of pairs may be old. */
const TOGETHER_KEPT_MS = 30_000;
const LIKE_MAX = 50;

/** Only fields that need more than the plain object of views.ts. */
export function productResolvers(parts: Parts) {
  const { catalogue, categories } = parts;
  return {
    __resolveReference: ({ id }: { id: string }, { language }: RequestContext) => productById(catalogue, id, language),

    categories({ shelved, language }: ProductView) {
      const { byId } = categories.in(language);
      return shelved.product.categoryIds.flatMap((id) => byId.get(id) ?? []);
    },

    async reviews({ shelved, rating }: ProductView, { first, after }: { first: number; after?: string | null }) {
      return { totalCount: rating.count, ...(await reviewPage(parts, shelved, first, after)) };
    },

    similarProducts(view: ProductView, { first }: { first: number }) {
      return products(catalogue, similarIds(catalogue, view.shelved, checkFirst(first)), view);
    },

    async boughtTogether(view: ProductView, { first }: { first: number }) {
      checkFirst(first);
      const together = (await boughtTogetherIds(parts, view.shelved)).filter((id) => isOnSale(catalogue, id)).slice(0, first);
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

/** The first page of reviews changes only with the product's revision, and then this copy goes. */
function reviewPage({ deps }: Parts, shelved: Shelved, first: number, after: string | null | undefined): Promise<ReviewPage> | ReviewPage {
  if (after != null || first > REVIEWS_KEPT) return readReviews(deps.database, shelved.product.id, first, after);
  return keep(shelved, `reviews ${first}`, () => readReviews(deps.database, shelved.product.id, first, null));
}

function similarIds({ shelf, tree }: Catalogue, { product, made }: Shelved, first: number): readonly string[] {
  const known = made.get('similar') as { generation: number; ids: string[] } | undefined;
  if (known?.generation === shelf.generation) return known.ids.slice(0, first);
  const row = shelf.row(product.id);
  const ids = row ? similarProducts(row, (id) => shelf.inCategory(id), tree, LIKE_MAX) : [];
  made.set('similar', { generation: shelf.generation, ids });
  return ids.slice(0, first);
}

async function boughtTogetherIds({ deps }: Parts, { product, made }: Shelved): Promise<readonly string[]> {
  const nowMs = deps.clock.nowMs();
  const known = made.get('together') as { readMs: number; ids: readonly string[] } | undefined;
  if (known && nowMs - known.readMs < TOGETHER_KEPT_MS) return known.ids;
  const ids = await readBoughtTogether(deps.database, product.id, LIKE_MAX);
  made.set('together', { readMs: nowMs, ids });
  return ids;
}

/** A failed reading is not kept. */
function keep<Value>({ made }: Shelved, key: string, read: () => Promise<Value>): Promise<Value> {
  const known = made.get(key) as Promise<Value> | undefined;
  if (known) return known;
  const reading = read();
  made.set(key, reading);
  reading.catch(() => made.delete(key));
  return reading;
}
