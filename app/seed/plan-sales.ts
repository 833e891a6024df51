/** What the demo shop has sold before it opens: best sellers that are in stock, and what goes with what in a department. */
import type { ProductInput, ReviewSeed, SalesSeed } from '#subgraphs/products/product-input.ts';
import { pick } from './pick.ts';

/** A best seller has at least so many of every kind. */
const POPULAR_STOCK_MIN = 5;
/** Units of a department's first, and how steeply they fall from rank to rank (Zipf). */
const FIRST_SOLD = 420;
const STEEPNESS = 0.55;
/** Prices around this (minor units) sell best; a sofa sells less often than a mug. */
const EASY_PRICE_MINOR = 4_000;
const MOST_EASE = 1.3;
/** Others that a product is bought with, and the candidates they are chosen from. */
const PARTNERS = 4;
const CANDIDATES = 12;

export function planSales(products: readonly ProductInput[], reviews: readonly ReviewSeed[]): SalesSeed[] {
  const stars = Map.groupBy(reviews, ({ slug }) => slug);
  const sold = new Map<string, number>();
  for (const some of byDepartment(products)) {
    // Every department has its own best sellers, so that none fills the first page alone.
    const ranked = some.toSorted((a, b) => pick(`sold ${a.slug}`, 10_000) - pick(`sold ${b.slug}`, 10_000));
    for (const [rank, product] of ranked.entries()) sold.set(product.slug, soldOf(product, rank, stars.get(product.slug) ?? []));
  }
  const together = planPairs(products, sold);
  return products.map(({ slug }) => ({ slug, sold: sold.get(slug)!, together: together.get(slug) ?? [] }));
}

const byDepartment = (products: readonly ProductInput[]): Iterable<ProductInput[]> => Map.groupBy(products, ({ categoryPaths }) => categoryPaths[0]![0]!).values();

/** A few sell very well and most a little, as in any shop: the lucky ones, the affordable ones, those with happy buyers. */
function soldOf({ slug, variants }: ProductInput, rank: number, reviews: readonly ReviewSeed[]): number {
  const stock = variants.map(({ initialStock }) => initialStock ?? 0);
  if (stock.every((units) => units === 0)) return reviews.length + pick(`sold out ${slug}`, 8);
  const luck = FIRST_SOLD / (1 + rank) ** STEEPNESS + pick(`luck ${slug}`, 30);
  const ease = Math.min(MOST_EASE, (EASY_PRICE_MINOR / Math.max(1, variants[0]!.priceMinor)) ** 0.25);
  const praise = reviews.reduce((sum, { rating }) => sum + rating - 3, 0);
  const sold = Math.round((luck + 4 * praise) * ease);
  return reviews.length + (Math.min(...stock) < POPULAR_STOCK_MIN ? Math.ceil(sold / 6) : sold);
}

/** Pairs of one department, other shelves first, never something for women with something for men; the same from both sides. */
function planPairs(products: readonly ProductInput[], sold: ReadonlyMap<string, number>): Map<string, { slug: string; times: number }[]> {
  const pairs = new Map<string, Map<string, number>>();
  const put = (one: string, other: string, times: number) => pairs.set(one, (pairs.get(one) ?? new Map()).set(other, times));
  for (const some of byDepartment(products)) {
    for (const product of some) {
      for (const partner of partnersOf(product, some, sold)) {
        const [one, other] = [product.slug, partner.slug].sort() as [string, string];
        const seldomer = Math.min(sold.get(one)!, sold.get(other)!);
        // Of what both sold, at most a third stood in the same parcel.
        const times = Math.min(Math.floor(seldomer / 3), 2 + pick(`pair ${one} ${other}`, Math.max(1, Math.floor(seldomer / 6))));
        if (times < 1) continue;
        put(one, other, times);
        put(other, one, times);
      }
    }
  }
  return new Map([...pairs].map(([slug, others]) => [slug, [...others].map(([other, times]) => ({ slug: other, times }))]));
}

function partnersOf(product: ProductInput, department: readonly ProductInput[], sold: ReadonlyMap<string, number>): readonly ProductInput[] {
  const shelf = product.categoryPaths[0]![1];
  const isNear = (other: ProductInput) => Number(other.categoryPaths[0]![1] === shelf);
  return department
    .filter((other) => other !== product && goTogether(product, other))
    .map((other) => ({ other, turn: pick(`with ${product.slug} ${other.slug}`, 1_000) + 500 * isNear(other) }))
    .sort((a, b) => a.turn - b.turn)
    .slice(0, CANDIDATES)
    .sort((a, b) => sold.get(b.other.slug)! - sold.get(a.other.slug)! || a.turn - b.turn)
    .slice(0, PARTNERS)
    .map(({ other }) => other);
}

function goTogether(one: ProductInput, other: ProductInput): boolean {
  const [a, b] = [one, other].map((product) => product.attributes?.find(({ name }) => name === 'audience')?.value.en ?? 'Everyone');
  return a === b || a === 'Everyone' || b === 'Everyone';
}
