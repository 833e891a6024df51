/** A product as it lies on the desk: every text in both languages, money as typed, rows with keys of their own. */
import { newKey } from '../../shared/time.ts';
import type { EditedProductPartsFragment, ProductInput } from '../gql/graphql.ts';
import { minorOf, typedOf } from '../parts/amount.ts';

export interface CategoryRow { key: string; en: string; zh: string }
export interface AttributeRow { key: string; name: string; en: string; zh: string }
export interface PictureRow { key: string; url: string; altEn: string; altZh: string }
export interface VariantRow {
  key: string;
  sku: string;
  price: string;
  compareAt: string;
  /** By name of the option. */
  options: Record<string, string>;
  imageUrl: string;
  initialStock: string;
  /** The id once it is in the shop. */
  id: string | null;
}

export interface Draft {
  slug: string;
  nameEn: string;
  nameZh: string;
  descriptionEn: string;
  descriptionZh: string;
  brand: string;
  categories: CategoryRow[];
  attributes: AttributeRow[];
  media: PictureRow[];
  optionNames: string[];
  variants: VariantRow[];
}

export const newVariant = (): VariantRow => ({ key: newKey(), sku: '', price: '', compareAt: '', options: {}, imageUrl: '', initialStock: '', id: null });

export const emptyDraft = (): Draft => ({
  slug: '', nameEn: '', nameZh: '', descriptionEn: '', descriptionZh: '', brand: '', categories: [], attributes: [], media: [], optionNames: [], variants: [newVariant()],
});

/** Between the parts of a path, as people write it. */
const BETWEEN = ' > ';
export const pathParts = (text: string): string[] => text.split(/\s*[>›＞]\s*/).map((part) => part.trim()).filter(Boolean);

/**
 * The schema tells most texts in the reader's language, falling back to the other: so the product was read in both. A text
 * that is the same in both stands for one language only, the one it is written in.
 */
function bothOf(en: string, zh: string): { en: string; zh: string } {
  if (en !== zh) return { en, zh };
  return /\p{Script=Han}/u.test(en) ? { en: '', zh } : { en, zh: '' };
}

export function draftOf(en: EditedProductPartsFragment, zh: EditedProductPartsFragment): Draft {
  const text = (language: string, field: 'name' | 'description'): string => en.translations?.find((one) => one.language === language)?.[field] ?? '';
  return {
    slug: en.slug,
    nameEn: text('en', 'name'), nameZh: text('zh', 'name'),
    descriptionEn: text('en', 'description'), descriptionZh: text('zh', 'description'),
    brand: en.brand ?? '',
    categories: categoriesOf(en, zh),
    attributes: en.attributes.map(({ name, value }, index) => ({ key: newKey(), name, ...bothOf(value, zh.attributes[index]?.value ?? value) })),
    media: en.media.map(({ url, alt }, index) => picture(url, alt, zh.media[index]?.alt ?? '', en.name, zh.name)),
    optionNames: (en.variants[0]?.options ?? []).map(({ name }) => name),
    variants: en.variants.map((variant) => ({
      key: newKey(), id: variant.id, sku: variant.sku,
      price: typedOf(variant.price.amountMinor, variant.price.currency),
      compareAt: variant.compareAtPrice ? typedOf(variant.compareAtPrice.amountMinor, variant.compareAtPrice.currency) : '',
      options: Object.fromEntries(variant.options.map(({ name, value }) => [name, value])),
      // A variant without a picture of its own shows the product's.
      imageUrl: variant.image && variant.image.url !== en.image?.url ? variant.image.url : '',
      initialStock: '',
    })),
  };
}

/** A picture without a text is described by the product's name: that is no text of its own. */
function picture(url: string, altEn: string, altZh: string, nameEn: string, nameZh: string): PictureRow {
  const own = bothOf(altEn === nameEn ? '' : altEn, altZh === nameZh ? '' : altZh);
  return { key: newKey(), url, altEn: own.en, altZh: own.zh };
}

interface Place { id: string; name: string; parent?: Place | null }

function categoriesOf(en: EditedProductPartsFragment, zh: EditedProductPartsFragment): CategoryRow[] {
  const places = en.categories as readonly Place[];
  const chinese = new Map((zh.categories as readonly Place[]).map((place) => [place.id, place]));
  // Ancestors follow from the tree: only the most particular places are entered.
  const above = new Set(places.flatMap((place) => chainOf(place).slice(0, -1).map(({ id }) => id)));
  return places.filter(({ id }) => !above.has(id)).map((place) => {
    const path = chainOf(place).map(({ name }) => name).join(BETWEEN);
    const there = chinese.get(place.id);
    const pathZh = there ? chainOf(there).map(({ name }) => name).join(BETWEEN) : path;
    return { key: newKey(), en: path, zh: pathZh === path ? '' : pathZh };
  });
}

function chainOf(place: Place): Place[] {
  const chain: Place[] = [];
  for (let at: Place | null | undefined = place; at; at = at.parent) chain.unshift(at);
  return chain;
}

const orNull = (text: string): string | null => text.trim() || null;

/** The input of `saveProduct`; the draft passed `problemsOf` before. */
export function inputOf(draft: Draft, currency: string): ProductInput {
  const names = new Map<string, string>();
  for (const { en, zh } of draft.categories) {
    const parts = pathParts(en);
    const chinese = pathParts(zh);
    if (chinese.length === parts.length) parts.forEach((part, index) => chinese[index] !== part && names.set(part, chinese[index]!));
  }
  return {
    slug: draft.slug.trim(),
    name: { en: orNull(draft.nameEn), zh: orNull(draft.nameZh) },
    description: { en: orNull(draft.descriptionEn), zh: orNull(draft.descriptionZh) },
    brand: orNull(draft.brand),
    categoryPaths: draft.categories.map(({ en }) => pathParts(en)),
    categoryNamesZh: [...names].map(([en, zh]) => ({ en, zh })),
    attributes: draft.attributes.map(({ name, en, zh }) => ({ name: name.trim(), value: { en: orNull(en), zh: orNull(zh) } })),
    media: draft.media.map(({ url, altEn, altZh }) => ({ url: url.trim(), alt: altEn.trim() || altZh.trim() ? { en: orNull(altEn), zh: orNull(altZh) } : null })),
    variants: draft.variants.map((variant) => ({
      sku: variant.sku.trim(),
      priceMinor: minorOf(variant.price, currency)!,
      compareAtPriceMinor: variant.compareAt.trim() ? minorOf(variant.compareAt, currency) : null,
      options: draft.optionNames.map((name) => ({ name: name.trim(), value: (variant.options[name] ?? '').trim() })),
      imageUrl: orNull(variant.imageUrl),
      ...(variant.id === null && variant.initialStock.trim() !== '' && { initialStock: Number(variant.initialStock) }),
    })),
  };
}

/** Rows in which nothing was entered are nobody's wish. */
export function withoutBlanks(draft: Draft): Draft {
  return {
    ...draft,
    categories: draft.categories.filter(({ en, zh }) => en.trim() || zh.trim()),
    attributes: draft.attributes.filter(({ name, en, zh }) => name.trim() || en.trim() || zh.trim()),
    media: draft.media.filter(({ url, altEn, altZh }) => url.trim() || altEn.trim() || altZh.trim()),
  };
}

/** JSON with the names of every object in order, and without the rows' keys: equal things have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (name, part: unknown) => {
    if (name === 'key') return undefined;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

export const sameDraft = (one: Draft, other: Draft): boolean => canonical(one) === canonical(other);
