import { expect, test } from 'vitest';
import { en } from './storefront/words/en.ts';
import { zh } from './storefront/words/zh.ts';

type Tree = { [key: string]: string | string[] | Tree };

function flat(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${at}${key}`, value]] : flat(value as Tree, `${at}${key}.`));
}
const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();

test('English and Chinese say the same things and fill in the same words', () => {
  const chinese = new Map(flat(zh as unknown as Tree));
  const english = flat(en as unknown as Tree);
  expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  for (const [key, text] of english) expect(holes(chinese.get(key)!), key).toEqual(holes(text));
});

test('Chinese sentences have Chinese punctuation', () => {
  const wrong = flat(zh as unknown as Tree).filter(([, text]) => /[\u4e00-\u9fa5][,;:!?()]|[,;:!?()][\u4e00-\u9fa5]/.test(text));
  expect(wrong).toEqual([]);
});
