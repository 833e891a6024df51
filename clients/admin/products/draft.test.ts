import { expect, test } from 'vitest';
import { problemsOf } from './check-draft.ts';
import { draftOf, emptyDraft, inputOf, newVariant, pathParts, withoutBlanks } from './draft.ts';

const money = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
const place = (name: string, parent: object | null = null) => ({ id: 'shirts', name, parent: parent && { id: 'apparel', ...parent } });
const read = (language: 'en' | 'zh') => {
  const say = (en: string, zh: string): string => (language === 'en' ? en : zh);
  return {
    id: 'p', slug: 'linen-shirt', brand: 'Nord', archived: false, version: 3, updatedAt: '', name: say('Linen shirt', '亚麻衬衫'),
    translations: [{ language: 'en', name: 'Linen shirt', description: 'Cool.' }, { language: 'zh', name: '亚麻衬衫', description: null }],
    image: { url: '/media/a.svg' },
    media: [{ url: '/media/a.svg', alt: say('Linen shirt', '亚麻衬衫') }, { url: '/media/b.svg', alt: say('The back', '背面') }],
    attributes: [{ name: 'material', value: say('Linen', '亚麻') }, { name: 'origin', value: 'Porto' }, { name: 'style', value: '休闲' }],
    categories: [{ id: 'apparel', name: say('Apparel', '服装'), parent: null }, place(say('Shirts', '衬衫'), { name: say('Apparel', '服装') })],
    variants: [
      { id: 'v1', sku: 'S', archived: false, price: money(4_900), compareAtPrice: money(5_900), options: [{ name: 'Size', value: 'S' }], image: { url: '/media/a.svg' }, stock: null },
      { id: 'v2', sku: 'M', archived: false, price: money(4_900), compareAtPrice: null, options: [{ name: 'Size', value: 'M' }], image: { url: '/media/m.svg' }, stock: null },
    ],
  } as unknown as Parameters<typeof draftOf>[0];
};

test('what is read in both languages is given back whole by a save', () => {
  const input = inputOf(draftOf(read('en'), read('zh')), 'USD');
  expect(input).toEqual({
    slug: 'linen-shirt', name: { en: 'Linen shirt', zh: '亚麻衬衫' }, description: { en: 'Cool.', zh: null }, brand: 'Nord',
    categoryPaths: [['Apparel', 'Shirts']], categoryNamesZh: [{ en: 'Apparel', zh: '服装' }, { en: 'Shirts', zh: '衬衫' }],
    attributes: [{ name: 'material', value: { en: 'Linen', zh: '亚麻' } }, { name: 'origin', value: { en: 'Porto', zh: null } }, { name: 'style', value: { en: null, zh: '休闲' } }],
    media: [{ url: '/media/a.svg', alt: null }, { url: '/media/b.svg', alt: { en: 'The back', zh: '背面' } }],
    variants: [
      { sku: 'S', priceMinor: 4_900, compareAtPriceMinor: 5_900, options: [{ name: 'Size', value: 'S' }], imageUrl: null },
      { sku: 'M', priceMinor: 4_900, compareAtPriceMinor: null, options: [{ name: 'Size', value: 'M' }], imageUrl: '/media/m.svg' },
    ],
  });
});

test('a path is read however its parts are separated', () => {
  expect(pathParts('Apparel > Shirts')).toEqual(['Apparel', 'Shirts']);
  expect(pathParts('服装＞衬衫')).toEqual(['服装', '衬衫']);
  expect(pathParts(' ')).toEqual([]);
});

test('an empty form says what is missing, by the path of the field', () => {
  expect(Object.keys(problemsOf(emptyDraft(), 'USD'))).toEqual(['name', 'slug', 'variants.0.sku', 'variants.0.priceMinor']);
});

test('options without a value, pictures from elsewhere and broken prices are found', () => {
  const draft = { ...emptyDraft(), nameZh: '杯', slug: 'cup', optionNames: ['Colour'], media: [{ key: '1', url: 'https://elsewhere/x.png', altEn: '', altZh: '' }], variants: [{ ...newVariant(), sku: 'C', price: '1.999', initialStock: '-3' }] };
  expect(Object.keys(problemsOf(draft, 'USD'))).toEqual(['media.0.url', 'variants.0.priceMinor', 'variants.0.initialStock', 'variants.0.options.0']);
});

test('rows in which nothing was entered are left out', () => {
  const draft = { ...emptyDraft(), attributes: [{ key: '1', name: ' ', en: '', zh: '' }], categories: [{ key: '1', en: '', zh: '' }], media: [{ key: '1', url: '', altEn: '', altZh: '' }] };
  expect(withoutBlanks(draft)).toMatchObject({ attributes: [], categories: [], media: [] });
});
