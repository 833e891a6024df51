/**
 * Fills an empty shop at its first start: with the demo catalogue, or from a catalogue file. What was begun is written
 * down in a mark beside the data, so that a start after a crash in the middle goes on; every step may be done twice.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { z } from 'zod';
import type { ImportReport, ProductInput, ReviewSeed } from '#subgraphs/products/product-input.ts';
import { DEPARTMENTS } from './catalogue/index.ts';
import { drawPictures, writeWhole } from './draw-pictures.ts';
import { planDemo } from './plan-demo.ts';

/** What seeding asks of the rooms; all of it is idempotent. */
export interface SeedPorts {
  /** Whether the shop has no product yet. */
  isEmpty(): Promise<boolean>;
  importProducts(products: readonly ProductInput[]): Promise<ImportReport>;
  importReviews(reviews: readonly ReviewSeed[]): Promise<unknown>;
  /** Loads a Shopify CSV (app/import); rejects when a product was refused. */
  importCsv(file: string): Promise<unknown>;
}

export interface SeedSettings {
  /** `demo`, `none`, or the path of a catalogue file: our own JSON (a list of ProductInput) or a Shopify CSV. */
  source: string;
  dataDir: string;
  /** Where the products room serves `/media/` from. */
  mediaDir: string;
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
 * @throws Error when the catalogue file cannot be read or a product of it is refused; the mark stays, a start tries again.
 */
export async function seed(settings: SeedSettings, ports: SeedPorts): Promise<SeedOutcome> {
  if (settings.source === 'none') return 'nothing to do';
  const markFile = join(settings.dataDir, MARK);
  let mark = readMark(markFile);
  if (mark?.state === 'done') return 'nothing to do';
  if (!mark) {
    if (!(await ports.isEmpty())) return 'nothing to do';
    mark = { source: settings.source, state: 'begun', begunMs: settings.nowMs };
    await writeMark(markFile, mark);
  }
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
}

async function seedFile(file: string, { tell }: SeedSettings, ports: SeedPorts): Promise<void> {
  tell(`Filling the shop from ${file} …`);
  if (extname(file).toLowerCase() === '.csv') await ports.importCsv(file);
  else await importAll(parseCatalogue(file, await readFile(file, 'utf8')), ports);
}

async function importAll(products: readonly ProductInput[], ports: SeedPorts): Promise<void> {
  for (let at = 0; at < products.length; at += BATCH) {
    const { refused } = await ports.importProducts(products.slice(at, at + BATCH));
    if (refused.length > 0) throw new Error(`The catalogue was refused:\n${refused.map(({ slug, field, message }) => `  ${slug}, ${field}: ${message}`).join('\n')}`);
  }
}

/** The shape is checked closely by the room; here only that it is a list of things with a slug and variants. */
function parseCatalogue(file: string, text: string): ProductInput[] {
  const shape = z.array(z.looseObject({ slug: z.string(), name: z.looseObject({}), categoryPaths: z.array(z.array(z.string())).default([]), variants: z.array(z.looseObject({ sku: z.string() })).min(1) }));
  const parsed = shape.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data as unknown as ProductInput[];
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${issue!.path.join('.')}: ${issue!.message}`);
}

function readMark(file: string): Mark | null {
  return existsSync(file) ? markSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

async function writeMark(file: string, mark: Mark): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, JSON.stringify(mark));
}
