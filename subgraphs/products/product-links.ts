/** Reviews and pairs of products, read for all products of a request at once and kept with each until it changes. */
import DataLoader from 'dataloader';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { readBoughtTogether } from './bought-together.ts';
import type { Shelved } from './catalogue.ts';
import { checkFirst } from './cursor.ts';
import { readNewestReviews, readReviews, reviewPage, type ReviewPage, type ReviewRow } from './reviews.ts';

/** So many newest reviews are kept with a product; longer and later pages are read. */
const REVIEWS_KEPT = 11;
const PAIRS_KEPT = 50;
/** How old counts of pairs may be. */
const PAIRS_KEPT_MS = 30_000;
const BATCH_MAX = 100;

export class ProductLinks {
  readonly #deps: Pick<RoomDeps, 'database' | 'clock'>;
  readonly #newestReviews: DataLoader<string, ReviewRow[]>;
  readonly #pairs: DataLoader<string, string[]>;

  constructor(deps: Pick<RoomDeps, 'database' | 'clock'>) {
    this.#deps = deps;
    const batched = <Row>(read: (ids: readonly string[]) => Promise<Map<string, Row[]>>) =>
      new DataLoader<string, Row[]>(async (ids) => {
        const found = await read(ids);
        return ids.map((id) => found.get(id) ?? []);
      }, { cache: false, maxBatchSize: BATCH_MAX });
    this.#newestReviews = batched((ids) => readNewestReviews(deps.database, ids, REVIEWS_KEPT));
    this.#pairs = batched((ids) => readBoughtTogether(deps.database, ids, PAIRS_KEPT));
  }

  async reviews({ product, made }: Shelved, first: number, after: string | null | undefined): Promise<ReviewPage> {
    if (after != null || checkFirst(first) >= REVIEWS_KEPT) return readReviews(this.#deps.database, product.id, first, after);
    let rows = made.get('reviews') as ReviewRow[] | undefined;
    // A new review gives the product a new revision, and with it this copy goes.
    if (!rows) made.set('reviews', (rows = await this.#newestReviews.load(product.id)));
    return reviewPage(rows, first);
  }

  /** Ids of what was bought with it, most often first. */
  async boughtTogether({ product, made }: Shelved): Promise<readonly string[]> {
    const nowMs = this.#deps.clock.nowMs();
    const known = made.get('pairs') as { readMs: number; ids: readonly string[] } | undefined;
    if (known && nowMs - known.readMs < PAIRS_KEPT_MS) return known.ids;
    const ids = await this.#pairs.load(product.id);
    made.set('pairs', { readMs: nowMs, ids });
    return ids;
  }
}
