/** Whether a product can be as it was entered: every text trimmed, every fault named by its field. Pure. */
import { createHash } from 'node:crypto';
import { MAX_MINOR } from '#platform/subgraph/shop.ts';
import { isMediaUrl } from './media-name.ts';
import type { ImageInput, LocalizedText, ProductInput, VariantInput } from './product-input.ts';
import { shownOptions, type Attribute, type Localized, type SelectedOption } from './product.ts';
import type { RefusalText } from './refusal-texts.ts';
import { isSlug } from './slug.ts';

export const VARIANTS_MAX = 100;
export const OPTIONS_MAX = 5;
export const ATTRIBUTES_MAX = 60;
export const MEDIA_MAX = 40;
export const CATEGORY_PATHS_MAX = 10;
export const CATEGORY_DEPTH_MAX = 8;
export const NAME_MAX = 255;
export const LABEL_MAX = 120;
/** Four bytes each still fit a `text` column of MySQL (65,535 bytes). */
export const DESCRIPTION_MAX = 16_000;

/** One thing that is wrong; `field` is a path below the product, e.g. `variants.0.sku`. */
export interface Problem {
  field: string;
  kind: RefusalText;
  value?: string | number;
}

/** A product that passed: trimmed, nothing absent. */
export interface CheckedProduct {
  slug: string;
  name: Localized;
  description: Localized;
  brand: string | null;
  categoryPaths: string[][];
  /** Chinese names by English ones. */
  categoryNamesZh: ReadonlyMap<string, string>;
  /** Addresses of pictures by `pathKey`. */
  categoryImages: ReadonlyMap<string, string>;
  attributes: Attribute[];
  variants: CheckedVariant[];
  media: { url: string; alt: Localized }[];
  /** SHA-256 of all of the above but initial stock: the same again is the same hash. */
  hash: string;
}

export interface CheckedVariant {
  sku: string;
  skuKey: string;
  priceMinor: number;
  compareAtMinor: number | null;
  options: SelectedOption[];
  imageUrl: string | null;
  initialStock: number;
}

/** SKUs that differ only in capitals are the same. */
export const skuKey = (sku: string): string => sku.trim().toLowerCase();

/** A category by its path, capitals or not. */
export const pathKey = (path: readonly string[]): string => path.map((part) => part.trim().toLowerCase()).join('\n');

export function checkProduct(input: ProductInput): { product: CheckedProduct; problems: Problem[] } {
  const check = new Check();
  const slug = input.slug.trim();
  if (!isSlug(slug)) check.problem('slug', 'SLUG_FORM');
  check.count('variants', input.variants, VARIANTS_MAX, 1);
  const content = {
    slug,
    name: check.localized('name', input.name, NAME_MAX, true),
    description: check.localized('description', input.description, DESCRIPTION_MAX, false),
    brand: check.optional('brand', input.brand, LABEL_MAX),
    categoryPaths: check.paths(input.categoryPaths),
    attributes: check.attributes(input.attributes ?? []),
    variants: input.variants.slice(0, VARIANTS_MAX).map((variant, index) => check.variant(`variants.${index}`, variant)),
    media: check.media(input.media ?? []),
  };
  shareChinese(content.variants);
  check.variantsTogether(content.variants);
  const product = { ...content, categoryNamesZh: check.categoryNames(input.categoryNamesZh ?? []), categoryImages: check.categoryImages(input.categoryImages ?? []) };
  return { product: { ...product, hash: hashOf(product) }, problems: check.problems };
}

/** What came into inputs later leaves no trace in the hash where it is absent: what was loaded before stays unchanged. */
const CAME_LATER: ReadonlySet<string> = new Set(['nameZh', 'valueZh']);

function hashOf({ categoryNamesZh, categoryImages, ...content }: Omit<CheckedProduct, 'hash'>): string {
  const variants = content.variants.map(({ initialStock: _, ...variant }) => variant);
  const all = [{ ...content, variants }, [...categoryNamesZh], ...(categoryImages.size > 0 ? [[...categoryImages]] : [])];
  const text = JSON.stringify(all, (key, value: unknown) => (value === null && CAME_LATER.has(key) ? undefined : value));
  return createHash('sha256').update(text).digest('hex');
}

/** Chinese that was given once for a name or a value goes for all variants; of several the first. */
function shareChinese(variants: readonly CheckedVariant[]): void {
  const chinese = new Map<string, string>();
  const options = variants.flatMap((variant) => variant.options);
  const shared = (key: string, given: string | null): string | null => {
    if (given !== null && !chinese.has(key)) chinese.set(key, given);
    return chinese.get(key) ?? null;
  };
  // Once to gather, once more for those that came before the first that was given.
  for (let round = 0; round < 2; round++) {
    for (const option of options) {
      option.nameZh = shared(option.name, option.nameZh);
      option.valueZh = shared(`${option.name}\n${option.value}`, option.valueZh);
    }
  }
}

class Check {
  readonly problems: Problem[] = [];

  problem(field: string, kind: RefusalText, value?: string | number): void {
    this.problems.push({ field, kind, value });
  }

  count(field: string, list: readonly unknown[], max: number, min = 0): void {
    if (list.length < min) this.problem(field, 'TOO_FEW', min);
    if (list.length > max) this.problem(field, 'TOO_MANY', max);
  }

  required(field: string, text: string, max: number): string {
    const trimmed = text.trim();
    if (trimmed === '') this.problem(field, 'TEXT_EMPTY');
    if (trimmed.length > max) this.problem(field, 'TEXT_LONG', max);
    return trimmed;
  }

  optional(field: string, text: string | null | undefined, max: number): string | null {
    const trimmed = text?.trim() || null;
    if (trimmed && trimmed.length > max) this.problem(field, 'TEXT_LONG', max);
    return trimmed;
  }

  /** Null: nothing was said, what is known stays. Empty: there shall be none. */
  chinese(field: string, text: string | null | undefined, max: number): string | null {
    return text == null ? null : (this.optional(field, text, max) ?? '');
  }

  localized(field: string, text: LocalizedText | null | undefined, max: number, needed: boolean): Localized {
    const checked = { en: this.optional(`${field}.en`, text?.en, max), zh: this.optional(`${field}.zh`, text?.zh, max) };
    if (needed && !checked.en && !checked.zh) this.problem(field, 'TEXT_MISSING');
    return checked;
  }

  amount(field: string, amountMinor: number): number {
    if (!Number.isInteger(amountMinor) || amountMinor < 0 || amountMinor > MAX_MINOR) this.problem(field, 'NUMBER_RANGE', MAX_MINOR);
    return amountMinor;
  }

  paths(paths: ProductInput['categoryPaths']): string[][] {
    this.count('categoryPaths', paths, CATEGORY_PATHS_MAX);
    return paths.slice(0, CATEGORY_PATHS_MAX).map((path, index) => {
      this.count(`categoryPaths.${index}`, path, CATEGORY_DEPTH_MAX, 1);
      return path.slice(0, CATEGORY_DEPTH_MAX).map((part, depth) => this.required(`categoryPaths.${index}.${depth}`, part, LABEL_MAX));
    });
  }

  categoryNames(names: readonly { en: string; zh: string }[]): Map<string, string> {
    this.count('categoryNamesZh', names, CATEGORY_PATHS_MAX * CATEGORY_DEPTH_MAX);
    return new Map(
      names.map(({ en, zh }, index) => [
        this.required(`categoryNamesZh.${index}.en`, en, LABEL_MAX).toLowerCase(),
        this.required(`categoryNamesZh.${index}.zh`, zh, LABEL_MAX),
      ]),
    );
  }

  categoryImages(images: NonNullable<ProductInput['categoryImages']>): Map<string, string> {
    this.count('categoryImages', images, CATEGORY_PATHS_MAX * CATEGORY_DEPTH_MAX);
    return new Map(
      images.map(({ path, url }, index) => {
        if (!isMediaUrl(url.trim())) this.problem(`categoryImages.${index}.url`, 'MEDIA_URL');
        return [pathKey(path), url.trim()];
      }),
    );
  }

  attributes(attributes: NonNullable<ProductInput['attributes']>): Attribute[] {
    this.count('attributes', attributes, ATTRIBUTES_MAX);
    return attributes.slice(0, ATTRIBUTES_MAX).map(({ name, nameZh, value }, index) => ({
      name: this.required(`attributes.${index}.name`, name, LABEL_MAX),
      nameZh: this.chinese(`attributes.${index}.nameZh`, nameZh, LABEL_MAX),
      value: this.localized(`attributes.${index}.value`, value, NAME_MAX, true),
    }));
  }

  variant(field: string, variant: VariantInput): CheckedVariant {
    const sku = this.required(`${field}.sku`, variant.sku, LABEL_MAX);
    const initialStock = variant.initialStock ?? 0;
    if (!Number.isInteger(initialStock) || initialStock < 0 || initialStock > MAX_MINOR) this.problem(`${field}.initialStock`, 'NUMBER_RANGE', MAX_MINOR);
    this.count(`${field}.options`, variant.options, OPTIONS_MAX);
    const imageUrl = variant.imageUrl?.trim() || null;
    if (imageUrl && !isMediaUrl(imageUrl)) this.problem(`${field}.imageUrl`, 'MEDIA_URL');
    const { compareAtPriceMinor } = variant;
    return {
      sku,
      skuKey: skuKey(sku),
      priceMinor: this.amount(`${field}.priceMinor`, variant.priceMinor),
      compareAtMinor: compareAtPriceMinor == null ? null : this.amount(`${field}.compareAtPriceMinor`, compareAtPriceMinor),
      options: variant.options.slice(0, OPTIONS_MAX).map((option, index) => ({
        name: this.required(`${field}.options.${index}.name`, option.name, LABEL_MAX),
        value: this.required(`${field}.options.${index}.value`, option.value, NAME_MAX),
        nameZh: this.chinese(`${field}.options.${index}.nameZh`, option.nameZh, LABEL_MAX),
        valueZh: this.chinese(`${field}.options.${index}.valueZh`, option.valueZh, NAME_MAX),
      })),
      imageUrl,
      initialStock,
    };
  }

  variantsTogether(variants: readonly CheckedVariant[]): void {
    const skus = new Set<string>();
    const picks = new Set<string>();
    const names = (variant: CheckedVariant) => JSON.stringify(variant.options.map((option) => option.name));
    variants.forEach((variant, index) => {
      if (skus.has(variant.skuKey)) this.problem(`variants.${index}.sku`, 'SKU_REPEATED', variant.sku);
      skus.add(variant.skuKey);
      if (names(variant) !== names(variants[0]!)) this.problem(`variants.${index}.options`, 'OPTION_NAMES');
      // In either language: two values with one Chinese word would be one to whoever reads Chinese.
      const pick = (['en', 'zh'] as const).map((language) => `${language} ${JSON.stringify(shownOptions(variant.options, language))}`);
      if (pick.some((one) => picks.has(one))) this.problem(`variants.${index}.options`, 'OPTIONS_REPEATED');
      pick.forEach((one) => picks.add(one));
    });
  }

  media(media: readonly ImageInput[]): { url: string; alt: Localized }[] {
    this.count('media', media, MEDIA_MAX);
    return media.slice(0, MEDIA_MAX).map(({ url, alt }, index) => {
      if (!isMediaUrl(url.trim())) this.problem(`media.${index}.url`, 'MEDIA_URL');
      return { url: url.trim(), alt: this.localized(`media.${index}.alt`, alt, NAME_MAX, false) };
    });
  }
}
