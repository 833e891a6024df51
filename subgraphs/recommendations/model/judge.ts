/** How good a ranking is: NDCG@10 and Recall@10 on what was held back (Järvelin and Kekäläinen 2002). */
import type { Held } from './hold-out.ts';
import type { History } from './interactions.ts';

export const JUDGED_AT = 10;

/** Scores every item for whoever has this history, higher is better; may write into `scores` of an earlier call. */
export type Scorer = (history: History) => Float32Array | Float64Array;

export interface Verdict {
  ndcg: number;
  recall: number;
  /** NDCG of each held-back interaction, in their order. */
  each: Float64Array;
}

/**
 * Ranks all items that the user has not had, and looks where the held-back one is. With one right answer, the ideal DCG is 1
 * and NDCG is 1 / log2(1 + place). Of equal scores the held-back item is put in the middle, so that nothing is won by ties.
 */
export function judge(held: readonly Held[], scorer: Scorer): Verdict {
  const each = new Float64Array(held.length);
  let hits = 0;
  held.forEach(({ before, item }, index) => {
    if (item < 0 || before.items.includes(item)) return;
    const place = placeOf(item, scorer(before), before.items);
    if (place > JUDGED_AT) return;
    hits++;
    each[index] = 1 / Math.log2(1 + place);
  });
  const count = Math.max(1, held.length);
  return { ndcg: each.reduce((sum, value) => sum + value, 0) / count, recall: hits / count, each };
}

/** From 1; between places where others have the same score. */
export function placeOf(item: number, scores: Float32Array | Float64Array, had: Int32Array): number {
  const own = scores[item]!;
  let above = 0;
  let equal = 0;
  for (let other = 0; other < scores.length; other++) {
    if (scores[other]! > own) above++;
    else if (scores[other] === own) equal++;
  }
  for (const other of new Set(had)) {
    if (scores[other]! > own) above--;
    else if (scores[other] === own) equal--;
  }
  // The item is equal to itself.
  return 1 + above + (equal - 1) / 2;
}
