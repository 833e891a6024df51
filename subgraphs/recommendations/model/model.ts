/** A trained model as it serves: plain typed arrays, and how they are put together for one shopper. */
import type { Neighbours } from './neighbours.ts';
import { SEQUENCE_DECAY, SEQUENCE_LENGTH, type Sequence } from './sequence.ts';

/** How the parts are mixed; chosen by what held-back interactions say. */
export interface Mixture {
  /** λ of the neighbours. */
  readonly lambda: number;
  /** In what goes with a history, an item weighs this much of the one after it; 1: all the same. */
  readonly decay: number;
  /** What the sequence's logarithm of a likelihood weighs beside the neighbours' sum. */
  readonly sequenceShare: number;
}

/** Measured on interactions that were held back from the training. */
export interface OfflineScore {
  readonly ndcg: number;
  readonly recall: number;
  readonly popularityNdcg: number;
  readonly popularityRecall: number;
  /** Held-back interactions it was measured on. */
  readonly judged: number;
}

export interface Model {
  readonly items: readonly string[];
  readonly neighbours: Neighbours;
  readonly sequence: Sequence;
  readonly mixture: Mixture;
  readonly offline: OfflineScore;
  readonly learntFrom: { readonly interactions: number; readonly users: number; /** The newest of them. */ readonly untilMs: number };
}

/** Of a history, the newest so many items speak. */
export const HISTORY_MAX = 200;
/** Up to so many items are all scored; of more, those that the neighbours speak for and the most likely ones by themselves. */
const ALL_SCORED = 3_000;
const LIKELY_SCORED = 1_000;
/** An item of a history that weighs less than this is past. */
const PAST_WEIGHT = 0.01;
/** What is not scored comes after all that is, by how popular it is. */
const UNSCORED = -1e6;

export interface Ranker {
  /** A score for every item, higher is better; `items` is a history of item numbers, oldest first. The array is used again by the next call. */
  score(items: ArrayLike<number>): Float32Array;
  /** The best so many that are not in the history and not `without`, best first. */
  best(items: ArrayLike<number>, count: number, without?: (item: number) => boolean): number[];
  /** Of the items of a history, the one that speaks loudest for `item`; null: none does, it is popular or like the whole. */
  because(items: ArrayLike<number>, item: number): number | null;
}

/** Not to be shared between threads: it keeps its arrays. */
export function createRanker({ items: { length: itemCount }, neighbours, sequence, mixture }: Omit<Model, 'offline' | 'learntFrom' | 'items'> & { items: { length: number } }): Ranker {
  const { width, next } = sequence;
  const scores = new Float32Array(itemCount);
  const shopper = new Float32Array(sequence.width);
  /** 1: scored whatever the neighbours say; null: all are. */
  const isLikely = itemCount <= ALL_SCORED ? null : new Uint8Array(itemCount);
  if (isLikely) for (const item of Int32Array.from(sequence.bias.keys()).sort((a, b) => sequence.bias[b]! - sequence.bias[a]!).slice(0, LIKELY_SCORED)) isLikely[item] = 1;

  function addNeighbours(items: ArrayLike<number>): void {
    let weight = 1;
    for (let at = items.length - 1, last = Math.max(0, items.length - HISTORY_MAX); at >= last && weight >= PAST_WEIGHT; at--, weight *= mixture.decay) {
      const item = items[at]!;
      for (let edge = neighbours.offsets[item]!, end = neighbours.offsets[item + 1]!; edge < end; edge++) {
        scores[neighbours.items[edge]!]! += weight * neighbours.weights[edge]!;
      }
    }
  }

  /** The history as one vector. */
  function describe(items: ArrayLike<number>): void {
    shopper.fill(0);
    let weight = 1;
    let length = 0;
    for (let at = items.length - 1, last = Math.max(0, items.length - SEQUENCE_LENGTH); at >= last; at--, weight *= SEQUENCE_DECAY) {
      for (let part = 0, from = items[at]! * sequence.width; part < sequence.width; part++) shopper[part]! += weight * sequence.had[from + part]!;
      length += weight * weight;
    }
    const scale = mixture.sequenceShare / Math.sqrt(length || 1);
    for (let part = 0; part < sequence.width; part++) shopper[part]! *= scale;
  }

  function ofSequence(item: number): number {
    // Four sums at once: a chain of additions would wait for each other.
    let a = mixture.sequenceShare * sequence.bias[item]!;
    let b = 0;
    let c = 0;
    let d = 0;
    let part = 0;
    let at = item * width;
    for (; part + 3 < width; part += 4, at += 4) {
      a += shopper[part]! * next[at]!;
      b += shopper[part + 1]! * next[at + 1]!;
      c += shopper[part + 2]! * next[at + 2]!;
      d += shopper[part + 3]! * next[at + 3]!;
    }
    for (; part < width; part++, at++) a += shopper[part]! * next[at]!;
    return a + b + c + d;
  }

  function score(items: ArrayLike<number>): Float32Array {
    scores.fill(0);
    addNeighbours(items);
    describe(items);
    if (!isLikely) {
      for (let item = 0; item < itemCount; item++) scores[item]! += ofSequence(item);
      return scores;
    }
    for (let item = 0; item < itemCount; item++) {
      if (scores[item]! > 0 || isLikely[item] === 1) scores[item]! += ofSequence(item);
      else scores[item] = UNSCORED + sequence.bias[item]!;
    }
    return scores;
  }

  return {
    score,
    best(items, count, without = () => false) {
      const had = new Set(Array.from(items));
      return largest(score(items), count, (item) => had.has(item) || without(item));
    },
    because(items, item) {
      let loudest: number | null = null;
      let most = 0;
      let weight = 1;
      for (let at = items.length - 1, last = Math.max(0, items.length - HISTORY_MAX); at >= last && weight >= PAST_WEIGHT; at--, weight *= mixture.decay) {
        const said = weight * weightBetween(neighbours, items[at]!, item);
        if (said > most) [most, loudest] = [said, items[at]!];
      }
      return loudest;
    },
  };
}

/** How much `from` speaks for `to`. */
function weightBetween({ offsets, items, weights }: Neighbours, from: number, to: number): number {
  const at = items.subarray(offsets[from]!, offsets[from + 1]!).indexOf(to);
  return at < 0 ? 0 : weights[offsets[from]! + at]!;
}

/** Places of the `count` largest that are not left out, largest first. */
export function largest(scores: Float32Array, count: number, without: (item: number) => boolean): number[] {
  const found: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < scores.length; item++) {
    const value = scores[item]!;
    if ((found.length === count && value <= least) || without(item)) continue;
    let at = found.length === count ? count - 1 : found.length;
    for (; at > 0 && scores[found[at - 1]!]! < value; at--) found[at] = found[at - 1]!;
    found[at] = item;
    if (found.length === count) least = scores[found[count - 1]!]!;
  }
  return found;
}
