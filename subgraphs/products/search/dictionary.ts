/** The words the shop uses, to correct what people type and to finish what they begin. */
import SearchableMap from 'minisearch/SearchableMap';
import { editDistance } from './edit-distance.ts';
import { soundsAlike } from './sounds-alike.ts';
import { HAN, normalise, pairs, wordsOf } from './tokens.ts';

/** Latin words shorter than this are left as they are; of Chinese two characters do. */
const CORRECTABLE_LATIN = 4;
const CORRECTABLE_CHINESE = 2;
/** Words of at least this many letters may be wrong twice. */
const TWO_EDITS_FROM = 7;
const CANDIDATES_MAX = 8;
const COMPLETIONS_SCANNED_MAX = 2_000;
/** Longer compounds of Chinese words are not kept. */
const COMPOUND_MAX = 6;
const HAS_DIGIT = /\p{N}/u;

interface Candidate {
  text: string;
  count: number;
  distance: number;
  /** 0 where it sounds or begins like the word. */
  strangeness: number;
}

export class Dictionary {
  readonly #counts = new SearchableMap<number>();
  /** Pairs inside longer Chinese words: 咖非 is meant as the 咖啡 in 咖啡豆. Never shown as words of their own. */
  readonly #fragments = new SearchableMap<number>();

  /** Words of a document's short texts: each once, with compounds of two neighbouring Chinese words. */
  static wordsOf(texts: readonly string[]): string[] {
    const found = new Set<string>();
    for (const text of texts) {
      const words = wordsOf(normalise(text)).filter((word) => !HAS_DIGIT.test(word.text));
      words.forEach((word, index) => {
        const next = words[index + 1];
        if (word.text.length >= 2) found.add(word.text);
        if (word.chinese && next?.chinese && next.start === word.end && word.text.length + next.text.length <= COMPOUND_MAX) found.add(word.text + next.text);
      });
    }
    return [...found];
  }

  add(words: readonly string[]): void {
    for (const word of words) {
      this.#counts.update(word, (count) => (count ?? 0) + 1);
      for (const pair of fragmentsOf(word)) this.#fragments.update(pair, (count) => (count ?? 0) + 1);
    }
  }

  remove(words: readonly string[]): void {
    for (const word of words) {
      countDown(this.#counts, word);
      for (const pair of fragmentsOf(word)) countDown(this.#fragments, pair);
    }
  }

  /**
   * Known words nearest to `word`, all equally near: by edits, then sound (Chinese) or first letter, then products.
   * `bySound`: only words that sound the same; always so for two Chinese characters, since every word of two is one
   * edit away from very many others.
   */
  nearest(word: string, chinese: boolean, bySound = false): string[] {
    const length = [...word].length;
    if (length < (chinese ? CORRECTABLE_CHINESE : CORRECTABLE_LATIN)) return [];
    const allowed = !chinese && length >= TWO_EDITS_FROM ? 2 : 1;
    const candidates: Candidate[] = [];
    // One swap costs two edits in the tree's plain Levenshtein distance, hence the wider net.
    const net = [...this.#counts.fuzzyGet(word, chinese ? allowed : 2)];
    if (chinese && length === 2) net.push(...this.#fragments.fuzzyGet(word, allowed));
    for (const [text, [count]] of net) {
      const distance = editDistance(word, text, allowed);
      const alike = chinese ? soundsAlike(word, text) : text[0] === word[0];
      if (distance === 0 || distance > allowed || text.length < 2 || ((bySound || (chinese && length < 3)) && !alike)) continue;
      candidates.push({ text, count, distance, strangeness: alike ? 0 : 1 });
    }
    candidates.sort((a, b) => a.distance - b.distance || a.strangeness - b.strangeness || b.count - a.count || (a.text < b.text ? -1 : 1));
    const best = candidates[0];
    return candidates
      .filter(({ distance, strangeness }) => distance === best!.distance && (!chinese || strangeness === best!.strangeness))
      .slice(0, CANDIDATES_MAX)
      .map(({ text }) => text);
  }

  /** Words that begin so, those of most products first. */
  completions(prefix: string, limit: number): string[] {
    const found: { text: string; count: number }[] = [];
    for (const [text, count] of this.#counts.atPrefix(prefix)) {
      found.push({ text, count });
      if (found.length >= COMPLETIONS_SCANNED_MAX) break;
    }
    return found.sort((a, b) => b.count - a.count || a.text.length - b.text.length || (a.text < b.text ? -1 : 1)).slice(0, limit).map(({ text }) => text);
  }
}

const fragmentsOf = (word: string): string[] => (word.length > 2 && HAN.test(word) ? pairs(word) : []);

function countDown(counts: SearchableMap<number>, word: string): void {
  const count = counts.get(word) ?? 0;
  if (count > 1) counts.set(word, count - 1);
  else counts.delete(word);
}
