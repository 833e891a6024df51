/** Staff makes, changes and archives products; a change is refused when somebody else was faster. */
import type { Transaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { checkProduct, type CheckedProduct, type Problem } from './check-product.ts';
import { skuOwners, takenSku, type ImportDeps } from './import-products.ts';
import { productChanged } from './messages.ts';
import { planProduct } from './plan-product.ts';
import type { ProductInput } from './product-input.ts';
import type { Product } from './product.ts';
import { readProducts } from './read-products.ts';
import { isUniqueViolation } from './unique-violation.ts';
import { writeProducts } from './write-products.ts';

export interface SaveProductInput {
  id?: string | null;
  expectedVersion?: number | null;
  product: ProductInput;
}

export interface ArchiveProductInput {
  id: string;
  expectedVersion: number;
  archived: boolean;
}

export type SaveOutcome =
  | { kind: 'saved'; id: string }
  | { kind: 'conflict'; id: string }
  | { kind: 'refused'; code: 'SLUG_TAKEN' | 'SKU_TAKEN' | 'PRODUCT_INVALID' | 'PRODUCT_UNKNOWN'; problem: Problem };

export async function saveProduct(deps: ImportDeps, input: SaveProductInput): Promise<SaveOutcome> {
  if (input.id != null && input.expectedVersion == null) throw invalidInput('input.expectedVersion', 'is required with an id');
  const { product, problems } = checkProduct(input.product);
  const problem = problems[0];
  if (problem) return { kind: 'refused', code: 'PRODUCT_INVALID', problem };
  const save = () => deps.database.transaction((tx) => saveInTransaction(tx, deps, input, product));
  try {
    return await save();
  } catch (error) {
    // Somebody took the slug or a SKU between the look and the insert: the second look sees it.
    if (!isUniqueViolation(error)) throw error;
    return save();
  }
}

async function saveInTransaction(tx: Transaction, deps: ImportDeps, input: SaveProductInput, product: CheckedProduct): Promise<SaveOutcome> {
  let before: Product | null = null;
  if (input.id != null) {
    before = await lockProduct(tx, input.id);
    if (!before) return { kind: 'refused', code: 'PRODUCT_UNKNOWN', problem: { field: 'id', kind: 'PRODUCT_UNKNOWN' } };
    if (before.version !== input.expectedVersion) return { kind: 'conflict', id: before.id };
  }
  const [holder] = await tx.query<{ id: string }>('select id from product where slug = ?', [product.slug]);
  if (holder && holder.id !== before?.id) {
    return { kind: 'refused', code: 'SLUG_TAKEN', problem: { field: 'slug', kind: 'SLUG_TAKEN', value: product.slug } };
  }
  const taken = takenSku(product, before, await skuOwners(tx, product.variants.map((variant) => variant.skuKey)));
  if (taken) return { kind: 'refused', code: 'SKU_TAKEN', problem: taken };
  const plan = planProduct(before, product, deps.ids.uuid);
  await writeProducts(tx, [plan], { ...deps, nowMs: deps.clock.nowMs(), currency: deps.shop.currency });
  return { kind: 'saved', id: plan.id };
}

export function archiveProduct(deps: ImportDeps, input: ArchiveProductInput): Promise<SaveOutcome> {
  return deps.database.transaction(async (tx) => {
    const before = await lockProduct(tx, input.id);
    if (!before) return { kind: 'refused', code: 'PRODUCT_UNKNOWN', problem: { field: 'id', kind: 'PRODUCT_UNKNOWN' } };
    if (before.version !== input.expectedVersion) return { kind: 'conflict', id: before.id };
    if (before.archived === input.archived) return { kind: 'saved', id: before.id };
    await tx.execute('update product set archived = ?, version = version + 1, revision = revision + 1, updated_ms = ? where id = ?', [
      input.archived ? 1 : 0, deps.clock.nowMs(), before.id,
    ]);
    const variantIds = before.variants.map((variant) => variant.id);
    await deps.outbox.add(tx, productChanged({ productId: before.id, slug: before.slug, archived: input.archived, variantIds }));
    return { kind: 'saved', id: before.id };
  });
}

async function lockProduct(tx: Transaction, id: string): Promise<Product | null> {
  await tx.query(`select id from product where id = ?${tx.forUpdate}`, [id]);
  return (await readProducts(tx, [id]))[0] ?? null;
}
