/** Loads products in batches: each whole or not at all, the same again changes nothing. */
import { placeholders, type Transaction } from '#platform/database/database.ts';
import type { Language } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { checkProduct, skuKey, type CheckedProduct, type Problem } from './check-product.ts';
import { planProduct, type ProductPlan } from './plan-product.ts';
import type { ImportRefusal, ImportReport, ProductInput } from './product-input.ts';
import { shapeProblem } from './product-shape.ts';
import type { Product } from './product.ts';
import { readProductsBySlug } from './read-products.ts';
import { refusalText } from './refusal-texts.ts';
import { queryIn } from './sql-lists.ts';
import { isUniqueViolation } from './unique-violation.ts';
import { writeProducts } from './write-products.ts';

/** Products of one transaction: short enough that shoppers never notice the writer. */
export const PRODUCTS_PER_TRANSACTION = 10;
/** Products of one call. */
export const IMPORT_BATCH_MAX = 100;

export type ImportDeps = Pick<RoomDeps, 'database' | 'outbox' | 'ids' | 'clock' | 'shop'>;

interface Outcome {
  created: number;
  updated: number;
  unchanged: number;
  variants: ImportReport['variants'];
  refused: ImportRefusal[];
}

/**
 * Loads `products`, any number of them, a few a transaction, and lets others work in between. Faulty products are
 * named in the report by slug and field; the rest is loaded. Prices are in the shop's currency.
 */
export async function importBatch(deps: ImportDeps, products: readonly ProductInput[], language: Language = 'en'): Promise<ImportReport> {
  const report: ImportReport = { created: 0, updated: 0, unchanged: 0, refused: [], variants: [] };
  const checked = checkAll(products, language, report.refused);
  for (let at = 0; at < checked.length; at += PRODUCTS_PER_TRANSACTION) {
    if (at > 0) await deps.clock.sleep(0);
    const outcome = await importSome(deps, checked.slice(at, at + PRODUCTS_PER_TRANSACTION), language);
    report.created += outcome.created;
    report.updated += outcome.updated;
    report.unchanged += outcome.unchanged;
    report.variants.push(...outcome.variants);
    report.refused.push(...outcome.refused);
  }
  return report;
}

function checkAll(products: readonly ProductInput[], language: Language, refused: ImportRefusal[]): CheckedProduct[] {
  const slugs = new Set<string>();
  const good: CheckedProduct[] = [];
  for (const input of products) {
    const shape = shapeProblem(input);
    if (shape) {
      refused.push(refusal(String((input as { slug?: unknown } | null)?.slug ?? ''), { field: shape.field, kind: 'SHAPE', value: shape.problem }, language));
      continue;
    }
    const { product, problems } = checkProduct(input);
    if (slugs.has(product.slug)) problems.push({ field: 'slug', kind: 'SLUG_REPEATED' });
    slugs.add(product.slug);
    if (problems.length === 0) good.push(product);
    else refused.push(...problems.map((problem) => refusal(product.slug, problem, language)));
  }
  return good;
}

const refusal = (slug: string, { field, kind, value }: Problem, language: Language): ImportRefusal => ({ slug, field, message: refusalText(kind, language, value) });

/** A second writer with the same new SKU can only be seen by the unique key: then once more, and the check will see it. */
async function importSome(deps: ImportDeps, products: readonly CheckedProduct[], language: Language): Promise<Outcome> {
  try {
    return await deps.database.transaction((tx) => importInTransaction(tx, deps, products, language));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return deps.database.transaction((tx) => importInTransaction(tx, deps, products, language));
  }
}

async function importInTransaction(tx: Transaction, deps: ImportDeps, products: readonly CheckedProduct[], language: Language): Promise<Outcome> {
  const outcome: Outcome = { created: 0, updated: 0, unchanged: 0, variants: [], refused: [] };
  const slugs = products.map((product) => product.slug);
  await tx.query(`select id from product where slug in (${placeholders(slugs.length)})${tx.forUpdate}`, slugs);
  const existing = new Map((await readProductsBySlug(tx, slugs)).map((product) => [product.slug, product]));
  const owners = await skuOwners(tx, products.flatMap((product) => product.variants.map((variant) => variant.skuKey)));
  const plans: ProductPlan[] = [];
  for (const product of products) {
    const before = existing.get(product.slug) ?? null;
    const taken = takenSku(product, before, owners);
    if (taken) {
      outcome.refused.push(refusal(product.slug, taken, language));
    } else if (before?.contentHash === product.hash) {
      outcome.unchanged++;
      outcome.variants.push(...unchangedVariants(product, before));
    } else {
      const plan = planProduct(before, product, deps.ids.uuid);
      plans.push(plan);
      outcome[plan.kind]++;
      outcome.variants.push(...plan.variants.map(({ id, sku, created }) => ({ id, sku, created })));
      for (const variant of plan.variants) owners.set(variant.skuKey, plan.id);
    }
  }
  if (plans.length > 0) await writeProducts(tx, plans, { ...deps, nowMs: deps.clock.nowMs(), currency: deps.shop.currency });
  return outcome;
}

function unchangedVariants(product: CheckedProduct, before: Product): ImportReport['variants'] {
  const keys = new Set(product.variants.map((variant) => variant.skuKey));
  return before.variants.filter((variant) => keys.has(skuKey(variant.sku))).map(({ id, sku }) => ({ id, sku, created: false }));
}

/** Which product has which SKU, archived variants too: orders still speak of them. */
export async function skuOwners(tx: Transaction, skuKeys: readonly string[]): Promise<Map<string, string>> {
  const rows = await queryIn<{ sku_key: string; product_id: string }>(tx, 'select sku_key, product_id from variant where sku_key in (?)', skuKeys);
  return new Map(rows.map((row) => [row.sku_key, row.product_id]));
}

export function takenSku(product: CheckedProduct, before: Pick<Product, 'id'> | null, owners: ReadonlyMap<string, string>): Problem | null {
  const index = product.variants.findIndex((variant) => {
    const owner = owners.get(variant.skuKey);
    return owner !== undefined && owner !== before?.id;
  });
  return index < 0 ? null : { field: `variants.${index}.sku`, kind: 'SKU_TAKEN', value: product.variants[index]!.sku };
}
