import { expect, test } from 'vitest';
import { isSlug, slugify, SLUG_MAX } from './slug.ts';

test.each([
  ['Café Crème 2', 'cafe-creme-2'],
  ["Men's Shoes", 'mens-shoes'],
  ['  --A__B  ', 'a-b'],
  ['亚麻 Shirt', 'shirt'],
])('%s becomes %s', (text, slug) => {
  expect(slugify(text)).toBe(slug);
});

test('a text without Latin letters gets a name of its own, always the same', () => {
  expect(isSlug(slugify('亚麻衬衫'))).toBe(true);
  expect(slugify('亚麻衬衫')).toBe(slugify('亚麻衬衫'));
  expect(slugify('亚麻衬衫')).not.toBe(slugify('纯棉衬衫'));
});

test('what slugify makes is a slug, however long the text', () => {
  for (const text of ['x'.repeat(500), 'a b '.repeat(100), '-', '']) expect(isSlug(slugify(text)), text).toBe(true);
  expect(isSlug('a'.repeat(SLUG_MAX + 1))).toBe(false);
  for (const text of ['', 'A', 'a--b', '-a', 'a-', 'a_b', '../a']) expect(isSlug(text), text).toBe(false);
});
