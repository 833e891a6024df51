import { expect, test } from 'vitest';
import { createWords } from '../../shared/i18n.ts';
import { en } from '../words/en.ts';
import { zh } from '../words/zh.ts';
import { chipsOf, type FacetData } from './filters.tsx';
import { labelOf } from './names.ts';

const english = createWords('en', en).t as never;
const chinese = createWords('zh', zh).t as never;

test('the shop’s word comes first, then the storefront’s, then the name as it is', () => {
  expect(labelOf({ name: 'power', label: '供电方式' }, chinese)).toBe('供电方式');
  expect(labelOf({ name: 'material', label: 'material' }, chinese)).toBe('材质');
  expect(labelOf({ name: 'power', label: 'power' }, english)).toBe('Power');
  expect(labelOf({ name: 'category', label: 'category' }, english)).toBe('Category');
});

test('chips show labels and take away the canonical value', () => {
  const facets: FacetData[] = [{ name: 'Colour', label: '颜色', values: [{ value: 'Blue', label: '蓝色', count: 3 }, { value: 'Red', label: '红色', count: 1 }] }];
  const state = { sort: 'NEWEST', priceMinMinor: null, priceMaxMinor: null, inStock: false, category: null, attributes: { Colour: ['Blue', 'Red'] }, after: null } as never;
  const chips = chipsOf(state, facets, chinese, () => '');
  expect(chips.map(({ label }) => label)).toEqual(['蓝色', '红色']);
  expect(chips[0]!.without).toEqual({ attributes: { Colour: ['Red'] } });
});
