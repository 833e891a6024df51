/** Writes planned products with few statements, whatever their number, in the caller's transaction. */
import type { Outbox } from '#platform/bus/bus.ts';
import type { SqlValue, Transaction } from '#platform/database/database.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { Categories } from './ensure-categories.ts';
import type { ProductPlan } from './plan-product.ts';
import { executeIn, insertRows } from './sql-lists.ts';

const PRODUCT_COLUMNS = ['id', 'slug', 'brand', 'currency', 'archived', 'version', 'revision', 'created_ms', 'updated_ms', 'content_hash', 'rating_1', 'rating_2', 'rating_3', 'rating_4', 'rating_5'];
const VARIANT_COLUMNS = ['id', 'product_id', 'position', 'sku', 'sku_key', 'price_minor', 'compare_at_minor', 'image_url', 'archived'];
/** What is written anew with every save; none of it is linked to by id. */
const REWRITTEN = ['product_text', 'product_category', 'product_attribute', 'product_media'];

export interface WriteContext {
  outbox: Outbox;
  ids: Ids;
  nowMs: number;
  currency: string;
}

export async function writeProducts(tx: Transaction, plans: readonly ProductPlan[], context: WriteContext): Promise<void> {
  await writeProductRows(tx, plans, context);
  await writeVariants(tx, plans);
  await writeParts(tx, plans, context.ids);
  for (const message of plans.flatMap((plan) => plan.messages)) await context.outbox.add(tx, message);
}

async function writeProductRows(tx: Transaction, plans: readonly ProductPlan[], { nowMs, currency }: WriteContext): Promise<void> {
  const rows: SqlValue[][] = [];
  for (const { kind, id, content } of plans) {
    if (kind === 'created') {
      rows.push([id, content.slug, content.brand, currency, 0, 1, 1, nowMs, nowMs, content.hash, 0, 0, 0, 0, 0]);
    } else {
      await tx.execute(
        'update product set slug = ?, brand = ?, currency = ?, version = version + 1, revision = revision + 1, updated_ms = ?, content_hash = ? where id = ?',
        [content.slug, content.brand, currency, nowMs, content.hash, id],
      );
    }
  }
  await insertRows(tx, 'product', PRODUCT_COLUMNS, rows);
}

async function writeVariants(tx: Transaction, plans: readonly ProductPlan[]): Promise<void> {
  const rows: SqlValue[][] = [];
  for (const plan of plans) {
    for (const [position, variant] of plan.variants.entries()) {
      if (variant.created) {
        rows.push([variant.id, plan.id, position, variant.sku, variant.skuKey, variant.priceMinor, variant.compareAtMinor, variant.imageUrl, 0]);
      } else {
        await tx.execute(
          'update variant set position = ?, sku = ?, price_minor = ?, compare_at_minor = ?, image_url = ?, archived = 0 where id = ?',
          [position, variant.sku, variant.priceMinor, variant.compareAtMinor, variant.imageUrl, variant.id],
        );
      }
    }
  }
  await insertRows(tx, 'variant', VARIANT_COLUMNS, rows);
  await executeIn(tx, 'update variant set archived = 1 where id in (?)', plans.flatMap((plan) => plan.retired));
}

async function writeParts(tx: Transaction, plans: readonly ProductPlan[], ids: Ids): Promise<void> {
  const texts: SqlValue[][] = [];
  const categories: SqlValue[][] = [];
  const attributes: SqlValue[][] = [];
  const media: SqlValue[][] = [];
  const options: SqlValue[][] = [];
  const tree = new Categories(tx, ids);
  for (const { id, content, variants } of plans) {
    for (const language of ['en', 'zh'] as const) {
      if (content.name[language] || content.description[language]) texts.push([id, language, content.name[language], content.description[language]]);
    }
    for (const [position, category] of (await tree.ensure(content)).entries()) categories.push([id, position, category]);
    for (const [position, { name, nameZh, value }] of content.attributes.entries()) attributes.push([id, position, name, value.en, value.zh, nameZh]);
    for (const [position, { url, alt }] of content.media.entries()) media.push([id, position, url, alt.en, alt.zh]);
    for (const variant of variants) {
      for (const [position, option] of variant.options.entries()) options.push([variant.id, position, id, option.name, option.value, option.nameZh, option.valueZh]);
    }
  }
  await clearParts(tx, plans);
  await insertRows(tx, 'product_text', ['product_id', 'language', 'name', 'description'], texts);
  await insertRows(tx, 'product_category', ['product_id', 'position', 'category_id'], categories);
  await insertRows(tx, 'product_attribute', ['product_id', 'position', 'name', 'value_en', 'value_zh', 'name_zh'], attributes);
  await insertRows(tx, 'product_media', ['product_id', 'position', 'url', 'alt_en', 'alt_zh'], media);
  await insertRows(tx, 'variant_option', ['variant_id', 'position', 'product_id', 'name', 'value', 'name_zh', 'value_zh'], options);
}

async function clearParts(tx: Transaction, plans: readonly ProductPlan[]): Promise<void> {
  const updated = plans.filter((plan) => plan.kind === 'updated');
  const productIds = updated.map((plan) => plan.id);
  for (const table of REWRITTEN) await executeIn(tx, `delete from ${table} where product_id in (?)`, productIds);
  // A variant that was retired keeps its options: orders still show what was bought.
  await executeIn(tx, 'delete from variant_option where variant_id in (?)', updated.flatMap((plan) => plan.variants.map((variant) => variant.id)));
}
