/** A product as this room keeps it: whole, in every language, with archived variants. Plain data. */

export interface Localized {
  en: string | null;
  zh: string | null;
}

export interface Product {
  id: string;
  slug: string;
  brand: string | null;
  currency: string;
  archived: boolean;
  /** Grows with every change by staff. */
  version: number;
  /** Grows with every change at all, reviews too; tells caches which copy is newer. */
  revision: number;
  createdMs: number;
  updatedMs: number;
  /** Of the input it was written from: the same again changes nothing. */
  contentHash: string;
  /** How many reviews gave 1, 2, 3, 4, 5 stars. */
  stars: readonly [number, number, number, number, number];
  sold: number;
  name: Localized;
  description: Localized;
  /** The places it was put in, most particular ones; their ancestors follow from the tree. */
  categoryIds: readonly string[];
  attributes: readonly Attribute[];
  media: readonly Picture[];
  /** In the order they are shown; archived ones too. */
  variants: readonly Variant[];
}

export interface Attribute {
  /** What filters call it; shown where there is no Chinese name. */
  name: string;
  nameZh: string | null;
  value: Localized;
}

export interface Picture {
  url: string;
  alt: Localized;
  width: number | null;
  height: number | null;
}

export interface Variant {
  id: string;
  sku: string;
  priceMinor: number;
  compareAtMinor: number | null;
  imageUrl: string | null;
  archived: boolean;
  options: readonly SelectedOption[];
}

/** Within a product the same name and the same value have the same Chinese everywhere (check-product.ts). */
export interface SelectedOption {
  /** What filters call it; shown where there is no Chinese. */
  name: string;
  value: string;
  nameZh: string | null;
  valueZh: string | null;
}

/** An option as a reader is shown it. */
export interface ShownOption {
  name: string;
  value: string;
}

export const shownOptions = (options: readonly SelectedOption[], language: 'en' | 'zh'): ShownOption[] =>
  language === 'en'
    ? options.map(({ name, value }) => ({ name, value }))
    : options.map(({ name, value, nameZh, valueZh }) => ({ name: nameZh || name, value: valueZh || value }));

/** What can be bought of it; of an archived product, what could be. */
export const liveVariants = (product: Product): readonly Variant[] => product.variants.filter((variant) => !variant.archived);

export function priceRange(product: Product): { minMinor: number; maxMinor: number } {
  const live = liveVariants(product);
  const prices = (live.length > 0 ? live : product.variants).map((variant) => variant.priceMinor);
  return { minMinor: Math.min(...prices), maxMinor: Math.max(...prices) };
}

export function rating(stars: Product['stars']): { average: number | null; count: number } {
  const count = stars.reduce((sum, times) => sum + times, 0);
  const sum = stars.reduce((total, times, index) => total + times * (index + 1), 0);
  return { average: count === 0 ? null : Math.round((sum / count) * 100) / 100, count };
}

/** "Linen Shirt, M / Blue", "亚麻衬衫，M / 蓝色"; the product's name alone where there is nothing to pick. */
export function variantName(productName: string, options: readonly SelectedOption[], language: 'en' | 'zh'): string {
  if (options.length === 0) return productName;
  return `${productName}${language === 'zh' ? '，' : ', '}${shownOptions(options, language).map(({ value }) => value).join(' / ')}`;
}

/** What a shopper picks, with the values there are, in the order of the variants. */
export function productOptions(variants: readonly Variant[], language: 'en' | 'zh'): { name: string; values: string[] }[] {
  const values = new Map<string, Set<string>>();
  for (const variant of variants) {
    for (const option of shownOptions(variant.options, language)) {
      let known = values.get(option.name);
      if (!known) values.set(option.name, (known = new Set()));
      known.add(option.value);
    }
  }
  return [...values].map(([name, set]) => ({ name, values: [...set] }));
}
