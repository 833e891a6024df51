/** A product as staff, imports and the seed enter it: the TypeScript face of `ProductInput` in schema.graphql. */

/** A text in the languages of the shop; at least one is given. */
export interface LocalizedText {
  en?: string | null;
  zh?: string | null;
}

export interface ProductInput {
  /** Lower-case letters, digits and hyphens; tells which product an import changes. */
  slug: string;
  name: LocalizedText;
  /** Plain text. */
  description?: LocalizedText | null;
  brand?: string | null;
  /** From the root, in English, e.g. `[['Apparel', 'Shirts']]`; made where missing. */
  categoryPaths: readonly (readonly string[])[];
  /** Chinese names of path parts, where known. */
  categoryNamesZh?: readonly { en: string; zh: string }[] | null;
  /** Pictures that stand for categories, by their path; a category that is not named keeps the one it has. */
  categoryImages?: readonly { path: readonly string[]; url: string }[] | null;
  /** `nameZh` and `valueZh`, here and with options: left out, what is known stays; empty, it is taken away. */
  attributes?: readonly { name: string; nameZh?: string | null; value: LocalizedText }[] | null;
  /** 1 to 100. */
  variants: readonly VariantInput[];
  /** The main one first. */
  media?: readonly ImageInput[] | null;
}

export interface VariantInput {
  /** Unique in the shop, capitals or not; tells which variant is changed. */
  sku: string;
  /** Minor units of the shop's currency, 0 to MAX_MINOR. */
  priceMinor: number;
  compareAtPriceMinor?: number | null;
  /** The same names in the same order for all variants of a product; what is said in Chinese once holds for all of them. */
  options: readonly { name: string; value: string; nameZh?: string | null; valueZh?: string | null }[];
  imageUrl?: string | null;
  /** Units on hand when the variant is new; later changes go through inventory's `adjustStock`. */
  initialStock?: number | null;
}

export interface ImageInput {
  /** Begins with `/media/`. */
  url: string;
  alt?: LocalizedText | null;
}

/** What a batch did; `variants` of every product that was loaded or already just so. */
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  refused: ImportRefusal[];
  variants: { id: string; sku: string; created: boolean }[];
}

export interface ImportRefusal {
  slug: string;
  /** E.g. `variants.0.priceMinor`. */
  field: string;
  message: string;
}

/** What a product has sold before this shop counted; what was counted already is never changed. */
export interface SalesSeed {
  slug: string;
  /** Units. */
  sold: number;
  /** In how many orders these others stood beside it. */
  together: readonly { slug: string; times: number }[];
}

/** A review that comes with a seed; `writer` keeps it one a person and product, so the same again changes nothing. */
export interface ReviewSeed {
  slug: string;
  writer: string;
  authorName: string;
  rating: number;
  title: string;
  body: string;
  createdAtMs: number;
}
