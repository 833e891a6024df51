/** Picking a variant, as plain functions: which values lead to something that can be bought. */
import type { ProductQuery } from '../gql/graphql.ts';

export type DetailProduct = NonNullable<ProductQuery['product']>;
export type DetailVariant = DetailProduct['variants'][number];
/** Option name → chosen value. */
export type Choice = Readonly<Record<string, string>>;
export type Stock = { available: number; status: 'IN_STOCK' | 'LOW' | 'OUT' } | null | undefined;

const fits = (variant: DetailVariant, choice: Choice): boolean => variant.options.every(({ name, value }) => choice[name] === undefined || choice[name] === value);

/** The first that can be bought, else the first: so that a page opens with a choice made. */
export function firstChoice(product: DetailProduct): Choice {
  const variant = product.variants.find((one) => one.stock?.status !== 'OUT') ?? product.variants[0];
  return Object.fromEntries(variant?.options.map(({ name, value }) => [name, value]) ?? []);
}

/** The variant of a whole choice; of several products without options, the first. */
export function chosenVariant(product: DetailProduct, choice: Choice): DetailVariant | null {
  return product.variants.find((variant) => fits(variant, choice)) ?? null;
}

/** What choosing `value` for `option` would lead to, everything else staying as it is. */
export function outlook(product: DetailProduct, choice: Choice, option: string, value: string, stockOf: (variant: DetailVariant) => Stock): 'free' | 'soldOut' | 'none' {
  const variant = product.variants.find((one) => fits(one, { ...choice, [option]: value }));
  if (!variant) return 'none';
  return stockOf(variant)?.status === 'OUT' ? 'soldOut' : 'free';
}

/** Chooses; when the rest does not go with it, the rest is moved to the nearest variant that has the value. */
export function choose(product: DetailProduct, choice: Choice, option: string, value: string, stockOf: (variant: DetailVariant) => Stock): Choice {
  const next = { ...choice, [option]: value };
  if (product.variants.some((variant) => fits(variant, next))) return next;
  const withValue = product.variants.filter((variant) => fits(variant, { [option]: value }));
  const other = withValue.find((variant) => stockOf(variant)?.status !== 'OUT') ?? withValue[0];
  return other ? Object.fromEntries(other.options.map((one) => [one.name, one.value])) : choice;
}
