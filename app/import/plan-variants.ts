/** The variants of a product: one a row that has options, a SKU or a price; a row with a picture only is none. */
import type { VariantInput } from '#subgraphs/products/product-input.ts';
import { slugify } from '#subgraphs/products/slug.ts';
import { readPrice, readQuantity, readUrl } from './cells.ts';
import type { Column } from './columns.ts';
import type { Row } from './read-rows.ts';

/** As the shop takes them. */
export const VARIANTS_MAX = 100;
/** Stock of what Shopify does not count (no tracker, no quantity): enough to sell. */
export const UNCOUNTED_STOCK = 100;
const SKU_MAX = 120;

export interface PlannedVariant {
  input: VariantInput;
  row: Row;
  /** Address of its own picture, still remote. */
  picture: string | null;
}

interface VariantSettings {
  slug: string;
  exponent: number;
  fault(row: Row, column: Column, message: string): void;
}

type Option = { name: Column; value: Column };
const OPTIONS: readonly Option[] = [
  { name: 'option1Name', value: 'option1Value' },
  { name: 'option2Name', value: 'option2Value' },
  { name: 'option3Name', value: 'option3Value' },
];

export function planVariants(rows: readonly Row[], { slug, exponent, fault }: VariantSettings): PlannedVariant[] {
  const names = optionNames(rows, fault);
  const planned: PlannedVariant[] = [];
  const lineByOptions = new Map<string, number>();
  const skus = new Set<string>();
  rows.forEach((row, index) => {
    if (row.fault) return;
    const isVariant = index === 0 || OPTIONS.some(({ value }) => row.cell(value) !== '') || row.cell('sku') !== '' || row.cell('price') !== '';
    if (!isVariant) {
      if (row.cell('image') === '') fault(row, 'option1Value', 'the row has neither a variant (options, SKU, price) nor a picture');
      return;
    }
    const options = optionsOf(row, names, fault);
    const key = JSON.stringify(options);
    const before = lineByOptions.get(key);
    if (before !== undefined) fault(row, 'option1Value', `the same options as on line ${before}`);
    else lineByOptions.set(key, row.line);
    planned.push({ row, picture: pictureOf(row, fault), input: variantOf(row, options, { slug, exponent, fault }, skus) });
    if (planned.length === VARIANTS_MAX + 1) fault(row, 'option1Value', `more than ${VARIANTS_MAX} variants of one product`);
  });
  return planned;
}

/** Names stand on the first row; a later row may repeat them, not change them. `Title` with `Default Title` is no option. */
function optionNames(rows: readonly Row[], fault: VariantSettings['fault']): (string | null)[] {
  return OPTIONS.map(({ name, value }, index) => {
    const first = rows.find((row) => row.cell(name) !== '');
    if (!first) {
      const stray = rows.find((row) => row.cell(value) !== '' && !(index === 0 && isDefault(row)));
      if (stray) fault(stray, name, `is empty, but ${stray.cell(value)} is given as a value of it`);
      return null;
    }
    const text = first.cell(name);
    for (const row of rows) if (row.cell(name) !== '' && row.cell(name) !== text) fault(row, name, `is ${row.cell(name)} here and ${text} on line ${first.line}`);
    if (index === 0 && text.toLowerCase() === 'title' && rows.every((row) => row.cell(value) === '' || isDefault(row))) return null;
    return text;
  });
}

const isDefault = (row: Row): boolean => row.cell('option1Value').toLowerCase() === 'default title';

function optionsOf(row: Row, names: readonly (string | null)[], fault: VariantSettings['fault']): VariantInput['options'][number][] {
  return names.flatMap((name, index) => {
    if (name === null) return [];
    const value = row.cell(OPTIONS[index]!.value);
    if (value === '') fault(row, OPTIONS[index]!.value, `is empty, but the product has the option ${name}`);
    return [{ name, value }];
  });
}

function variantOf(row: Row, options: VariantInput['options'], { slug, exponent, fault }: VariantSettings, skus: Set<string>): VariantInput {
  const price = row.cell('price') === '' ? { problem: 'is empty: every variant needs a price' } : readPrice(row.cell('price'), exponent);
  if ('problem' in price) fault(row, 'price', price.problem);
  const before = row.cell('compareAt') === '' ? { value: 0 } : readPrice(row.cell('compareAt'), exponent);
  if ('problem' in before) fault(row, 'compareAt', before.problem);
  const untold = row.cell('tracker') === '' ? UNCOUNTED_STOCK : 0;
  const quantity = row.cell('quantity') === '' ? { value: untold } : readQuantity(row.cell('quantity'));
  if ('problem' in quantity) fault(row, 'quantity', quantity.problem);

  const given = row.cell('sku').replace(/^'/, '');
  const sku = given === '' ? madeSku(slug, options, skus) : given;
  if (given !== '' && skus.has(sku.toLowerCase())) fault(row, 'sku', `${sku} is the SKU of another variant of this product`);
  skus.add(sku.toLowerCase());
  const priceMinor = 'value' in price ? price.value : 0;
  const compareAt = 'value' in before && before.value > priceMinor ? before.value : null;
  return { sku, priceMinor, compareAtPriceMinor: compareAt, options, imageUrl: null, initialStock: 'value' in quantity ? quantity.value : 0 };
}

/** `classic-varsity-top_small`: an underscore is in no slug, so another product cannot come to the same. */
function madeSku(slug: string, options: VariantInput['options'], skus: ReadonlySet<string>): string {
  const stem = [slug, options.map(({ value }) => slugify(value)).join('-')].filter(Boolean).join('_').slice(0, SKU_MAX - 4);
  let sku = stem;
  for (let again = 2; skus.has(sku); again++) sku = `${stem}_${again}`;
  return sku;
}

function pictureOf(row: Row, fault: VariantSettings['fault']): string | null {
  const source = row.cell('variantImage');
  if (source === '') return null;
  const url = readUrl(source);
  if ('value' in url) return url.value;
  fault(row, 'variantImage', url.problem);
  return null;
}
