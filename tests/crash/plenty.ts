/** Goods for a storm: enough of all but the shirts, which sell out in it, and the one lamp. */
import { goods } from '../journeys/goods.ts';

const STOCK: Record<string, number> = { 'SHIRT-S': 25, 'SHIRT-M': 40, MUG: 50_000, TEA: 50_000, LAMP: 1 };

/** For `importProducts`. */
export const plenty = goods.map((product) => ({ ...product, variants: product.variants.map((variant) => ({ ...variant, initialStock: STOCK[variant.sku]! })) }));

export const LOAD_GOODS = 'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { ... on ImportReport { variants { id sku } } ... on Refusal { code message } } }';
export const COUNT_LEVELS = '{ stockLevels(first: 100) { totalCount } }';
