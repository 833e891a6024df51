import type { CategoryTree } from '../category-tree.ts';
import { withAncestors } from '../category-tree.ts';
import { liveVariants, type Localized, type Product } from '../product.ts';
import type { SearchDocument } from './search-index.ts';

/** Of long descriptions only the beginning is searched. */
const DESCRIPTION_INDEXED = 400;

export function searchDocument(product: Product, tree: CategoryTree): SearchDocument {
  const categories = new Set(product.categoryIds.flatMap((id) => withAncestors(tree, id)));
  const variants = liveVariants(product);
  const options = new Set(variants.flatMap((variant) => variant.options.map(({ value, valueZh }) => both({ en: value, zh: valueZh }))));
  return {
    id: product.id,
    name: both(product.name),
    sku: variants.map((variant) => variant.sku).join(' '),
    brand: product.brand ?? '',
    category: [...categories].map((id) => both(tree.byId.get(id)!.name)).join(' | '),
    facts: [...product.attributes.map(({ value }) => both(value)), ...options].join(' | '),
    description: both({ en: product.description.en?.slice(0, DESCRIPTION_INDEXED) ?? null, zh: product.description.zh?.slice(0, DESCRIPTION_INDEXED) ?? null }),
  };
}

const both = (text: Localized): string => [text.en, text.zh].filter((part) => part !== null).join(' | ');
