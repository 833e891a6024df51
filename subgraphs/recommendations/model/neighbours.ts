/**
 * The part of the model that is counted: what goes with what. EASE (Steck 2019), a linear autoencoder that has a closed form:
 * with G the items' co-occurrences and P = (G + λI)⁻¹, an item i speaks for an item j with −Pᵢⱼ / Pⱼⱼ. Dense in the
 * number of items, so it is solved for the most popular ones; a rarer item is regressed on those (P g, g its co-occurrences
 * with them). Of each item's row only the strongest are kept, which is what serving needs.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '#platform/tensors/tensors.ts';
import { invert } from './inverse.ts';
import { countItems, historyOf, type Interactions } from './interactions.ts';

/** For each item those it speaks for, strongest first, and how much. */
export interface Neighbours {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

export interface NeighbourOptions {
  /** λ: how little a few coincidences count. */
  lambda: number;
  /** Items that are solved densely: n² numbers of four bytes, 2 n³ operations. */
  headMax?: number;
  keep?: number;
}

export const NEIGHBOURS_KEPT = 150;
/** Speakers of an item of the tail. */
const SPEAKERS_KEPT = 50;
const HEAD_MAX = 3_000;
/** So many more are regressed on those; whatever is rarer is left to the sequence. */
const TAIL_MAX = 9_000;
const TAIL_AT_ONCE = 512;
/** Of a very long history the newest different items count: pairs grow with the square. */
const PAIRED_MAX = 500;

export function solveNeighbours(tf: TensorFlow, training: Interactions, { lambda, headMax = HEAD_MAX, keep = NEIGHBOURS_KEPT }: NeighbourOptions): Neighbours {
  const { head, rest, place } = chooseHead(training, headMax);
  const { gram, tail } = countPairs(training, head.length, place);
  for (let at = 0; at < head.length; at++) gram[at * head.length + at]! += lambda;
  const inverse = tf.tidy(() => invert(tf, tf.tensor2d(gram, [head.length, head.length])));
  const p = inverse.dataSync() as Float32Array;
  const rows = head.map((item, row) => strongest(headRow(p, head.length, row), (column) => head[column]!, item, keep));
  const ofTail = regressTail(tf, inverse, head, rest.map((item) => ({ item, counts: tail.get(item) ?? new Map() })), Math.min(keep, SPEAKERS_KEPT));
  inverse.dispose();
  return pack(training.items.length, head, rows, ofTail);
}

interface Head {
  head: number[];
  rest: number[];
  /** Where in `head` each item is; -1: it is not. */
  place: Int32Array;
}

function chooseHead(training: Interactions, headMax: number): Head {
  const counts = countItems(training);
  const ranked = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
  const head = ranked.slice(0, headMax);
  const place = new Int32Array(training.items.length).fill(-1);
  head.forEach((item, at) => (place[item] = at));
  return { head, rest: ranked.slice(headMax, headMax + TAIL_MAX), place };
}

/** How many users had both: of the head as a matrix with the popularity in the diagonal, of the others with the head as sparse rows. */
function countPairs(training: Interactions, size: number, place: Int32Array): { gram: Float32Array; tail: Map<number, Map<number, number>> } {
  const gram = new Float32Array(size * size);
  const tail = new Map<number, Map<number, number>>();
  for (let user = 0; user < training.users.length; user++) {
    const mine = [...new Set(historyOf(training, user).items.toReversed())].slice(0, PAIRED_MAX);
    const ofHead = mine.map((item) => place[item]!).filter((at) => at >= 0);
    for (const one of ofHead) for (const other of ofHead) gram[one * size + other]!++;
    for (const item of mine) {
      if (place[item]! >= 0) continue;
      let counts = tail.get(item);
      if (!counts) tail.set(item, (counts = new Map()));
      for (const at of ofHead) counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  }
  return { gram, tail };
}

function headRow(p: Float32Array, size: number, row: number): Float32Array {
  const weights = new Float32Array(size);
  for (let column = 0; column < size; column++) weights[column] = -p[row * size + column]! / p[column * size + column]!;
  weights[row] = 0;
  return weights;
}

interface Weighed {
  item: number;
  weight: number;
}

/** What the head speaks for in the tail, by item of the head. */
function regressTail(tf: TensorFlow, p: Tensor2D, head: readonly number[], tail: readonly { item: number; counts: ReadonlyMap<number, number> }[], keep: number): Map<number, Weighed[]> {
  const found = new Map<number, Weighed[]>(head.map((item) => [item, []]));
  for (let from = 0; from < tail.length; from += TAIL_AT_ONCE) {
    const some = tail.slice(from, from + TAIL_AT_ONCE);
    const counted = new Float32Array(some.length * head.length);
    some.forEach(({ counts }, row) => counts.forEach((count, column) => (counted[row * head.length + column] = count)));
    const weights = tf.tidy(() => tf.matMul(tf.tensor2d(counted, [some.length, head.length]), p).dataSync()) as Float32Array;
    some.forEach(({ item }, row) => {
      const ofItem = weights.subarray(row * head.length, (row + 1) * head.length);
      for (const speaker of strongest(ofItem, (column) => head[column]!, -1, keep)) found.get(speaker.item)!.push({ item, weight: speaker.weight });
    });
  }
  return found;
}

/** The `keep` largest by size without their sign. */
function strongest(weights: Float32Array, itemAt: (column: number) => number, without: number, keep: number): Weighed[] {
  const least = thresholdOf(weights, keep);
  const chosen: Weighed[] = [];
  for (let column = 0; column < weights.length; column++) {
    const weight = weights[column]!;
    if (weight !== 0 && Math.abs(weight) >= least && itemAt(column) !== without) chosen.push({ item: itemAt(column), weight });
  }
  return chosen;
}

function thresholdOf(weights: Float32Array, keep: number): number {
  if (weights.length <= keep) return 0;
  const sizes = weights.map(Math.abs).sort();
  return sizes[sizes.length - keep]!;
}

function pack(itemCount: number, head: readonly number[], rows: readonly Weighed[][], ofTail: ReadonlyMap<number, Weighed[]>): Neighbours {
  const byItem = new Map(head.map((item, row) => [item, [...rows[row]!, ...(ofTail.get(item) ?? [])].sort((a, b) => b.weight - a.weight)]));
  const offsets = new Int32Array(itemCount + 1);
  for (let item = 0; item < itemCount; item++) offsets[item + 1] = offsets[item]! + (byItem.get(item)?.length ?? 0);
  const items = new Int32Array(offsets[itemCount]!);
  const weights = new Float32Array(offsets[itemCount]!);
  for (const [item, list] of byItem) {
    list.forEach((each, index) => {
      items[offsets[item]! + index] = each.item;
      weights[offsets[item]! + index] = each.weight;
    });
  }
  return { offsets, items, weights };
}
