import { beforeAll, describe, expect, test } from 'vitest';
import { SearchIndex, type SearchDocument } from './search-index.ts';

const document = (id: string, name: string, parts: Partial<SearchDocument> = {}): SearchDocument => ({
  id, name, sku: '', brand: '', category: '', facts: '', description: '', ...parts,
});

const GOODS = [
  document('headphones', 'Wireless Headphones | 无线蓝牙耳机', { brand: 'Sonora', category: 'Electronics | 数码 | Audio | 音频', description: 'Noise cancelling | 主动降噪，长续航' }),
  document('speaker', 'Bluetooth Speaker | 蓝牙音箱', { category: 'Electronics | 数码', description: 'Wireless sound for a garden' }),
  document('phone', 'Smart Phone | 智能手机', { category: 'Electronics | 数码' }),
  document('case', 'Phone Case | 手机壳', { sku: 'PC-77-BLK', facts: 'Black | 黑色' }),
  document('plane', 'Toy Plane | 玩具飞机', { category: 'Toys | 玩具' }),
  document('shirt', 'Linen Shirt | 亚麻衬衫', { category: 'Apparel | 服装', facts: 'Blue | 蓝色' }),
  document('dress', 'Summer Dress | 夏季连衣裙', { category: 'Apparel | 服装' }),
  document('shoes', 'Running Shoes | 轻便运动鞋', { category: 'Apparel | 服装' }),
  document('tee', "Men's T-Shirt | 男士T恤", { category: 'Apparel | 服装' }),
  document('creme', 'Café Crème | 咖啡奶油'),
  document('mug', 'Travel Mug | 随行杯'),
  document('beans', 'Roast Beans | 醇香咖啡豆'),
];

const index = new SearchIndex();
beforeAll(() => GOODS.forEach((good) => index.put(good)));
const ids = (query: string) => index.find(query).hits.map((hit) => hit.id);

describe('what was typed right', () => {
  test.each([
    ['linen shirt', ['shirt']],
    ['SHIRTS', ['shirt', 'tee']],
    ['headph', ['headphones']],
    ['pc-77-blk', ['case']],
    ['dresses', ['dress']],
    ['mens', ['tee']],
    ['cafe creme', ['creme']],
    ['耳机', ['headphones']],
    ['蓝牙', ['headphones', 'speaker']],
    ['运动鞋', ['shoes']],
    ['鞋', ['shoes']],
    ['降噪耳机', ['headphones']],
    ['bluetooth 音箱', ['speaker']],
    ['蓝色 shirt', ['shirt']],
    ['tshirt', ['tee']],
    ['夏季运动鞋', ['dress', 'shoes']],
  ])('"%s" finds %j and corrects nothing', (query, expected) => {
    const { hits, corrected } = index.find(query);
    expect(hits.map((hit) => hit.id).sort()).toEqual([...expected].sort());
    expect(corrected).toBeNull();
  });

  test('a word in a name weighs more than in a description', () => {
    expect(ids('wireless')).toEqual(['headphones', 'speaker']);
  });
});

describe('typing mistakes', () => {
  test.each([
    ['headphnoes', 'headphones', ['headphones']],
    ['hedphones', 'headphones', ['headphones']],
    ['wireles hedphones', 'wireless headphones', ['headphones']],
    ['lienn shirt', 'linen shirt', ['shirt']],
    ['summr dres', 'summer dres', ['dress']],
    ['blutooth speeker', 'bluetooth speaker', ['speaker']],
    ['蓝牙儿机', '蓝牙耳机', ['headphones']],
    ['智能手鸡', '智能手机', ['phone']],
    ['运东鞋', '运动鞋', ['shoes']],
    ['咖非豆', '咖啡豆', ['beans']],
    ['咖非奶油', '咖啡奶油', ['creme']],
    ['shos', 'shoes', ['shoes']],
  ])('"%s" is read as %j', (query, corrected, expected) => {
    const found = index.find(query);
    expect(found.corrected).toBe(corrected);
    expect(found.hits.map((hit) => hit.id)).toEqual(expected);
  });

  test('of equally near words the one that stands with the others is taken', () => {
    expect(index.find('toy plame').corrected).toBe('toy plane');
    expect(index.find('wireless shurt').corrected).toBe('wireless shirt');
  });

  test('a Chinese word of two is put right by its sound, never by a word that only shares a character', () => {
    expect(index.find('玩具非机').corrected).toBe('玩具飞机');
    expect(index.find('毛线').hits).toEqual([]);
  });

  test('a word that is like nothing does not hide what the others find', () => {
    const { hits, corrected } = index.find('linen qqqqzzzz');
    expect(hits.map((hit) => hit.id)).toEqual(['shirt']);
    expect(corrected).toBe('linen');
  });

  test('nothing like it: nothing found, nothing corrected', () => {
    expect(index.find('qqqqzzzz')).toEqual({ hits: [], corrected: null });
    expect(index.find('  ,. ')).toEqual({ hits: [], corrected: null });
  });
});

describe('suggestions', () => {
  test.each([
    ['head', ['headphones']],
    ['wireless head', ['wireless headphones']],
    ['蓝牙', ['蓝牙']],
    ['blutooth', ['bluetooth']],
    ['linen ', []],
  ])('"%s" may become %j', (query, expected) => {
    expect(index.suggestTerms(query, 6)).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(index.suggestTerms(query, 6)).toEqual([]);
  });
});

test('a product that is renamed is found by its new name only, and its old words correct nothing any more', () => {
  const changing = new SearchIndex();
  changing.put(document('x', 'Umbrella'));
  changing.put(document('x', 'Parasol'));
  expect(changing.find('umbrella').hits).toEqual([]);
  expect(changing.find('umbrela')).toEqual({ hits: [], corrected: null });
  expect(changing.find('parasoll').corrected).toBe('parasol');
});
