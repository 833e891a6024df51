/** What other rooms ask of products beside their prices: how they are called, what is like them, what goes with them. */
import type { Catalogue, Shelved } from './catalogue.ts';
import type { Localized } from './product.ts';
import type { ProductLinks } from './product-links.ts';
import { similarProducts } from './similar-products.ts';

/** Alternatives of a product. */
export const LIKE_MAX = 50;

export interface ProductCard {
  productId: string;
  name: Localized;
  onSale: boolean;
}

/** Unknown ids are left out. */
export async function cardsOf(catalogue: Catalogue, productIds: readonly string[]): Promise<ProductCard[]> {
  const found = await Promise.all([...new Set(productIds)].map((id) => catalogue.get(id)));
  return found.flatMap((shelved) => {
    if (!shelved) return [];
    const { id, name, archived } = shelved.product;
    return { productId: id, name, onSale: !archived && catalogue.shelf.row(id)?.inStock === true };
  });
}

/** Products that were never bought with another are filled up with what is like them. */
export async function relatedTo(catalogue: Catalogue, links: ProductLinks, productIds: readonly string[]) {
  const found = await Promise.all([...new Set(productIds)].map((id) => catalogue.get(id)));
  return Promise.all(found.filter((shelved) => shelved !== null).map(async (shelved) => {
    const similar = similarIds(catalogue, shelved);
    const together = (await links.boughtTogether(shelved)).filter((id) => catalogue.shelf.row(id)?.archived === false);
    return { productId: shelved.product.id, similar: [...similar], together: [...new Set([...together, ...similar])].slice(0, LIKE_MAX) };
  }));
}

function similarIds({ shelf, tree }: Catalogue, { product, made }: Shelved): readonly string[] {
  const known = made.get('similar') as { generation: number; ids: string[] } | undefined;
  if (known?.generation === shelf.generation) return known.ids;
  const row = shelf.row(product.id);
  const ids = row ? similarProducts(row, (id) => shelf.inCategory(id), tree, LIKE_MAX) : [];
  made.set('similar', { generation: shelf.generation, ids });
  return ids;
}
