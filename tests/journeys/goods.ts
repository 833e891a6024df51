/** A small shop for journeys: a shirt with sizes, a mug, a lamp of which one is left, and tea with a Chinese name. */
export const goods = [
  {
    slug: 'linen-shirt',
    name: { en: 'Linen Shirt', zh: '亚麻衬衫' },
    description: { en: 'Cool in summer.', zh: '夏日清凉。' },
    brand: 'Northfield',
    categoryPaths: [['Clothing', 'Shirts']],
    categoryNamesZh: [{ en: 'Clothing', zh: '服装' }, { en: 'Shirts', zh: '衬衫' }],
    attributes: [{ name: 'material', value: { en: 'Linen', zh: '亚麻' } }],
    variants: [
      { sku: 'SHIRT-S', priceMinor: 4900, options: [{ name: 'Size', value: 'S' }], initialStock: 10 },
      { sku: 'SHIRT-M', priceMinor: 4900, options: [{ name: 'Size', value: 'M' }], initialStock: 10 },
    ],
    media: [{ url: '/media/linen-shirt.svg', alt: { en: 'A linen shirt', zh: '一件亚麻衬衫' } }],
  },
  {
    slug: 'coffee-mug',
    name: { en: 'Coffee Mug', zh: '咖啡杯' },
    description: { en: 'Holds a morning.', zh: '装得下一个早晨。' },
    brand: 'Kiln & Co',
    categoryPaths: [['Kitchen', 'Cups']],
    attributes: [{ name: 'material', value: { en: 'Stoneware', zh: '炻器' } }],
    variants: [{ sku: 'MUG', priceMinor: 1800, options: [], initialStock: 50 }],
  },
  {
    slug: 'desk-lamp',
    name: { en: 'Desk Lamp', zh: '台灯' },
    categoryPaths: [['Home', 'Lighting']],
    attributes: [{ name: 'material', value: { en: 'Steel', zh: '钢' } }],
    variants: [{ sku: 'LAMP', priceMinor: 7900, options: [], initialStock: 1 }],
  },
  {
    slug: 'green-tea',
    name: { en: 'Green Tea', zh: '龙井绿茶' },
    categoryPaths: [['Kitchen', 'Tea']],
    variants: [{ sku: 'TEA', priceMinor: 1250, options: [], initialStock: 30 }],
  },
];
