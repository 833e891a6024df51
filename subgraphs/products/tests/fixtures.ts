/** A small shop for the tests of this room. */
import { openMall, type Mall, type MallOptions } from '#platform/subgraph/testing.ts';
import { boughtProducts, relatedProducts, stockOf, userProfiles } from '#schema/asks.ts';
import { products, type ProductInput } from '../index.ts';

export const MERCHANT = { userId: 'm1', roles: ['merchant'] };

export function productInput(slug: string, changes: Partial<ProductInput> = {}): ProductInput {
  return {
    slug,
    name: { en: `Thing ${slug}`, zh: `东西 ${slug}` },
    description: { en: 'A thing.', zh: '一件东西。' },
    brand: 'Acme',
    categoryPaths: [['Home', 'Things']],
    attributes: [{ name: 'material', nameZh: '材质', value: { en: 'Linen', zh: '亚麻' } }],
    variants: [{ sku: `${slug}-1`, priceMinor: 1_000, options: [], initialStock: 5 }],
    media: [{ url: `/media/${slug}.svg` }],
    ...changes,
  };
}

/** Goods with words worth searching for, in both languages. */
export const SHOP: ProductInput[] = [
  productInput('linen-shirt', {
    name: { en: 'Linen Shirt', zh: '亚麻衬衫' },
    description: { en: 'Cool on hot days.', zh: '夏日清爽透气。' },
    categoryPaths: [['Apparel', 'Shirts']],
    categoryNamesZh: [{ en: 'Apparel', zh: '服装' }, { en: 'Shirts', zh: '衬衫' }],
    variants: ['S', 'M'].flatMap((size, s) =>
      ['Blue', 'White'].map((colour, c) => ({
        sku: `LS-${size}-${colour}`,
        priceMinor: 3_900 + s * 100 + c * 10,
        compareAtPriceMinor: 4_900,
        options: [{ name: 'Size', value: size, nameZh: '尺码' }, { name: 'Colour', value: colour, nameZh: '颜色', valueZh: colour === 'Blue' ? '蓝色' : '白色' }],
        initialStock: 7,
      })),
    ),
  }),
  productInput('cotton-shirt', {
    name: { en: 'Cotton Shirt', zh: '纯棉衬衫' },
    categoryPaths: [['Apparel', 'Shirts']],
    attributes: [{ name: 'material', value: { en: 'Cotton', zh: '纯棉' } }],
    variants: [{ sku: 'CS-1', priceMinor: 2_900, options: [], initialStock: 0 }],
  }),
  productInput('summer-dress', {
    name: { en: 'Summer Dress', zh: '夏季连衣裙' },
    categoryPaths: [['Apparel', 'Dresses']],
    attributes: [{ name: 'material', value: { en: 'Cotton', zh: '纯棉' } }],
    variants: [{ sku: 'SD-1', priceMinor: 5_900, options: [], initialStock: 3 }],
  }),
  productInput('wireless-headphones', {
    name: { en: 'Wireless Headphones', zh: '无线蓝牙耳机' },
    brand: 'Sonora',
    categoryPaths: [['Electronics', 'Audio']],
    categoryNamesZh: [{ en: 'Electronics', zh: '数码' }, { en: 'Audio', zh: '音频' }],
    attributes: [{ name: 'colour', value: { en: 'Black', zh: '黑色' } }],
    variants: [{ sku: 'WH-1', priceMinor: 12_900, options: [], initialStock: 9 }],
  }),
  productInput('phone-case', {
    name: { en: 'Phone Case', zh: '手机壳' },
    categoryPaths: [['Electronics', 'Accessories']],
    attributes: [{ name: 'colour', value: { en: 'Black', zh: '黑色' } }],
    variants: [{ sku: 'PC-1', priceMinor: 1_500, options: [], initialStock: 20 }],
  }),
  productInput('running-shoes', {
    name: { en: 'Running Shoes', zh: '轻便运动鞋' },
    categoryPaths: [['Apparel', 'Shoes']],
    attributes: [],
    variants: [{ sku: 'RS-42', priceMinor: 8_900, options: [{ name: 'Size', value: '42' }], initialStock: 4 }],
  }),
];

export interface ShopOptions extends Partial<MallOptions> {
  /** What inventory would answer; everything is in stock otherwise. */
  available?: (variantId: string) => number;
  /** Ids of products that every shopper has bought. */
  bought?: Set<string>;
}

export function openShop({ available = () => 5, bought = new Set(), ...options }: ShopOptions = {}): Promise<Mall> {
  return openMall({
    rooms: [products],
    asks: [
      { contract: stockOf, handle: async ({ variantIds }) => variantIds.map((variantId: string) => ({ variantId, available: available(variantId) })) },
      { contract: boughtProducts, handle: async ({ productIds }) => productIds.filter((id: string) => bought.has(id)) },
      { contract: userProfiles, handle: async ({ userIds }) => userIds.map((userId: string) => ({ userId, displayName: `Name of ${userId}`, email: 'x@example.org', language: 'en' as const })) },
    ],
    ...options,
  });
}

export async function importProducts(mall: Mall, list: readonly ProductInput[]): Promise<any> {
  const { data, errors } = await mall.execute(
    'products',
    `mutation ($input: ImportProductsInput!) { importProducts(input: $input) {
      ... on ImportReport { created updated unchanged refused { slug field message } variants { id sku created } }
      ... on Refusal { code message }
    } }`,
    { input: { products: list } },
    MERCHANT,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.importProducts;
}

/** Slugs of what is like a product and of what goes with it, as other rooms are told. */
export async function relatedTo(mall: Mall, slug: string): Promise<{ similar: string[]; together: string[] }> {
  const rows = await mall.database('products').query<{ id: string; slug: string }>('select id, slug from product');
  const slugs = new Map(rows.map((row) => [row.id, row.slug]));
  const [found] = await mall.room('products').deps.asker.ask(relatedProducts, { productIds: [rows.find((row) => row.slug === slug)!.id] });
  return { similar: found!.similar.map((id) => slugs.get(id)!), together: found!.together.map((id) => slugs.get(id)!) };
}
