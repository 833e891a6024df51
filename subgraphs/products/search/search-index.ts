/** The full-text index of the catalogue, in memory: English and Chinese side by side, kept fresh product by product. */
import MiniSearch, { type Query } from 'minisearch';
import { Dictionary } from './dictionary.ts';
import { indexTerms, normalise, pairs, stem, wordsOf, type Word } from './tokens.ts';

/** The texts of one product, both languages together. */
export interface SearchDocument {
  id: string;
  name: string;
  sku: string;
  brand: string;
  category: string;
  facts: string;
  description: string;
}

export interface Hit {
  id: string;
  score: number;
}

export interface Found {
  hits: Hit[];
  /** What was searched instead of what was typed. */
  corrected: string | null;
}

const FIELDS = ['name', 'sku', 'brand', 'category', 'facts', 'description'] as const;
const BOOST = { name: 6, sku: 5, brand: 3, category: 3, facts: 2, description: 1 };
/** Only these short fields know single Chinese characters. */
const DEEP_FIELDS = new Set<string>(['name', 'category']);
/** The last word of a query may be unfinished from this many letters on, the others only from so many. */
const PREFIX_LATIN_LAST = 2;
const PREFIX_LATIN = 5;
const WHOLE = Number.POSITIVE_INFINITY;
/** Words of a query beyond this are not looked at. */
const QUERY_WORDS_MAX = 12;
/** Parts of a Chinese word are looked for up to this length. */
const PART_MAX = 4;
const TAKEN_APART_FROM = 3;

export class SearchIndex {
  /** Grows with every change. */
  generation = 0;
  readonly #index = new MiniSearch<SearchDocument>({
    fields: [...FIELDS],
    tokenize: (text, field) => indexTerms(text, DEEP_FIELDS.has(field ?? '')),
    processTerm: (term) => term,
    autoVacuum: { minDirtCount: 200, minDirtFactor: 0.1, batchSize: 200, batchWait: 10 },
  });
  readonly #dictionary = new Dictionary();
  readonly #words = new Map<string, string[]>();

  get size(): number {
    return this.#words.size;
  }

  put(document: SearchDocument): void {
    const before = this.#words.get(document.id);
    if (before) {
      this.#index.discard(document.id);
      this.#dictionary.remove(before);
    }
    const words = Dictionary.wordsOf([document.name, document.brand, document.category, document.facts]);
    this.#index.add(document);
    this.#dictionary.add(words);
    this.#words.set(document.id, words);
    this.generation++;
  }

  /** Every product with all the words; with words put right where one is unknown; with any of them as a last resort. */
  find(query: string): Found {
    const text = normalise(query).trim();
    const words = wordsOf(text).slice(0, QUERY_WORDS_MAX);
    if (words.length === 0) return { hits: [], corrected: null };
    const exact = this.#all(words);
    if (exact.length > 0) return { hits: exact, corrected: null };
    return this.#findCorrected(text, words);
  }

  /** Ways to finish the last word; put right where nothing begins so. */
  suggestTerms(query: string, limit: number): string[] {
    const text = normalise(query).trimStart();
    const last = wordsOf(text).at(-1);
    if (!last || last.end !== text.length) return [];
    const words = this.#dictionary.completions(last.text, limit);
    const found = words.length > 0 ? words : this.#dictionary.nearest(last.text, last.chinese);
    return found.slice(0, limit).map((word) => text.slice(0, last.start) + word);
  }

  #findCorrected(text: string, words: readonly Word[]): Found {
    const begins = words.map((word, index) => this.#all([word], index === words.length - 1).length > 0);
    // Only the last word is still being typed: another one that merely begins a word is looked at as a mistake first.
    const isKnown = words.map((word, index) => begins[index]! && (index === words.length - 1 || this.#isWhole(word)));
    const known = words.filter((_, index) => begins[index]);
    const right = words.map((word, index) => {
      if (isKnown[index]) return [word];
      const corrected = this.#correct(word, known);
      return corrected.length === 0 && begins[index] ? [word] : corrected;
    });
    const usable = right.flat();
    if (usable.length === 0) return { hits: [], corrected: null };
    const changed = right.some((parts, index) => parts.map((part) => part.text).join('') !== words[index]!.text);
    // A word that nothing is like is dropped: it must not hide what the others find.
    const hits = this.#all(usable);
    return { hits: hits.length > 0 ? hits : this.#any(usable), corrected: changed ? rewrite(text, words, right) : null };
  }

  /** The nearest known word; of several equally near ones the one that stands together with the other words most. */
  #correct(word: Word, known: readonly Word[]): Word[] {
    const parts = word.chinese ? this.#takeApart(word) : [];
    const candidates = parts.length > 0 ? [] : this.#dictionary.nearest(word.text, word.chinese).map((text) => ({ ...word, text }));
    if (candidates.length < 2 || known.length === 0) return candidates.length > 0 ? [candidates[0]!] : parts;
    const scored = candidates.map((candidate) => ({ candidate, together: this.#all([...known, candidate]).length }));
    return [scored.reduce((best, next) => (next.together > best.together ? next : best)).candidate];
  }

  /**
   * A long Chinese word that the shop does not have as a whole, as the longest parts that it has, or that sound like
   * words it has: 咖啡杯 as 咖啡 and 杯. Single characters alone mean too much; none, where there is nothing longer.
   */
  #takeApart(word: Word): Word[] {
    const characters = [...word.text];
    if (characters.length < TAKEN_APART_FROM || this.#dictionary.nearest(word.text, true, true).length > 0) return [];
    const parts: string[] = [];
    for (let at = 0; at < characters.length; ) {
      const found = this.#partAt(characters, at);
      if (found) parts.push(found);
      at += found ? [...found].length : 1;
    }
    return parts.some((part) => [...part].length > 1) ? parts.map((text) => ({ ...word, text })) : [];
  }

  #partAt(characters: readonly string[], at: number): string | null {
    for (let length = Math.min(PART_MAX, characters.length - at); length >= 1; length--) {
      const text = characters.slice(at, at + length).join('');
      if (this.#all([{ text, start: 0, end: 0, chinese: true }], false).length > 0) return text;
      const alike = length > 1 && length < characters.length ? this.#dictionary.nearest(text, true, true)[0] : undefined;
      if (alike) return alike;
    }
    return null;
  }

  #isWhole(word: Word): boolean {
    return this.#run(termQuery(word, WHOLE)).length > 0;
  }

  #all(words: readonly Word[], lastIsLast = true): Hit[] {
    return this.#run({ combineWith: 'AND', queries: words.map((word, index) => termQuery(word, lastIsLast && index === words.length - 1 ? PREFIX_LATIN_LAST : PREFIX_LATIN)) });
  }

  #any(words: readonly Word[]): Hit[] {
    return this.#run({ combineWith: 'OR', queries: words.map((word, index) => termQuery(word, index === words.length - 1 ? PREFIX_LATIN_LAST : PREFIX_LATIN)) });
  }

  /** Best first; the id decides between equals, so that the order is the same at every page. */
  #run(query: Query): Hit[] {
    const results = this.#index.search(query, { boost: BOOST });
    return results.map(({ id, score }) => ({ id: id as string, score })).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }
}

/** A Latin word by its stem or as a beginning, a Chinese one whole or, where nobody cuts it so, by all its pairs. */
function termQuery(word: Word, prefixFrom: number): Query {
  const exactly = (term: string, prefix: boolean): Query => ({ queries: [term], tokenize: (text) => [text], prefix, weights: { prefix: 0.4, fuzzy: 0.2 } });
  if (!word.chinese) {
    const stemmed = stem(word.text);
    const prefix = word.text.length >= prefixFrom;
    if (stemmed === word.text || !prefix) return exactly(stemmed, prefix);
    return { combineWith: 'OR', queries: [exactly(stemmed, false), exactly(word.text, true)] };
  }
  const parts = pairs(word.text);
  if (parts.length < 2) return exactly(word.text, false);
  return { combineWith: 'OR', queries: [exactly(word.text, false), { combineWith: 'AND', queries: parts.map((part) => exactly(part, false)) }] };
}

/** The typed text with the corrected words in their places; words that were dropped go with the space before them. */
function rewrite(text: string, words: readonly Word[], right: readonly (readonly Word[])[]): string {
  let out = '';
  let at = 0;
  words.forEach((word, index) => {
    out += text.slice(at, word.start) + right[index]!.map((part) => part.text).join('');
    at = word.end;
  });
  return (out + text.slice(at)).replace(/\s+/g, ' ').trim();
}
