/**
 * Fills an empty shop at its first start: with the demo catalogue, or from a catalogue file. What was begun is written
 * down in a mark beside the data, so that a start after a crash in the middle goes on; every step may be done twice.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { Fault, invalidInput } from '#platform/errors.ts';
import type { ImportReport, ProductInput, ReviewSeed, SalesSeed } from '#subgraphs/products/product-input.ts';
import { exponentOf } from '../import/cells.ts';
import { faultText, FileFault } from '../import/faults.ts';
import { importProducts } from '../import/import-products.ts';
import { openPictures } from '../import/pictures.ts';
import { DEPARTMENTS } from './catalogue/index.ts';
import { drawPictures, writeWhole } from './draw-pictures.ts';
import { planDemo } from './plan-demo.ts';
import { planShoppers, type PastPurchase } from './plan-shoppers.ts';

/** What seeding asks of the rooms; all of it is idempotent. */
export interface SeedPorts {
  /** Whether the shop has no product yet. */
  isEmpty(): Promise<boolean>;
  importProducts(products: readonly ProductInput[]): Promise<ImportReport>;
  importReviews(reviews: readonly ReviewSeed[]): Promise<unknown>;
  importSales(sales: readonly SalesSeed[]): Promise<unknown>;
  /** Where the room that learns from it is at hand. */
  importHistory?(purchases: readonly PastPurchase[]): Promise<unknown>;
}

export interface SeedSettings {
  /** `demo`, `none`, or the path of a catalogue file: our own JSON (a list of ProductInput) or a Shopify CSV. */
  source: string;
  dataDir: string;
  /** Where the products room serves `/media/` from. */
  mediaDir: string;
  /** ISO 4217; prices of a CSV are in it. */
  currency: string;
  nowMs: number;
  /** One line a step, for people. */
  tell(line: string): void;
}

/** Products of one call, as the room's import takes them. */
const BATCH = 100;
const MARK = 'seed.json';
const markSchema = z.object({ source: z.string(), state: z.enum(['begun', 'done']), begunMs: z.int() });
type Mark = z.infer<typeof markSchema>;

export type SeedOutcome = 'seeded' | 'nothing to do';

/**
 * Seeds a shop that is empty or whose seeding was interrupted; a shop that has goods of its own is left alone.
 * @throws Fault (INVALID_INPUT, naming SEED) when the catalogue file cannot be used; the next start tries again.
 */
export async function seed(settings: SeedSettings, ports: SeedPorts): Promise<SeedOutcome> {
  if (settings.source === 'none') return 'nothing to do';
  const markFile = join(settings.dataDir, MARK);
  let mark = readMark(markFile);
  if (mark?.state === 'done') return 'nothing to do';
  if (mark?.source !== settings.source && (await ports.isEmpty())) {
    mark = { source: settings.source, state: 'begun', begunMs: settings.nowMs };
    await writeMark(markFile, mark);
  }
  if (!mark) return 'nothing to do';
  if (mark.source === 'demo') await seedDemo(settings, ports, mark.begunMs);
  else await seedFile(mark.source, settings, ports);
  await writeMark(markFile, { ...mark, state: 'done' });
  return 'seeded';
}

async function seedDemo({ mediaDir, tell }: SeedSettings, ports: SeedPorts, begunMs: number): Promise<void> {
  const plan = planDemo(DEPARTMENTS, begunMs);
  tell(`Filling the demo shop: ${plan.products.length} products, ${plan.reviews.length} reviews, ${plan.pictures.length} pictures …`);
  await drawPictures(mediaDir, plan.pictures);
  await importAll(plan.products, ports);
  await ports.importReviews(plan.reviews);
  await ports.importSales(plan.sales);
  await ports.importHistory?.(planShoppers(plan.products, plan.sales, begunMs));
}

async function seedFile(file: string, settings: SeedSettings, ports: SeedPorts): Promise<void> {
  settings.tell(`Filling the shop from ${file} …`);
  if (extname(file).toLowerCase() === '.csv') await seedCsv(file, settings, ports);
  else await importAll(await readCatalogue(file), ports);
}

/** What is faulty is told and left out, the rest is loaded: a shop with most of its goods is better than a start that fails. */
async function seedCsv(file: string, { mediaDir, currency, tell }: SeedSettings, ports: SeedPorts): Promise<void> {
  try {
    await importProducts({
      file,
      exponent: exponentOf(currency),
      pictures: await openPictures({ mediaDir, fetcher: null, warn: tell }),
      send: ports.importProducts,
      progress: () => undefined,
      fault: (fault) => tell(`${file}: ${faultText(fault)}`),
    });
  } catch (error) {
    if (error instanceof FileFault) throw new Fault('INVALID_INPUT', `SEED: ${error.message}`, { fields: { SEED: error.message }, cause: error });
    throw error;
  }
}

async function importAll(products: readonly ProductInput[], ports: SeedPorts): Promise<void> {
  for (let at = 0; at < products.length; at += BATCH) {
    const { refused } = await ports.importProducts(products.slice(at, at + BATCH));
    if (refused.length > 0) throw invalidInput('SEED', `the catalogue was refused:\n${refused.map(({ slug, field, message }) => `  ${slug}, ${field}: ${message}`).join('\n')}`);
  }
}

/** The shape is checked closely by the room; here only that it is a list of things with an address and variants. */
const catalogueSchema = z.array(
  z.looseObject({ slug: z.string(), name: z.looseObject({}), categoryPaths: z.array(z.array(z.string())).default([]), variants: z.array(z.looseObject({ sku: z.string() })).min(1) }),
);

async function readCatalogue(file: string): Promise<ProductInput[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Fault('INVALID_INPUT', `SEED: ${file} cannot be read as JSON: ${(error as Error).message}`, { fields: { SEED: (error as Error).message }, cause: error });
  }
  const parsed = catalogueSchema.safeParse(content);
  if (parsed.success) return parsed.data as unknown as ProductInput[];
  const [issue] = parsed.error.issues;
  throw invalidInput('SEED', `${file}: ${issue!.path.join('.')}: ${issue!.message}`);
}

function readMark(file: string): Mark | null {
  return existsSync(file) ? markSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

async function writeMark(file: string, mark: Mark): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, JSON.stringify(mark));
}
