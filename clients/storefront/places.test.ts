import { expect, test } from 'vitest';
import { inLanguagePath, splitLanguage } from '../shared/language.ts';
import { filterOf, listSearch, listState, placeOf } from './places.ts';

const at = (query: string) => listState(new URLSearchParams(query));

test('filters survive the way into the address and back', () => {
  const query = 'sort=PRICE_ASC&category=shoes&min=1000&max=5000&stock=1&f.material=cotton&f.material=silk&n=48';
  expect(listSearch(at(query)).toString()).toBe(query);
  expect(filterOf(at(query))).toEqual({ categorySlug: 'shoes', priceMinMinor: 1000, priceMaxMinor: 5000, inStock: true, attributes: [{ name: 'material', values: ['cotton', 'silk'] }] });
});

test('nonsense in the address is read as nothing chosen', () => {
  const state = at('sort=DROP&min=-5&max=1e9&n=99999999&stock=maybe&f.=x&after=');
  expect(state).toMatchObject({ sort: 'BEST_SELLING', priceMinMinor: null, priceMaxMinor: null, inStock: false, first: 96, after: null });
});

test('each address has its place; a wrong one is missing', () => {
  const kind = (path: string) => placeOf(path, new URLSearchParams()).kind;
  expect(['/', '/products', '/products/tea-pot', '/categories/kitchen', '/search', '/cart', '/checkout', '/orders/1', '/account/orders', '/account/notifications/preferences', '/reset-password', '/verify-email'].map(kind))
    .toEqual(['home', 'products', 'product', 'category', 'search', 'cart', 'checkout', 'order', 'account', 'account', 'reset', 'verify']);
  expect(['/nope', '/products/a/b', '/account/secrets', '/zh/products'].map(kind)).toEqual(['missing', 'missing', 'missing', 'missing']);
  expect(placeOf('/products/%E0%A4%A', new URLSearchParams())).toEqual({ kind: 'product', slug: '%E0%A4%A' });
});

test('the language is in the address and comes off again', () => {
  for (const path of ['/', '/products/a', '/zhuzhou']) {
    for (const language of ['en', 'zh'] as const) expect(splitLanguage(inLanguagePath(language, path))).toEqual({ language, path });
  }
  expect(splitLanguage('/admin/zh/orders', '/admin')).toEqual({ language: 'zh', path: '/orders' });
});
