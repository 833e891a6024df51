/** Who bought what before the demo shop opened, so that a first model has something to learn from: baskets after its sales. */
import type { ProductInput, SalesSeed } from '#subgraphs/products/product-input.ts';
import { pick } from './pick.ts';

/** One purchase of one shopper. */
export interface PastPurchase {
  shopper: string;
  slug: string;
  atMs: number;
}

const SHOPPERS = 1_500;
const LEAST = 3;
const MOST = 8;
const DAY_MS = 86_400_000;
const DAYS = 300;
/** Of a hundred purchases so many follow from the one before, and of the others so many stay in the department. */
const FOLLOWING = 55;
const FAITHFUL = 80;

/** Best sellers more often, partners after each other, most of it in one department. Always the same. */
export function planShoppers(products: readonly ProductInput[], sales: readonly SalesSeed[], nowMs: number): PastPurchase[] {
  const saleOf = new Map(sales.map((sale) => [sale.slug, sale]));
  const weighed = (some: readonly ProductInput[]) => wheel(some.map(({ slug }) => ({ slug, weight: saleOf.get(slug)?.sold ?? 0 })));
  const everything = weighed(products);
  const departments = [...Map.groupBy(products, ({ categoryPaths }) => categoryPaths[0]![0]!).values()].map(weighed);
  return Array.from({ length: SHOPPERS }, (_, number) => {
    const shopper = `past:${number}`;
    const department = departments[pick(`department ${shopper}`, departments.length)]!;
    const bought: string[] = [];
    for (let turn = 0, length = LEAST + pick(`length ${shopper}`, MOST - LEAST); turn < 3 * MOST && bought.length < length; turn++) {
      const key = `${shopper} ${turn}`;
      const partners = saleOf.get(bought.at(-1) ?? '')?.together ?? [];
      const follows = partners.length > 0 && pick(`follows ${key}`, 100) < FOLLOWING;
      const from = follows ? wheel(partners.map(({ slug, times }) => ({ slug, weight: times }))) : pick(`faithful ${key}`, 100) < FAITHFUL ? department : everything;
      const slug = from(key);
      if (slug !== null && !bought.includes(slug)) bought.push(slug);
    }
    const lastMs = nowMs - pick(`last ${shopper}`, DAYS) * DAY_MS;
    return bought.map((slug, at) => ({ shopper, slug, atMs: lastMs - (bought.length - 1 - at) * 3 * DAY_MS }));
  }).flat();
}

/** Draws by weight; null where nothing weighs anything. */
function wheel(entries: readonly { slug: string; weight: number }[]): (key: string) => string | null {
  const whole = entries.reduce((sum, { weight }) => sum + weight, 0);
  return (key) => {
    if (whole === 0) return null;
    let rest = pick(`wheel ${key}`, whole);
    return entries.find(({ weight }) => (rest -= weight) < 0)!.slug;
  };
}
