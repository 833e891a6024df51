/** Finds the categories that products stand in, and makes the missing ones, inside the transaction that writes the products. */
import type { Transaction } from '#platform/database/database.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { pathKey, type CheckedProduct } from './check-product.ts';
import { SLUG_MAX, slugify } from './slug.ts';

/** Parent of a root. */
export const NO_PARENT = '';
/** Other slugs tried before a category is named by its id. */
const SLUG_ATTEMPTS = 20;

interface CategoryRow {
  id: string;
  parent_id: string;
  slug: string;
  path: string;
  depth: number;
  name_zh: string | null;
  image_url: string | null;
}

/** What a product says of a category; null leaves it as it is. */
interface Looks {
  nameZh: string | null;
  imageUrl: string | null;
}

export class Categories {
  readonly #tx: Transaction;
  readonly #ids: Ids;
  readonly #known = new Map<string, CategoryRow>();

  constructor(tx: Transaction, ids: Ids) {
    this.#tx = tx;
    this.#ids = ids;
  }

  /** Ids of the last parts of the paths, each once, in order. */
  async ensure({ categoryPaths, categoryNamesZh, categoryImages }: Pick<CheckedProduct, 'categoryPaths' | 'categoryNamesZh' | 'categoryImages'>): Promise<string[]> {
    const ids = new Set<string>();
    for (const path of categoryPaths) {
      let parent: CategoryRow | null = null;
      for (const [depth, name] of path.entries()) {
        const imageUrl: string | null = categoryImages.get(pathKey(path.slice(0, depth + 1))) ?? null;
        parent = await this.#ensureOne(parent, name, { nameZh: categoryNamesZh.get(name.toLowerCase()) ?? null, imageUrl });
      }
      if (parent) ids.add(parent.id);
    }
    return [...ids];
  }

  async #ensureOne(parent: CategoryRow | null, name: string, looks: Looks): Promise<CategoryRow> {
    const parentId = parent?.id ?? NO_PARENT;
    const nameKey = name.toLowerCase();
    const mapKey = `${parentId}\n${nameKey}`;
    let row = this.#known.get(mapKey) ?? (await this.#find(parentId, nameKey)) ?? (await this.#make(parent, name, nameKey, looks));
    const nameZh = looks.nameZh ?? row.name_zh;
    const imageUrl = looks.imageUrl ?? row.image_url;
    if (row.name_zh !== nameZh || row.image_url !== imageUrl) {
      await this.#tx.execute('update category set name_zh = ?, image_url = ? where id = ?', [nameZh, imageUrl, row.id]);
      row = { ...row, name_zh: nameZh, image_url: imageUrl };
    }
    this.#known.set(mapKey, row);
    return row;
  }

  async #find(parentId: string, nameKey: string): Promise<CategoryRow | undefined> {
    const rows = await this.#tx.query<CategoryRow>(
      'select id, parent_id, slug, path, depth, name_zh, image_url from category where parent_id = ? and name_key = ?',
      [parentId, nameKey],
    );
    return rows[0];
  }

  async #make(parent: CategoryRow | null, name: string, nameKey: string, { nameZh, imageUrl }: Looks): Promise<CategoryRow> {
    const id = this.#ids.uuid();
    const slug = await this.#freeSlug(parent, name, id);
    const place = { parent_id: parent?.id ?? NO_PARENT, path: `${parent?.path ?? '/'}${id}/`, depth: (parent?.depth ?? 0) + 1 };
    const row = { id, slug, ...place, name_zh: nameZh, image_url: imageUrl };
    await this.#tx.execute(
      'insert into category (id, parent_id, name_key, slug, path, depth, name_en, name_zh, image_url) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [row.id, row.parent_id, nameKey, row.slug, row.path, row.depth, name, nameZh, imageUrl],
    );
    return row;
  }

  /** `shirts`, else `women-shirts` below Women, else `shirts-2` and so on. */
  async #freeSlug(parent: CategoryRow | null, name: string, id: string): Promise<string> {
    const short = slugify(name);
    const long = parent ? slugify(`${parent.slug}-${short}`) : short;
    const numbered = Array.from({ length: SLUG_ATTEMPTS }, (_, index) => `${short.slice(0, SLUG_MAX - 4)}-${index + 2}`);
    for (const slug of [short, long, ...numbered]) {
      const taken = await this.#tx.query('select id from category where slug = ?', [slug]);
      if (taken.length === 0) return slug;
    }
    return id;
  }
}
