/** The demo catalogue as what the rooms take: products, the pictures they need, reviews. Always the same, byte for byte. */
import type { ImageInput, ProductInput, ReviewSeed, SalesSeed, VariantInput } from '#subgraphs/products/product-input.ts';
import { fnv1a, slugify } from '#subgraphs/products/slug.ts';
import { COLOURS, type ColourName } from './catalogue/colours.ts';
import { ATTRIBUTE_NAMES_ZH, FACTS } from './catalogue/facts.ts';
import { optionNameZh, optionValueZh } from './catalogue/options.ts';
import type { Department, More, Pair, Row, Shelf } from './catalogue/shapes.ts';
import { pick } from './pick.ts';
import { planSales } from './plan-sales.ts';
import { CLOSINGS, DETAILS, TITLES, WRITERS } from './reviews.ts';

/** A picture to draw; `file` is its name below /media/. */
export interface PictureOrder {
  file: string;
  icon: string;
  turn: number;
  colour?: ColourName;
}

export interface DemoPlan {
  products: ProductInput[];
  pictures: PictureOrder[];
  reviews: ReviewSeed[];
  sales: SalesSeed[];
}

/** More kinds of one product than this tire shoppers. */
const KINDS_MAX = 8;
const DAY_MS = 86_400_000;
/** The oldest review is so old. */
const REVIEW_DAYS = 420;

const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter(Boolean);

/** @param nowMs Reviews are dated back from here. */
export function planDemo(departments: readonly Department[], nowMs: number): DemoPlan {
  const plan: DemoPlan = { products: [], pictures: [], reviews: [], sales: [] };
  let turn = 0;
  for (const department of departments) {
    plan.pictures.push({ file: categoryFile([department.name[0]]), icon: department.icon, turn: turn++ });
    for (const shelf of department.shelves) {
      plan.pictures.push({ file: categoryFile([department.name[0], shelf.name[0]]), icon: shelf.icon, turn: turn++ });
      for (const [index, row] of shelf.rows.entries()) {
        const product = planProduct(department, shelf, row, index);
        plan.products.push(product);
        plan.pictures.push(...picturesOf(product.slug, row, turn++));
        plan.reviews.push(...reviewsOf(product.slug, shelf, nowMs));
      }
    }
  }
  plan.sales = planSales(plan.products, plan.reviews);
  return plan;
}

/** Pictures of categories: `categories/<parts of the path>.svg`. */
export const categoryFile = (path: readonly string[]): string => `categories/${path.map(slugify).join('-')}.svg`;

function planProduct(department: Department, shelf: Shelf, row: Row, index: number): ProductInput {
  const [en, zh, , , phraseEn, phraseZh, more = {}] = row;
  const slug = slugify(en);
  const about = shelf.about[index % shelf.about.length]!;
  const path = [department.name[0], shelf.name[0]];
  return {
    slug,
    name: { en, zh },
    description: { en: `${phraseEn} ${about[0]}`, zh: `${phraseZh}${about[1]}` },
    brand: more.brand ?? shelf.brands[pick(`brand ${slug}`, shelf.brands.length)]!,
    categoryPaths: [path],
    categoryNamesZh: [department, shelf].map(({ name }) => ({ en: name[0], zh: name[1] })),
    categoryImages: [path.slice(0, 1), path].map((part) => ({ path: part, url: `/media/${categoryFile(part)}` })),
    attributes: attributesOf(shelf, more),
    variants: variantsOf(slug, shelf, row),
    media: mediaOf(slug, row),
  };
}

function attributesOf(shelf: Shelf, more: More): NonNullable<ProductInput['attributes']> {
  const facts = [...new Set([...words(shelf.facts), ...words(more.facts)])].map((word) => {
    const { attribute, value } = FACTS[word]!;
    return factOf(attribute, value);
  });
  const colours = coloursOf(more).map((colour) => factOf('colour', COLOURS[colour].name));
  return [...facts, ...colours];
}

const factOf = (name: string, [en, zh]: Pair) => ({ name, nameZh: ATTRIBUTE_NAMES_ZH[name]!, value: { en, zh } });

const coloursOf = (more: More): ColourName[] => words(more.colours) as ColourName[];

/** `['Weight', '250 g', '1 kg+2100']` as values with what they add to the price. */
const kindsOf = (more: More): { name: string; values: { value: string; extra: number }[] } | null =>
  more.kinds
    ? {
        name: more.kinds[0]!,
        values: more.kinds.slice(1).map((kind) => {
          const [, value, extra] = /^(.+?)(?:\+(\d{3,}))?$/.exec(kind)!;
          return { value: value!, extra: Number(extra ?? 0) };
        }),
      }
    : null;

function variantsOf(slug: string, shelf: Shelf, [, , , price, , , more = {}]: Row): VariantInput[] {
  const sizes = words(more.kinds ? '' : (more.sizes ?? shelf.sizes));
  const colours = coloursOf(more);
  const kinds = kindsOf(more);
  let drafts: { options: VariantInput['options'][number][]; colour?: ColourName; extra: number }[] = [{ options: [], extra: 0 }];
  const grow = <T>(values: readonly T[], add: (draft: (typeof drafts)[0], value: T) => (typeof drafts)[0]) => {
    if (values.length > 0) drafts = drafts.flatMap((draft) => values.map((value) => add(draft, value)));
  };
  grow(colours, (draft, colour) => ({ ...draft, colour, options: [...draft.options, optionOf('Colour', COLOURS[colour].name[0], COLOURS[colour].name[1])] }));
  grow(sizes, (draft, size) => ({ ...draft, options: [...draft.options, optionOf('Size', size)] }));
  grow(kinds?.values ?? [], (draft, { value, extra }) => ({ ...draft, extra, options: [...draft.options, optionOf(kinds!.name, value)] }));
  return drafts.slice(0, KINDS_MAX).map(({ options, colour, extra }, index) => ({
    sku: ['GM', fnv1a(slug).toString(36).slice(0, 6), ...options.map(({ value }) => slugify(value))].join('-').toUpperCase(),
    priceMinor: price + extra,
    compareAtPriceMinor: more.was ? more.was + extra : null,
    options,
    imageUrl: colour && colours.length > 1 ? `/media/${colourFile(slug, colour, colours)}` : null,
    initialStock: stockOf(`${slug} ${index}`, more.stock, index),
  }));
}

const optionOf = (name: string, value: string, valueZh: string | null = optionValueZh(value)) => ({ name, value, nameZh: optionNameZh(name, value), valueZh });

function stockOf(key: string, kind: More['stock'], index: number): number {
  if (kind === 'out' || (kind === 'some' && index === 0)) return 0;
  return kind === 'low' || pick(`low ${key}`, 16) === 0 ? 1 + pick(key, 4) : 9 + pick(key, 52);
}

/** The first colour is the product's own picture. */
const colourFile = (slug: string, colour: ColourName, colours: readonly ColourName[]): string =>
  colour === colours[0] ? `${slug}.svg` : `${slug}-${colour}.svg`;

function mediaOf(slug: string, [en, zh, , , , , more = {}]: Row): ImageInput[] {
  const colours = coloursOf(more);
  if (colours.length < 2) return [{ url: `/media/${slug}.svg`, alt: { en, zh } }];
  return colours.map((colour) => {
    const [nameEn, nameZh] = COLOURS[colour].name;
    return { url: `/media/${colourFile(slug, colour, colours)}`, alt: { en: `${en}, ${nameEn.toLowerCase()}`, zh: `${zh}，${nameZh}` } };
  });
}

function picturesOf(slug: string, [, , icon, , , , more = {}]: Row, turn: number): PictureOrder[] {
  const colours = coloursOf(more);
  if (colours.length === 0) return [{ file: `${slug}.svg`, icon, turn, colour: more.tint }];
  return colours.map((colour, index) => ({ file: colourFile(slug, colour, colours), icon, turn: turn + index, colour }));
}

/** None to seven reviews, most of them good, in the two languages by turns. */
function reviewsOf(slug: string, shelf: Shelf, nowMs: number): ReviewSeed[] {
  const details = DETAILS[shelf.reviews]!;
  const count = pick(`reviews ${slug}`, 8);
  return Array.from({ length: count }, (_, index) => {
    const key = `${slug} ${index}`;
    const detail = (pick(slug, details.length) + index) % details.length;
    const isCritical = detail === details.length - 1;
    const rating = isCritical ? (pick(key, 2) === 0 ? 3 : 4) : pick(`stars ${key}`, 4) === 0 ? 4 : 5;
    const language = pick(`language ${slug}`, 2) === index % 2 ? 0 : 1;
    const writer = (pick(`writer ${slug}`, WRITERS.length) + index) % WRITERS.length;
    const titles = TITLES[rating];
    const closings = CLOSINGS[rating];
    return {
      slug,
      writer: `demo-${writer}-${language}`,
      authorName: WRITERS[writer]![language],
      rating,
      title: titles[(pick(`title ${slug}`, titles.length) + index) % titles.length]![language],
      body: details[detail]![language] + (language === 0 ? ' ' : '') + closings[(pick(`closing ${slug}`, closings.length) + index) % closings.length]![language],
      createdAtMs: nowMs - DAY_MS - pick(`day ${key}`, REVIEW_DAYS) * DAY_MS - pick(key, DAY_MS),
    };
  });
}
