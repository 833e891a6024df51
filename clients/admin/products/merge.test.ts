import { describe, expect, test } from 'vitest';
import { emptyDraft, sameDraft, type Draft, type VariantRow } from './draft.ts';
import { mergeDrafts, showFact } from './merge.ts';

const variant = (sku: string, price: string, id: string | null = sku): VariantRow => ({ key: sku, sku, price, compareAt: '', options: { Size: sku }, imageUrl: '', initialStock: '', id });
const base: Draft = {
  ...emptyDraft(), slug: 'shirt', nameEn: 'Shirt', nameZh: '衬衫', optionNames: ['Size'],
  attributes: [{ key: '1', name: 'material', en: 'Linen', zh: '亚麻' }],
  variants: [variant('S', '10.00'), variant('M', '10.00')],
};

describe('two people change one product', () => {
  test('different things: both are kept, and nobody has to choose', () => {
    const mine = { ...base, nameEn: 'Linen shirt' };
    const theirs = { ...base, variants: [variant('S', '10.00'), variant('M', '12.00')] };
    const merge = mergeDrafts(base, mine, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.taken.map(({ fact }) => fact)).toEqual(['variant M']);
    const merged = merge.withChoices(new Map());
    expect(merged.nameEn).toBe('Linen shirt');
    expect(merged.variants.map(({ price }) => price)).toEqual(['10.00', '12.00']);
  });

  test('the same thing: it is asked whose word counts', () => {
    const merge = mergeDrafts(base, { ...base, nameEn: 'Mine' }, { ...base, nameEn: 'Theirs' });
    expect(merge.conflicts).toMatchObject([{ fact: 'nameEn', base: '"Shirt"', mine: '"Mine"', theirs: '"Theirs"' }]);
    expect(merge.withChoices(new Map([['nameEn', 'theirs']])).nameEn).toBe('Theirs');
    expect(merge.withChoices(new Map([['nameEn', 'mine']])).nameEn).toBe('Mine');
  });

  test('the same change by both is no conflict', () => {
    const merge = mergeDrafts(base, { ...base, brand: 'Nord' }, { ...base, brand: 'Nord' });
    expect(merge.conflicts).toEqual([]);
    expect(merge.taken).toEqual([]);
  });

  test('what one added and the other took away: both happen', () => {
    const mine = { ...base, variants: [...base.variants, variant('L', '11.00', null)] };
    const theirs = { ...base, attributes: [], variants: [variant('M', '10.00')] };
    const merge = mergeDrafts(base, mine, theirs);
    expect(merge.conflicts).toEqual([]);
    const merged = merge.withChoices(new Map());
    expect(merged.attributes).toEqual([]);
    expect(merged.variants.map(({ sku }) => sku)).toEqual(['M', 'L']);
  });

  test('what one changed and the other took away is asked', () => {
    const mine = { ...base, variants: [variant('S', '9.00'), variant('M', '10.00')] };
    const theirs = { ...base, variants: [variant('M', '10.00')] };
    const merge = mergeDrafts(base, mine, theirs);
    expect(merge.conflicts).toMatchObject([{ fact: 'variant S', theirs: null }]);
    expect(merge.withChoices(new Map([['variant S', 'theirs']])).variants.map(({ sku }) => sku)).toEqual(['M']);
    expect(merge.withChoices(new Map([['variant S', 'mine']])).variants.map(({ price }) => price).sort()).toEqual(['10.00', '9.00']);
  });

  test('without any change of the other, mine stays as it is', () => {
    const mine = { ...base, nameEn: 'Mine', brand: 'Nord' };
    expect(sameDraft(mergeDrafts(base, mine, base).withChoices(new Map()), mine)).toBe(true);
  });
});

test('a fact is shown in words, not as data', () => {
  expect(showFact(JSON.stringify({ price: '10.00', compareAt: '', options: { Size: 'M' }, id: 'x' }))).toBe('10.00 · M');
  expect(showFact(null)).toBe('');
});
