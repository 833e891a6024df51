/** Products whole, from five statements whatever their number up to a hundred. */
import type { Reader } from '#platform/database/database.ts';
import type { Attribute, Picture, Product, SelectedOption } from './product.ts';
import { queryIn } from './sql-lists.ts';

interface ProductRow {
  id: string; slug: string; brand: string | null; currency: string; archived: number; version: number; revision: number;
  created_ms: number; updated_ms: number; content_hash: string;
  rating_1: number; rating_2: number; rating_3: number; rating_4: number; rating_5: number;
  name_en: string | null; description_en: string | null; name_zh: string | null; description_zh: string | null; sold: number | null;
}
interface VariantRow {
  id: string; product_id: string; sku: string; price_minor: number; compare_at_minor: number | null; image_url: string | null; archived: number;
  option_name: string | null; option_value: string | null; option_name_zh: string | null; option_value_zh: string | null;
}
interface AttributeRow { product_id: string; name: string; name_zh: string | null; value_en: string | null; value_zh: string | null }
interface MediaRow { product_id: string; url: string; alt_en: string | null; alt_zh: string | null; width: number | null; height: number | null }
interface CategoryRow { product_id: string; category_id: string }

const PRODUCTS = `select p.*, en.name as name_en, en.description as description_en, zh.name as name_zh, zh.description as description_zh, s.sold
  from product p
  left join product_text en on en.product_id = p.id and en.language = 'en'
  left join product_text zh on zh.product_id = p.id and zh.language = 'zh'
  left join product_sales s on s.product_id = p.id`;
const VARIANTS = `select v.id, v.product_id, v.sku, v.price_minor, v.compare_at_minor, v.image_url, v.archived,
    o.name as option_name, o.value as option_value, o.name_zh as option_name_zh, o.value_zh as option_value_zh
  from variant v left join variant_option o on o.variant_id = v.id where v.product_id in (?) order by v.product_id, v.position, v.id, o.position`;

/** The products with these ids, in no order; unknown ids are left out. */
export async function readProducts(reader: Reader, ids: readonly string[]): Promise<Product[]> {
  return assemble(reader, await queryIn<ProductRow>(reader, `${PRODUCTS} where p.id in (?)`, ids));
}

/** The products with these slugs, in no order, locked until the transaction ends where engines lock rows. */
export async function readProductsBySlug(reader: Reader, slugs: readonly string[]): Promise<Product[]> {
  return assemble(reader, await queryIn<ProductRow>(reader, `${PRODUCTS} where p.slug in (?)`, slugs));
}

/** The next products by id, for reading all of them page by page; at most `limit`. */
export async function readProductsAfter(reader: Reader, afterId: string, limit: number): Promise<Product[]> {
  return assemble(reader, await reader.query<ProductRow>(`${PRODUCTS} where p.id > ? order by p.id limit ${limit}`, [afterId]));
}

async function assemble(reader: Reader, rows: readonly ProductRow[]): Promise<Product[]> {
  const products = new Map(rows.map((row) => [row.id, emptyProduct(row)]));
  const ids = [...products.keys()];
  for (const row of await queryIn<CategoryRow>(reader, 'select product_id, category_id from product_category where product_id in (?) order by product_id, position', ids)) {
    products.get(row.product_id)!.categoryIds.push(row.category_id);
  }
  for (const row of await queryIn<AttributeRow>(reader, 'select product_id, name, name_zh, value_en, value_zh from product_attribute where product_id in (?) order by product_id, position', ids)) {
    products.get(row.product_id)!.attributes.push({ name: row.name, nameZh: row.name_zh, value: { en: row.value_en, zh: row.value_zh } });
  }
  for (const row of await queryIn<MediaRow>(reader, 'select product_id, url, alt_en, alt_zh, width, height from product_media where product_id in (?) order by product_id, position', ids)) {
    products.get(row.product_id)!.media.push({ url: row.url, alt: { en: row.alt_en, zh: row.alt_zh }, width: row.width, height: row.height });
  }
  for (const row of await queryIn<VariantRow>(reader, VARIANTS, ids)) addVariantRow(products.get(row.product_id)!, row);
  return [...products.values()];
}

interface GrowingVariant {
  id: string; sku: string; priceMinor: number; compareAtMinor: number | null; imageUrl: string | null; archived: boolean; options: SelectedOption[];
}
interface GrowingProduct extends Omit<Product, 'categoryIds' | 'attributes' | 'media' | 'variants'> {
  categoryIds: string[];
  attributes: Attribute[];
  media: Picture[];
  variants: GrowingVariant[];
}

function emptyProduct(row: ProductRow): GrowingProduct {
  return {
    id: row.id,
    slug: row.slug,
    brand: row.brand,
    currency: row.currency,
    archived: row.archived === 1,
    version: row.version,
    revision: row.revision,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
    contentHash: row.content_hash,
    stars: [row.rating_1, row.rating_2, row.rating_3, row.rating_4, row.rating_5],
    sold: row.sold ?? 0,
    name: { en: row.name_en, zh: row.name_zh },
    description: { en: row.description_en, zh: row.description_zh },
    categoryIds: [],
    attributes: [],
    media: [],
    variants: [],
  };
}

/** Rows come ordered by variant and option: one variant's options follow each other. */
function addVariantRow(product: GrowingProduct, row: VariantRow): void {
  let variant = product.variants.at(-1);
  if (variant?.id !== row.id) {
    variant = {
      id: row.id,
      sku: row.sku,
      priceMinor: row.price_minor,
      compareAtMinor: row.compare_at_minor,
      imageUrl: row.image_url,
      archived: row.archived === 1,
      options: [],
    };
    product.variants.push(variant);
  }
  if (row.option_name === null) return;
  variant.options.push({ name: row.option_name, value: row.option_value!, nameZh: row.option_name_zh, valueZh: row.option_value_zh });
}
