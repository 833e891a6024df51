/**
 * The catalogue in memory: a small row of every product (shelf), the full-text index, the category tree, and whole
 * products as far as `PRODUCTS_CACHED` goes; the others are read when asked for, five statements a hundred.
 * It starts from the database, follows this process's own commits at once and those of others by `product.changed`.
 */
import DataLoader from 'dataloader';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { EMPTY_TREE, readCategoryTree, type CategoryTree } from './category-tree.ts';
import { Lru } from './lru.ts';
import type { Product } from './product.ts';
import { readProducts, readProductsAfter } from './read-products.ts';
import { searchDocument } from './search/search-document.ts';
import { SearchIndex } from './search/search-index.ts';
import { Shelf } from './shelf.ts';
import { Slices } from './slices.ts';

export const PRODUCTS_CACHED = 5_000;
const START_PAGE = 100;
/** Products read at once; also what one catch-up takes before others get their turn. */
const READ_MAX = 100;
/** Sales change the order of best sellers no more often than this. */
const SALES_ORDER_MS = 10_000;
const CATCH_UP_RETRY_MS = 1_000;

/** A product at hand, with what was made of it since it was read. */
export interface Shelved {
  readonly product: Product;
  /** Texts and shapes by language, reviews and the like: gone when the product changes. */
  readonly made: Map<string, unknown>;
}

export class Catalogue {
  readonly shelf = new Shelf();
  readonly index = new SearchIndex();
  tree: CategoryTree = EMPTY_TREE;
  readonly #deps: Pick<RoomDeps, 'database' | 'clock' | 'log'>;
  readonly #shelved: Lru<Shelved>;
  readonly #indexedVersions = new Map<string, number>();
  readonly #loader: DataLoader<string, Shelved | null>;
  readonly #slices: Slices;
  #indexing: Promise<void> = Promise.resolve();
  #noticed = new Set<string>();
  #catchingUp = false;
  #catchUpDone: Promise<void> = Promise.resolve();
  #stopped = false;
  #salesTouched = false;

  constructor(deps: Pick<RoomDeps, 'database' | 'clock' | 'log'>, { productsCached = PRODUCTS_CACHED } = {}) {
    this.#deps = deps;
    this.#shelved = new Lru(productsCached);
    this.#slices = new Slices(deps.clock);
    this.#loader = new DataLoader((ids) => this.#load(ids), { cache: false, maxBatchSize: READ_MAX });
  }

  /** Reads every product once. The full-text index is built in the background; searches wait for it. */
  async start(): Promise<void> {
    this.tree = await readCategoryTree(this.#deps.database);
    const documents: Product[] = [];
    for (let after = ''; ; ) {
      const products = await readProductsAfter(this.#deps.database, after, START_PAGE);
      // A category made after the tree was read, by another process.
      if (products.some(({ categoryIds }) => categoryIds.some((id) => !this.tree.byId.has(id)))) this.tree = await readCategoryTree(this.#deps.database);
      for (const product of products) this.#shelve(product);
      documents.push(...products);
      if (products.length < START_PAGE) break;
      after = products.at(-1)!.id;
      await this.#slices.pause();
    }
    this.#indexing = this.#indexAll(documents);
    this.#indexing.catch((error: unknown) => this.#deps.log.error({ err: error }, 'the search index could not be built'));
  }

  /** Resolves when nothing reads the database any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled([this.#catchUpDone, this.#indexing]);
  }

  /** Resolves when everything on the shelf can be found. */
  indexed = (): Promise<void> => this.#indexing;

  /** At hand, or null: unknown, or to be fetched. */
  peek = (id: string): Shelved | undefined => this.#shelved.get(id);

  /** The product, from the cache at once or, batched, from the database; null when there is none. */
  get(id: string): Shelved | null | Promise<Shelved | null> {
    const known = this.#shelved.get(id);
    if (known) return known;
    return this.shelf.row(id) ? this.#loader.load(id) : null;
  }

  /** After a commit of this process: what is read next shows it. */
  async refresh(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    this.tree = await readCategoryTree(this.#deps.database);
    for (let at = 0; at < ids.length; at += READ_MAX) {
      for (const product of await readProducts(this.#deps.database, ids.slice(at, at + READ_MAX))) {
        this.#shelve(product);
        this.#indexIfChanged(product);
        await this.#slices.pauseIfLong();
      }
    }
  }

  /** As `refresh`, but only what the database has in a newer revision. */
  async refreshStale(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += READ_MAX) await this.refresh(await this.#staleOf(ids.slice(at, at + READ_MAX)));
  }

  /** Somebody changed this product: it is read anew soon, together with others that changed. Waits for nothing. */
  notice(id: string): void {
    this.#noticed.add(id);
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    this.#catchUpDone = this.#catchUp().then(
      () => void (this.#catchingUp = false),
      (error: unknown) => {
        if (this.#stopped) return;
        this.#deps.log.warn({ err: error }, 'changed products could not be read; trying again');
        this.#deps.clock.after(CATCH_UP_RETRY_MS, () => {
          this.#catchingUp = false;
          this.notice(id);
        });
      },
    );
  }

  /** Units sold, as an order told; the order of best sellers follows within seconds. */
  addSold(productId: string, quantity: number): void {
    if (!this.shelf.addSold(productId, quantity) || this.#salesTouched) return;
    this.#salesTouched = true;
    this.#deps.clock.after(SALES_ORDER_MS, () => {
      this.#salesTouched = false;
      this.shelf.generation++;
    });
  }

  async #catchUp(): Promise<void> {
    while (this.#noticed.size > 0 && !this.#stopped) {
      // One turn of the loop, so that a burst of messages becomes one reading.
      await this.#slices.pause();
      const ids = [...this.#noticed].slice(0, READ_MAX);
      for (const id of ids) this.#noticed.delete(id);
      try {
        await this.refresh(await this.#staleOf(ids));
      } catch (error) {
        // Noticed still: the next attempt begins with them.
        for (const id of ids) this.#noticed.add(id);
        throw error;
      }
    }
  }

  /** Those that the database has in a newer revision than this process. */
  async #staleOf(ids: readonly string[]): Promise<string[]> {
    const marks = ids.map(() => '?').join(', ');
    const rows = await this.#deps.database.query<{ id: string; revision: number }>(`select id, revision from product where id in (${marks})`, [...ids]);
    return rows.filter(({ id, revision }) => (this.shelf.row(id)?.revision ?? -1) < revision).map(({ id }) => id);
  }

  async #load(ids: readonly string[]): Promise<(Shelved | null)[]> {
    const products = await readProducts(this.#deps.database, [...new Set(ids)]);
    const byId = new Map(products.map((product) => [product.id, this.#keep(product)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  #shelve(product: Product): void {
    if ((this.shelf.row(product.id)?.revision ?? -1) > product.revision) return;
    this.shelf.put(product, this.tree);
    this.#keep(product);
  }

  #keep(product: Product): Shelved {
    const known = this.#shelved.peek(product.id);
    if (known && known.product.revision >= product.revision) return known;
    const shelved = { product, made: new Map<string, unknown>() };
    this.#shelved.set(product.id, shelved);
    return shelved;
  }

  async #indexAll(products: Product[]): Promise<void> {
    for (let product = products.pop(); product && !this.#stopped; product = products.pop()) {
      await this.#slices.pauseIfLong();
      this.#indexIfChanged(product);
    }
  }

  /** Texts change with the version only, not with reviews; and two readings may end in another order than they began. */
  #indexIfChanged(product: Product): void {
    if ((this.#indexedVersions.get(product.id) ?? 0) >= product.version) return;
    this.index.put(searchDocument(product, this.tree));
    this.#indexedVersions.set(product.id, product.version);
  }
}
