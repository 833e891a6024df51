/** What variants cost and are called now, for carts and orders; from the cache, the rest in one reading. */
import type { VariantQuote } from '#schema/asks.ts';
import type { Catalogue, Shelved } from './catalogue.ts';
import { variantName, type Product } from './product.ts';

/** Unknown ids are left out, repeated ones answered once. */
export async function quoteVariants(catalogue: Catalogue, variantIds: readonly string[]): Promise<VariantQuote[]> {
  const ids = [...new Set(variantIds)].filter((id) => catalogue.shelf.productIdOf(id) !== undefined);
  const found = await Promise.all(ids.map((id) => catalogue.get(catalogue.shelf.productIdOf(id)!)));
  return ids.flatMap((id, index) => quoteOf(found[index] ?? null, id) ?? []);
}

function quoteOf(shelved: Shelved | null, variantId: string): VariantQuote | null {
  const product = shelved?.product;
  const variant = product?.variants.find(({ id }) => id === variantId);
  if (!product || !variant) return null;
  const name = (language: 'en' | 'zh') => named(product, language, variant.options);
  return {
    variantId,
    productId: product.id,
    sku: variant.sku,
    name: { en: name('en'), zh: name('zh') },
    priceMinor: variant.priceMinor,
    currency: product.currency,
    sellable: !product.archived && !variant.archived,
  };
}

const named = ({ name }: Product, language: 'en' | 'zh', options: Product['variants'][number]['options']): string | null => {
  const text = name[language];
  return text === null ? null : variantName(text, options, language);
};
