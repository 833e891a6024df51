/**
 * Products in a reader's language, as plain objects in the shape of the schema: made once a language and product, then
 * read property by property, without a promise a field.
 */
import { inLanguage, type Language } from '#platform/subgraph/context.ts';
import type { Catalogue, Shelved } from './catalogue.ts';
import { liveVariants, priceRange, productOptions, rating, shownOptions, variantName, type Localized, type Picture, type Product, type Variant } from './product.ts';

interface MoneyView { amountMinor: number; currency: string }
interface ImageView { url: string; alt: string; width: number | null; height: number | null }

export interface VariantView {
  __typename: 'Variant';
  id: string;
  sku: string;
  name: string;
  price: MoneyView;
  compareAtPrice: MoneyView | null;
  options: readonly { name: string; value: string }[];
  image: ImageView | null;
  product: ProductView;
  archived: boolean;
}

export interface ProductView {
  __typename: 'Product';
  /** Not in the schema: for the fields that need more than this object. */
  shelved: Shelved;
  language: Language;
  id: string;
  slug: string;
  name: string;
  description: string;
  brand: string | null;
  image: ImageView | null;
  media: readonly ImageView[];
  variants: readonly VariantView[];
  /** Not in the schema: archived ones too, by id. */
  everyVariant: ReadonlyMap<string, VariantView>;
  priceRange: { min: MoneyView; max: MoneyView };
  attributes: readonly { name: string; label: string; value: string }[];
  options: readonly { name: string; values: readonly string[] }[];
  rating: { average: number | null; count: number; histogram: readonly number[] };
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  version: number;
}

export function productView(shelved: Shelved, language: Language): ProductView {
  const key = `view ${language}`;
  const known = shelved.made.get(key);
  if (known) return known as ProductView;
  const view = makeProductView(shelved, language);
  shelved.made.set(key, view);
  return view;
}

/** The product in this language, at once where it is in the cache; null when there is none. */
export function productById(catalogue: Catalogue, id: string, language: Language): ProductView | null | Promise<ProductView | null> {
  const shelved = catalogue.get(id);
  if (shelved === null) return null;
  return shelved instanceof Promise ? shelved.then((found) => found && productView(found, language)) : productView(shelved, language);
}

/** Archived variants too: carts and orders still show them. */
export function variantById(catalogue: Catalogue, id: string, language: Language): VariantView | null | Promise<VariantView | null> {
  const productId = catalogue.shelf.productIdOf(id);
  if (productId === undefined) return null;
  const product = productById(catalogue, productId, language);
  return product instanceof Promise ? product.then((found) => found?.everyVariant.get(id) ?? null) : (product?.everyVariant.get(id) ?? null);
}

const money = (amountMinor: number, currency: string): MoneyView => ({ amountMinor, currency });

function makeProductView(shelved: Shelved, language: Language): ProductView {
  const { product } = shelved;
  const name = inLanguage(language, product.name);
  const media = product.media.map((picture) => imageView(picture, name, language));
  const { minMinor, maxMinor } = priceRange(product);
  const live = liveVariants(product);
  const variants: VariantView[] = [];
  const everyVariant = new Map<string, VariantView>();
  const view: ProductView = {
    __typename: 'Product',
    shelved,
    language,
    id: product.id,
    slug: product.slug,
    name,
    description: inLanguage(language, product.description),
    brand: product.brand,
    image: media[0] ?? null,
    media,
    variants,
    everyVariant,
    priceRange: { min: money(minMinor, product.currency), max: money(maxMinor, product.currency) },
    attributes: product.attributes.map(({ name, nameZh, value }) => ({ name, label: inLanguage(language, { en: name, zh: nameZh }), value: inLanguage(language, value) })),
    options: productOptions(live, language),
    rating: { ...rating(product.stars), histogram: product.stars },
    createdAt: new Date(product.createdMs).toISOString(),
    updatedAt: new Date(product.updatedMs).toISOString(),
    archived: product.archived,
    version: product.version,
  };
  for (const variant of product.variants) {
    const made = variantView(view, product, variant);
    everyVariant.set(variant.id, made);
    if (!variant.archived) variants.push(made);
  }
  return view;
}

function variantView(product: ProductView, { currency, archived }: Product, variant: Variant): VariantView {
  return {
    __typename: 'Variant',
    id: variant.id,
    sku: variant.sku,
    name: variantName(product.name, variant.options, product.language),
    price: money(variant.priceMinor, currency),
    compareAtPrice: variant.compareAtMinor === null ? null : money(variant.compareAtMinor, currency),
    options: shownOptions(variant.options, product.language),
    image: variant.imageUrl ? { url: variant.imageUrl, alt: product.name, width: null, height: null } : product.image,
    product,
    archived: archived || variant.archived,
  };
}

const imageView = (picture: Picture, name: string, language: Language): ImageView => ({
  url: picture.url,
  alt: inLanguage(language, picture.alt) || name,
  width: picture.width,
  height: picture.height,
});

/** Names and texts as they are stored, for staff. */
export function translations(product: Product): { language: string; name: string | null; description: string | null }[] {
  const of = (text: Localized, language: Language) => text[language];
  return (['en', 'zh'] as const).map((language) => ({ language, name: of(product.name, language), description: of(product.description, language) }));
}
