/** The rows of one product as the shop takes it, or what is wrong with them. Pure. */
import { compile } from 'html-to-text';
import type { ProductInput } from '#subgraphs/products/product-input.ts';
import { fnv1a, isSlug, slugify } from '#subgraphs/products/slug.ts';
import { localized, readFlag, readUrl } from './cells.ts';
import type { Column, Columns } from './columns.ts';
import type { RowFault } from './faults.ts';
import { planVariants, type PlannedVariant } from './plan-variants.ts';
import type { Row } from './read-rows.ts';

export interface RemotePicture {
  url: string;
  alt: string;
}

/** A product of the file. Its pictures are still remote; `media` and `imageUrl` are filled in later. */
export interface PlannedProduct {
  kind: 'product';
  input: ProductInput;
  pictures: RemotePicture[];
  /** Where each variant stands, and its own picture. */
  variants: PlannedVariant[];
  line: number;
  /** The column that a field of the input came from, e.g. `variants.1.sku` → line and header. */
  origin(field: string): RowFault;
}

export type Planned =
  | PlannedProduct
  | { kind: 'faulty'; handle: string; faults: RowFault[] }
  /** Not for sale here: unpublished, a draft, archived, or a gift card. */
  | { kind: 'left-out'; handle: string; line: number; why: string };

export interface PlanSettings {
  columns: Columns;
  /** Digits after the point of the shop's currency. */
  exponent: number;
}

export function planProduct(rows: readonly Row[], { columns, exponent }: PlanSettings): Planned {
  const faults: RowFault[] = rows.flatMap(({ fault }) => fault ?? []);
  const fault = (row: Row, column: Column, message: string) => void faults.push({ line: row.line, column: columns.nameOf(column), message });
  const handle = rows[0]!.handle;
  const main = rows.find((row) => row.cell('title') !== '') ?? rows[0]!;
  if (handle === '') for (const row of rows) fault(row, 'handle', 'is empty, so the row belongs to no product');
  else if (main.cell('title') === '') fault(main, 'title', 'is empty: the first row of a product needs one');

  const why = leftOut(main, fault);
  if (why && faults.length === 0) return { kind: 'left-out', handle, line: main.line, why };

  const slug = addressOf(handle);
  const variants = planVariants(rows, { slug, exponent, fault });
  const pictures = picturesOf(rows, fault);
  if (faults.length > 0) return { kind: 'faulty', handle, faults: faults.sort((a, b) => a.line - b.line) };

  const category = categoryOf(main);
  const description = plainText(main.cell('body'));
  return {
    kind: 'product',
    line: main.line,
    pictures,
    variants,
    input: {
      slug,
      name: localized(main.cell('title')),
      description: description === '' ? null : localized(description),
      brand: main.cell('vendor') || null,
      categoryPaths: category ? [category.path] : [],
      categoryNamesZh: category?.path.filter((part) => localized(part).zh).map((part) => ({ en: part, zh: part })) ?? [],
      attributes: tagsOf(main).flatMap(attributeOf),
      variants: variants.map(({ input }) => input),
      media: [],
    },
    origin: (field) => originOf(field, main, variants, category?.column ?? 'category', columns),
  };
}

/** Only what is on sale comes in; why a product is left out, or null. */
function leftOut(row: Row, fault: (row: Row, column: Column, message: string) => void): string | null {
  const published = readFlag(row.cell('published'), true);
  if ('problem' in published) fault(row, 'published', published.problem);
  const gift = readFlag(row.cell('giftCard'), false);
  if ('problem' in gift) fault(row, 'giftCard', gift.problem);
  const status = row.cell('status').toLowerCase();
  if (!['', 'active', 'draft', 'archived', 'unlisted'].includes(status)) fault(row, 'status', `"${status}" is none of active, draft, archived, unlisted`);
  if ('value' in gift && gift.value) return 'a gift card';
  if (['draft', 'archived', 'unlisted'].includes(status)) return status;
  return 'value' in published && !published.value ? 'not published' : null;
}

/** Handles are nearly always addresses already; others become one, with a hash where letters were lost. */
export function addressOf(handle: string): string {
  if (isSlug(handle)) return handle;
  const slug = slugify(handle);
  const isLatin = /^[\x20-\x7e]*$/.test(handle.normalize('NFKD').replace(/\p{M}/gu, ''));
  return isLatin && handle.length <= 100 ? slug : `${slug.slice(0, 100).replace(/-+$/, '')}-${fnv1a(handle).toString(36)}`;
}

const PATH_SEPARATOR = /\s+>\s+/;

/** `Product Category` split at ` > `, else `Type`, else the first tag. Numbers of Shopify's taxonomy are no names. */
function categoryOf(row: Row): { path: string[]; column: Column } | null {
  const category = row.cell('category');
  if (category !== '' && !/^(\d+|gid:.*)$/.test(category)) {
    return { path: category.split(PATH_SEPARATOR).map((part) => part.trim()).filter(Boolean), column: 'category' };
  }
  if (row.cell('type') !== '') return { path: [row.cell('type')], column: 'type' };
  const tag = tagsOf(row).find((name) => attributeOf(name).length === 0);
  return tag ? { path: [tag], column: 'tags' } : null;
}

const tagsOf = (row: Row): string[] => [...new Set(row.cell('tags').split(',').map((tag) => tag.trim()).filter(Boolean))];

/** A tag `name:value` is an attribute, any other is none. */
function attributeOf(tag: string): { name: string; value: { en: string | null; zh: string | null } }[] {
  const match = /^([^:]+?)\s*:\s*(.+)$/.exec(tag);
  return match ? [{ name: match[1]!.trim().toLowerCase(), value: localized(match[2]!) }] : [];
}

const plainHeading = { options: { uppercase: false } };
/** Built once: building costs more than a text. */
const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['script', 'style', 'iframe', 'video'].map((selector) => ({ selector, format: 'skip' })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table'].map((selector) => ({ selector, ...plainHeading })),
    { selector: 'ul', options: { itemPrefix: '• ' } },
  ],
});

/** HTML as text a person would write: paragraphs and lists stay, links and pictures go. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html.replace(/\r\n?/g, '\n').trim();
  return toText(html).replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim();
}

/** Pictures by `Image Position`, those without one after them, each address once. */
function picturesOf(rows: readonly Row[], fault: (row: Row, column: Column, message: string) => void): RemotePicture[] {
  const found: { url: string; alt: string; position: number }[] = [];
  for (const row of rows) {
    const source = row.cell('image');
    const position = row.cell('imagePosition');
    if (position !== '' && !/^\d{1,6}$/.test(position)) fault(row, 'imagePosition', `"${position}" is not a whole number`);
    if (source === '') continue;
    const url = readUrl(source);
    if ('problem' in url) fault(row, 'image', url.problem);
    else if (!found.some((picture) => picture.url === url.value)) found.push({ url: url.value, alt: row.cell('imageAlt'), position: position === '' ? Infinity : Number(position) });
  }
  return found.sort((a, b) => (a.position === b.position ? 0 : a.position - b.position)).map(({ url, alt }) => ({ url, alt }));
}

/** The place in the file that a field of the input came from. */
function originOf(field: string, main: Row, variants: readonly PlannedVariant[], category: Column, columns: Columns): RowFault {
  const at = (row: Row, column: Column): RowFault => ({ line: row.line, column: columns.nameOf(column), message: '' });
  const [first, index, part, option] = field.replace(/^(product|input)\./, '').split('.');
  const row = first === 'variants' ? variants[Number(index)]?.row : undefined;
  if (row) {
    if (part === 'options') return at(row, `option${Math.min(3, Number(option ?? 0) + 1)}Value` as Column);
    return at(row, ({ priceMinor: 'price', compareAtPriceMinor: 'compareAt', initialStock: 'quantity', imageUrl: 'variantImage' } as const)[part!] ?? 'sku');
  }
  const column = ({ slug: 'handle', name: 'title', description: 'body', brand: 'vendor', attributes: 'tags', media: 'image', categoryPaths: category, categoryNamesZh: category, variants: 'option1Value' } as const)[first!];
  return at(main, column ?? 'handle');
}
