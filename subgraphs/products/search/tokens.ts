/**
 * Words of English and Chinese texts. Latin words lose capitals, accents and plural endings; a run of Chinese is cut by
 * `Intl.Segmenter` and, because segmentation depends on what stands around, also into its overlapping pairs.
 */

/** One word of a query as it was typed; offsets are in the normalised text. */
export interface Word {
  text: string;
  start: number;
  end: number;
  chinese: boolean;
}

const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const HYPHENATED = /[a-z0-9]+(?:-[a-z0-9]+)+/g;
/** Whether a word begins with a Chinese character. */
export const HAN = /^\p{Script=Han}/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

export const normalise = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').replace(/['’]/g, '');

/** Words of a normalised text; neighbouring single Chinese characters count as one word. */
export function wordsOf(normalised: string): Word[] {
  const words: Word[] = [];
  for (const match of normalised.matchAll(RUNS)) {
    const run = match[0];
    if (HAN.test(run)) words.push(...chineseWords(run, match.index));
    else words.push({ text: run, start: match.index, end: match.index + run.length, chinese: false });
  }
  return words;
}

function chineseWords(run: string, offset: number): Word[] {
  const words: Word[] = [];
  let singles: Word | null = null;
  for (const { segment, index } of segmenter.segment(run)) {
    const start = offset + index;
    const single = [...segment].length === 1;
    if (single && singles) {
      singles.text += segment;
      singles.end = start + segment.length;
    } else {
      const word = { text: segment, start, end: start + segment.length, chinese: true };
      words.push(word);
      singles = single ? word : null;
    }
  }
  return words;
}

/** What stands in the index for a text. `deep`: single characters too, for the short and weighty fields. */
export function indexTerms(text: string, deep: boolean): string[] {
  const terms = new Set<string>();
  const normalised = normalise(text);
  // "t-shirt" is found as "tshirt" too.
  for (const [joined] of normalised.matchAll(HYPHENATED)) terms.add(stem(joined.replaceAll('-', '')));
  for (const match of normalised.matchAll(RUNS)) {
    const run = match[0];
    if (!HAN.test(run)) {
      terms.add(stem(run));
      continue;
    }
    for (const { segment } of segmenter.segment(run)) terms.add(segment);
    for (const pair of pairs(run)) terms.add(pair);
    if (deep) for (const character of run) terms.add(character);
  }
  return [...terms];
}

/** Overlapping pairs of characters; a single one is itself. */
export function pairs(run: string): string[] {
  const characters = [...run];
  return characters.length < 2 ? characters : characters.slice(1).map((character, index) => characters[index]! + character);
}

/** Plural endings, after Harman's S-stemmer (D. Harman, "How effective is suffixing?", JASIS 42, 1991), with -es kept apart. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (/[^ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/[^us]s$/.test(word)) return word.slice(0, -1);
  return word;
}
