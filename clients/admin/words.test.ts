import { expect, test } from 'vitest';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

type Tree = { [key: string]: string | Tree };

const flat = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[`${at}${key}`, value]] : flat(value, `${at}${key}.`)));
const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();

test('the admin says the same in English and Chinese, and fills in the same words', () => {
  const chinese = new Map(flat(zh as unknown as Tree));
  const english = flat(en as unknown as Tree);
  expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  for (const [key, text] of english) expect(holes(chinese.get(key)!), key).toEqual(holes(text));
});

test('Chinese sentences of the admin have Chinese punctuation', () => {
  expect(flat(zh as unknown as Tree).filter(([, text]) => /[\u4e00-\u9fa5][,;:!?()]|[,;:!?()][\u4e00-\u9fa5]/.test(text))).toEqual([]);
});
