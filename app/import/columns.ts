/**
 * The columns of Shopify's product CSV under the names of its exports, old (`Handle`, `Variant Price`) and new
 * (`URL handle`, `Price`). Capitals and spaces at the ends do not matter; other columns are left alone.
 * https://help.shopify.com/en/manual/products/import-export/using-csv
 */
import { FileFault } from './faults.ts';

const NAMES = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'body html', 'description'],
  vendor: ['vendor'],
  category: ['product category', 'standardized product type'],
  type: ['type', 'custom product type', 'product type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
  sku: ['variant sku', 'sku'],
  tracker: ['variant inventory tracker', 'inventory tracker'],
  quantity: ['variant inventory qty', 'variant inventory quantity', 'inventory quantity'],
  price: ['variant price', 'price'],
  compareAt: ['variant compare at price', 'compare-at price', 'compare at price'],
  image: ['image src', 'product image url'],
  imagePosition: ['image position'],
  imageAlt: ['image alt text'],
  variantImage: ['variant image', 'variant image url'],
  giftCard: ['gift card'],
} as const;

export type Column = keyof typeof NAMES;

/** Without these nothing can be said about a product. */
const NEEDED: readonly Column[] = ['handle', 'title', 'price'];

export interface Columns {
  /** Position in a row; absent columns are left out. */
  at: ReadonlyMap<Column, number>;
  /** As it stands in the file, or as Shopify calls it where the file has none. */
  nameOf(column: Column): string;
  /** Cells of the header. */
  width: number;
}

/** @throws FileFault when a needed column is missing or a column is there twice. */
export function readHeader(cells: readonly string[]): Columns {
  const at = new Map<Column, number>();
  const positions = new Map<string, number>();
  cells.forEach((cell, index) => {
    const name = cell.trim().toLowerCase();
    if (!positions.has(name)) positions.set(name, index);
    else if (Object.values(NAMES).some((names) => (names as readonly string[]).includes(name))) throw new FileFault(`line 1: the column "${cell.trim()}" is there twice.`);
  });
  for (const [column, names] of Object.entries(NAMES) as [Column, readonly string[]][]) {
    const index = names.map((name) => positions.get(name)).find((position) => position !== undefined);
    if (index !== undefined) at.set(column, index);
  }
  const missing = NEEDED.filter((column) => !at.has(column));
  if (missing.length > 0) {
    const list = missing.map((column) => NAMES[column].map((name) => `"${title(name)}"`).join(' or ')).join(', ');
    const hint = cells.length === 1 && cells[0]!.includes(';') ? ' The cells must be separated by commas, not by semicolons.' : '';
    throw new FileFault(`line 1: there is no column ${list}; the file must begin with the header of Shopify's product export.${hint}`);
  }
  return { at, width: cells.length, nameOf: (column) => (at.has(column) ? cells[at.get(column)!]!.trim() : title(NAMES[column][0])) };
}

const title = (name: string): string => name.replace(/(^|[\s(-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase()).replace('(Html)', '(HTML)').replace('Sku', 'SKU').replace('Url', 'URL');
