/** The words the shop uses, to correct what people type and to finish what they begin. */
import SearchableMap from 'minisearch/SearchableMap';
import { editDistance } from './edit-distance.ts';
import { normalise, wordsOf } from './tokens.ts';

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

export interface Candidate {
  text: string;
  distance: number;
}

export class Dictionary {
  readonly #counts = new SearchableMap<number>();

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
    for (const word of words) this.#counts.update(word, (count) => (count ?? 0) + 1);
  }

  remove(words: readonly string[]): void {
    for (const word of words) {
      const count = this.#counts.get(word) ?? 0;
      if (count > 1) this.#counts.set(word, count - 1);
      else this.#counts.delete(word);
    }
  }

  /** Known words nearest to `word`: fewest edits, then the same first letter, then most products; all equally near. */
  nearest(word: string, chinese: boolean): Candidate[] {
    const length = [...word].length;
    if (length < (chinese ? CORRECTABLE_CHINESE : CORRECTABLE_LATIN)) return [];
    const allowed = !chinese && length >= TWO_EDITS_FROM ? 2 : 1;
    // One swap costs two edits in the tree's plain Levenshtein distance, hence the wider net.
    const net = this.#counts.fuzzyGet(word, chinese ? allowed : 2);
    const candidates = [...net]
      .map(([text, [count]]) => ({ text, count, distance: editDistance(word, text, allowed) }))
      .filter(({ text, distance }) => distance <= allowed && distance > 0 && text.length >= 2);
    const least = Math.min(...candidates.map(({ distance }) => distance));
    const sameStart = (text: string) => (text[0] === word[0] ? 0 : 1);
    return candidates
      .filter(({ distance }) => distance === least)
      .sort((a, b) => sameStart(a.text) - sameStart(b.text) || b.count - a.count || (a.text < b.text ? -1 : 1))
      .slice(0, CANDIDATES_MAX)
      .map(({ text, distance }) => ({ text, distance }));
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
