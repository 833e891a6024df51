import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMall } from '#platform/subgraph/testing.ts';
import { inventory } from '#subgraphs/inventory/index.ts';
import { importBatch, importReviews, importSales, products } from '#subgraphs/products/index.ts';
import type { ImportReport, ProductInput, ReviewSeed, SalesSeed } from '#subgraphs/products/product-input.ts';
import { isSlug } from '#subgraphs/products/slug.ts';
import { COLOURS } from './catalogue/colours.ts';
import { FACTS } from './catalogue/facts.ts';
import { DEPARTMENTS } from './catalogue/index.ts';
import { drawLetter, drawPicture } from './pictures/draw.ts';
import { mainHue, recolour } from './pictures/hues.ts';
import { readIcons } from './pictures/icons.ts';
import { shortPath } from './pictures/tidy.ts';
import { planDemo } from './plan-demo.ts';
import { DETAILS } from './reviews.ts';
import { seed, type SeedPorts, type SeedSettings } from './seed.ts';

const NOW = Date.UTC(2026, 10, 24);
// Whole catalogues through real rooms: seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomall-seed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A shop in memory that counts what it is given. */
function memoryShop() {
  const products = new Map<string, ProductInput>();
  const reviews = new Map<string, ReviewSeed>();
  const sales = new Map<string, SalesSeed>();
  const ports: SeedPorts = {
    isEmpty: async () => products.size === 0,
    async importProducts(batch) {
      const report: ImportReport = { created: 0, updated: 0, unchanged: 0, refused: [], variants: [] };
      for (const product of batch) {
        if (products.has(product.slug)) report.unchanged++;
        else report.created++;
        products.set(product.slug, product);
      }
      return report;
    },
    async importReviews(rows) {
      for (const row of rows) reviews.set(`${row.slug} ${row.writer}`, row);
    },
    async importSales(rows) {
      for (const row of rows) sales.set(row.slug, row);
    },
  };
  return { products, reviews, sales, ports };
}
const settings = (source = 'demo'): SeedSettings => ({ source, dataDir: folder, mediaDir: join(folder, 'media'), currency: 'USD', nowMs: NOW, tell: () => undefined });

describe('the demo catalogue', () => {
  const plan = planDemo(DEPARTMENTS, NOW);
  const rows = DEPARTMENTS.flatMap(({ shelves }) => shelves.flatMap((shelf) => shelf.rows.map((row) => ({ shelf, row }))));

  test('at least 300 products in 24 categories, each its own address, 1 to 8 kinds, every SKU once', () => {
    expect(plan.products.length).toBeGreaterThanOrEqual(300);
    expect(DEPARTMENTS.flatMap(({ shelves }) => shelves).length).toBeGreaterThanOrEqual(24);
    expect(new Set(plan.products.map(({ slug }) => slug)).size).toBe(plan.products.length);
    expect(plan.products.filter(({ slug }) => !isSlug(slug))).toEqual([]);
    expect(plan.products.filter(({ variants }) => variants.length < 1 || variants.length > 8)).toEqual([]);
    const skus = plan.products.flatMap(({ variants }) => variants.map(({ sku }) => sku.toLowerCase()));
    expect(new Set(skus).size).toBe(skus.length);
  });

  test('every text is there in both languages, the Chinese one is Chinese', () => {
    const texts = plan.products.flatMap(({ name, description }) => [name, description!]);
    expect(texts.filter(({ en, zh }) => !en || !zh || !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  test('every option and attribute has a Chinese name, every option value too unless it is no word', () => {
    const options = plan.products.flatMap(({ variants }) => variants.flatMap((variant) => variant.options));
    const isHan = (text: string | null | undefined) => /\p{Script=Han}/u.test(text ?? '');
    expect(options.filter(({ nameZh }) => !isHan(nameZh))).toEqual([]);
    expect(plan.products.flatMap(({ attributes }) => attributes!).filter(({ nameZh }) => !isHan(nameZh))).toEqual([]);
    const alike = /^([\d.,/× ]+|\+[\d.]+|X?[SML]|XL|E?F|L\d|PH\d|TX\d+|ANSI|ISO|\d+ (GB|TB|Ah)|[A-G])$/;
    expect(options.filter(({ value, valueZh }) => !isHan(valueZh) && !alike.test(value)).map(({ value }) => value)).toEqual([]);
    expect(options.find(({ value }) => value === 'Lavender')).toEqual({ name: 'Scent', value: 'Lavender', nameZh: '香味', valueZh: '薰衣草' });
  });

  test('departments and shelves have names that no other place of a page has', () => {
    const names = DEPARTMENTS.flatMap(({ name, shelves }) => [name, ...shelves.map((shelf) => shelf.name)]);
    expect(names.filter(([en, zh]) => en === 'Home' || zh === '首页')).toEqual([]);
    expect(new Set(names.map(([en]) => en)).size).toBe(names.length);
    expect(new Set(names.map(([, zh]) => zh)).size).toBe(names.length);
  });

  test('best sellers are in stock and of several departments; few sell much, most sell some', () => {
    const products = new Map(plan.products.map((product) => [product.slug, product]));
    const ranked = plan.sales.toSorted((a, b) => b.sold - a.sold);
    const top = ranked.slice(0, 24).map(({ slug }) => products.get(slug)!);
    expect(top.flatMap(({ variants }) => variants).filter(({ initialStock }) => initialStock! < 5)).toEqual([]);
    expect(new Set(ranked.slice(0, 4).map(({ slug }) => products.get(slug)!.categoryPaths[0]![0])).size).toBeGreaterThanOrEqual(3);
    expect(new Set(top.map(({ categoryPaths }) => categoryPaths[0]![0])).size).toBeGreaterThanOrEqual(6);
    expect(ranked[0]!.sold).toBeGreaterThan(5 * ranked[Math.floor(ranked.length / 2)]!.sold);
    expect(plan.sales.filter(({ sold }) => !Number.isInteger(sold) || sold < 0 || sold > 5_000)).toEqual([]);
    expect(plan.sales.filter(({ sold }) => sold > 0).length / plan.sales.length).toBeGreaterThan(0.95);
  });

  test('bought together: in one department, the same from both sides, no more often than either sold', () => {
    const sales = new Map(plan.sales.map((sale) => [sale.slug, sale]));
    const department = new Map(plan.products.map(({ slug, categoryPaths }) => [slug, categoryPaths[0]![0]]));
    const pairs = plan.sales.flatMap(({ slug, together }) => together.map((other) => ({ slug, other: other.slug, times: other.times })));
    expect(pairs.filter(({ slug, other }) => slug === other || department.get(slug) !== department.get(other))).toEqual([]);
    expect(pairs.filter(({ slug, other, times }) => sales.get(other)!.together.find((back) => back.slug === slug)?.times !== times)).toEqual([]);
    expect(pairs.filter(({ slug, other, times }) => times < 1 || times > Math.min(sales.get(slug)!.sold, sales.get(other)!.sold))).toEqual([]);
    expect(plan.sales.filter(({ together }) => together.length >= 2).length / plan.sales.length).toBeGreaterThan(0.9);
  });

  test('only facts and colours that are defined, kinds of reviews that exist', () => {
    const facts = rows.flatMap(({ shelf, row }) => `${shelf.facts ?? ''} ${row[6]?.facts ?? ''}`.split(' ')).filter(Boolean);
    expect(facts.filter((word) => !(word in FACTS))).toEqual([]);
    expect(rows.flatMap(({ row }) => (row[6]?.colours ?? '').split(' ').filter(Boolean)).filter((word) => !(word in COLOURS))).toEqual([]);
    expect(rows.filter(({ shelf }) => !(shelf.reviews in DETAILS))).toEqual([]);
  });

  test('prices before are higher than prices now; some kinds are low, some are out', () => {
    const variants = plan.products.flatMap((product) => product.variants);
    expect(variants.filter(({ priceMinor, compareAtPriceMinor }) => compareAtPriceMinor != null && compareAtPriceMinor <= priceMinor)).toEqual([]);
    expect(variants.filter(({ compareAtPriceMinor }) => compareAtPriceMinor != null).length).toBeGreaterThan(40);
    const share = (fits: (stock: number) => boolean) => variants.filter(({ initialStock }) => fits(initialStock!)).length / variants.length;
    expect(share((stock) => stock === 0)).toBeGreaterThan(0.005);
    expect(share((stock) => stock === 0)).toBeLessThan(0.05);
    expect(share((stock) => stock > 0 && stock < 5)).toBeGreaterThan(0.03);
  });

  test('reviews: one a writer and product, in the past, good and less good, in both languages', () => {
    expect(new Set(plan.reviews.map(({ slug, writer }) => `${slug} ${writer}`)).size).toBe(plan.reviews.length);
    expect(plan.reviews.filter(({ createdAtMs }) => createdAtMs >= NOW)).toEqual([]);
    expect([...new Set(plan.reviews.map(({ rating }) => rating))].sort()).toEqual([3, 4, 5]);
    const chinese = plan.reviews.filter(({ body }) => /\p{Script=Han}/u.test(body)).length / plan.reviews.length;
    expect(chinese).toBeGreaterThan(0.3);
    expect(chinese).toBeLessThan(0.7);
    expect(plan.reviews.length / plan.products.length).toBeGreaterThan(2);
  });

  test('the same again is the same, byte for byte', () => {
    expect(planDemo(DEPARTMENTS, NOW)).toEqual(plan);
  });

  test('every address of a picture has a picture', () => {
    const files = new Set(plan.pictures.map(({ file }) => `/media/${file}`));
    const used = plan.products.flatMap(({ media, variants, categoryImages }) =>
      [...media!, ...categoryImages!].map(({ url }) => url).concat(variants.flatMap(({ imageUrl }) => imageUrl ?? [])));
    expect(used.filter((url) => !files.has(url))).toEqual([]);
  });
});

describe('pictures', () => {
  test('every drawing exists, most are under 25 KB, none refers to an id it lacks', async () => {
    const plan = planDemo(DEPARTMENTS, NOW);
    const icons = await readIcons(plan.pictures.map(({ icon }) => icon));
    const drawn = plan.pictures.map(({ icon, turn, colour }) => drawPicture({ body: icons.get(icon)!, turn, colour: colour && COLOURS[colour] }));
    expect(drawn.filter((svg) => svg.length < 25_000).length / drawn.length).toBeGreaterThan(0.88);
    const broken = drawn.filter((svg) => {
      const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      return /NaN|undefined/.test(svg) || [...svg.matchAll(/url\(#([^)]+)\)/g)].some(([, id]) => !ids.has(id));
    });
    expect(broken.length).toBe(0);
    expect(drawn.every((svg) => /^<svg [^>]*width="640" height="640"/.test(svg))).toBe(true);
  });

  test('a drawing that the package lacks is named', async () => {
    await expect(readIcons(['chair', 'no-such-thing'])).rejects.toThrow('no-such-thing');
  });

  test('paths keep their flags and their gaps when numbers get shorter', () => {
    expect(shortPath('M1.0004.5L2 3')).toBe('M1 .5L2 3');
    expect(shortPath('m0 0a1.2345 1 0 01.234.567z')).toBe('m0 0a1.23 1 0 0 1 .23.57z');
    expect(shortPath('M1e-7 2.006-3.999')).toBe('M0 2.01-4');
  });

  test('a recoloured drawing has the wanted hue, and white keeps its shading', () => {
    const body = '<path fill="#2266dd"/><path fill="#1144aa"/><path fill="#ffcc33"/>';
    expect(Math.round(mainHue(recolour(body, COLOURS.green))!)).toBeGreaterThan(130);
    expect(recolour(body, COLOURS.green)).toContain('#ffcc33');
    expect(mainHue('<path fill="#888888"/>')).toBe(null);
  });

  test('a letter is never markup', () => {
    expect(drawLetter('<', 3)).not.toContain('><<');
    expect(drawLetter('茶', 3)).toContain('>茶</text>');
  });
});

describe('seeding', () => {
  test('fills an empty shop once; the next start has nothing to do', async () => {
    const shop = memoryShop();
    expect(await seed(settings(), shop.ports)).toBe('seeded');
    expect(shop.products.size).toBeGreaterThanOrEqual(300);
    const files = readdirSync(join(folder, 'media'));
    expect(files).toContain('hero.svg');
    expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
    expect(await seed(settings(), { ...shop.ports, importProducts: () => Promise.reject(new Error('not again')) })).toBe('nothing to do');
  });

  test('interrupted at any batch, the next start completes it and doubles nothing', async () => {
    const whole = memoryShop();
    await seed({ ...settings(), dataDir: join(folder, 'whole') }, whole.ports);
    for (const failing of [1, 3, 5]) {
      const dataDir = join(folder, `broken-${failing}`);
      const shop = memoryShop();
      let call = 0;
      const breaking: SeedPorts = { ...shop.ports, importProducts: (batch) => (++call === failing ? Promise.reject(new Error('power cut')) : shop.ports.importProducts(batch)) };
      await expect(seed({ ...settings(), dataDir }, breaking)).rejects.toThrow('power cut');
      expect(await seed({ ...settings(), dataDir, nowMs: NOW + 99_999_999 }, shop.ports)).toBe('seeded');
      expect(shop.products).toEqual(whole.products);
      expect(shop.reviews).toEqual(whole.reviews);
      expect(shop.sales).toEqual(whole.sales);
    }
  });

  test('a shop with goods of its own is left alone, and `none` means none', async () => {
    const shop = memoryShop();
    shop.products.set('mine', {} as ProductInput);
    expect(await seed(settings(), shop.ports)).toBe('nothing to do');
    expect(await seed(settings('none'), memoryShop().ports)).toBe('nothing to do');
    expect(shop.products.size).toBe(1);
  });

  test('a missing picture is drawn again with the same bytes, the others are not touched', async () => {
    const shop = memoryShop();
    await seed(settings(), shop.ports);
    const [lost, kept] = [join(folder, 'media', 'window-cactus.svg'), join(folder, 'media', 'hero.svg')];
    const before = readFileSync(lost);
    const written = statSync(kept).mtimeMs;
    rmSync(lost);
    writeFileSync(join(folder, 'seed.json'), JSON.stringify({ source: 'demo', state: 'begun', begunMs: NOW }));
    await seed(settings(), shop.ports);
    expect(readFileSync(lost).equals(before)).toBe(true);
    expect(statSync(kept).mtimeMs).toBe(written);
  });

  test('a catalogue file of our own is loaded; a faulty one is named', async () => {
    const file = join(folder, 'mine.json');
    const mine = [{ slug: 'cup', name: { en: 'Cup' }, categoryPaths: [], variants: [{ sku: 'CUP', priceMinor: 100, options: [] }] }];
    writeFileSync(file, JSON.stringify(mine));
    const shop = memoryShop();
    expect(await seed(settings(file), shop.ports)).toBe('seeded');
    expect([...shop.products.keys()]).toEqual(['cup']);
    writeFileSync(file, JSON.stringify([{ slug: 'cup', name: {}, variants: [] }]));
    await expect(seed({ ...settings(file), dataDir: join(folder, 'other') }, memoryShop().ports)).rejects.toThrow('mine.json: 0.variants');
  });

  test('a CSV of Shopify is loaded, with pictures; what is faulty is told and left out', async () => {
    const file = join(folder, 'mine.csv');
    writeFileSync(file, 'Handle,Title,Variant Price\ncup,Cup,4.50\njug,Jug,x\n');
    const shop = memoryShop();
    const told: string[] = [];
    expect(await seed({ ...settings(file), tell: (line) => told.push(line) }, shop.ports)).toBe('seeded');
    expect([...shop.products.keys()]).toEqual(['cup']);
    expect(told.at(-1)).toContain('line 3, Variant Price');
    expect(readdirSync(join(folder, 'media', 'drawn')).length).toBe(1);
  });

  test('a file that cannot be used names SEED, and another one may be given at the next start', async () => {
    await expect(seed(settings(join(folder, 'nowhere.json')), memoryShop().ports)).rejects.toThrow(/SEED: .*nowhere\.json cannot be read/);
    await expect(seed(settings(join(folder, 'nowhere.csv')), memoryShop().ports)).rejects.toThrow(/SEED: .*nowhere\.csv cannot be read/);
    const shop = memoryShop();
    expect(await seed(settings('demo'), shop.ports)).toBe('seeded');
    expect(shop.products.size).toBeGreaterThanOrEqual(300);
  });
});

describe('in the real rooms', () => {
  test('goods, stock and reviews are there; killed half-way and started again, nothing is doubled', async () => {
    const mall = await openMall({ rooms: [products, inventory] });
    try {
      const { deps } = mall.room('products');
      let calls = 0;
      const ports: SeedPorts = {
        isEmpty: async () => (await mall.database('products').query('select id from product limit 1')).length === 0,
        importProducts: (batch) => (++calls === 3 ? Promise.reject(new Error('power cut')) : importBatch(mall.room('products').deps, batch)),
        importReviews: (reviews) => importReviews(mall.room('products').deps, reviews),
        importSales: (sales) => importSales(mall.room('products').deps, sales),
      };
      await expect(seed(settings(), ports)).rejects.toThrow('power cut');
      await mall.crash();
      expect(await seed(settings(), ports)).toBe('seeded');
      await mall.settle();
      const plan = planDemo(DEPARTMENTS, NOW);
      const count = async (room: string, sql: string) => Number((await mall.database(room).query<{ n: number }>(sql))[0]!.n);
      expect(await count('products', 'select count(*) as n from product')).toBe(plan.products.length);
      expect(await count('products', 'select count(*) as n from review')).toBe(plan.reviews.length);
      expect(await count('products', 'select sum(sold) as n from product_sales')).toBe(plan.sales.reduce((sum, { sold }) => sum + sold, 0));
      expect(await count('products', 'select count(*) as n from co_purchase')).toBe(plan.sales.flatMap(({ together }) => together).length);
      expect(await count('products', 'select count(*) as n from category where image_url is null or name_zh is null')).toBe(0);
      expect(await count('inventory', 'select sum(on_hand) as n from stock_levels')).toBe(
        plan.products.flatMap(({ variants }) => variants).reduce((sum, { initialStock }) => sum + initialStock!, 0),
      );
      expect(deps.shop.currency).toBe('USD');
    } finally {
      await mall.close();
    }
  });
});
