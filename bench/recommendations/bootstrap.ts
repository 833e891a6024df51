/** How sure a difference is: the paired bootstrap over users (Efron and Tibshirani 1993, chapter 13). */
import { createRandom } from '#subgraphs/recommendations/model/random.ts';

const RESAMPLES = 2_000;
const OUTSIDE = 0.025;

export interface Difference {
  mean: number;
  /** Of 95 %. */
  low: number;
  high: number;
}

/** Of two systems judged on the same users, in the same order. */
export function pairedDifference(one: Float64Array, other: Float64Array): Difference {
  const differences = one.map((value, index) => value - other[index]!);
  const count = differences.length;
  const random = createRandom(20_080_101);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let draw = 0; draw < count; draw++) sum += differences[random.below(count)]!;
    return sum / Math.max(1, count);
  }).sort();
  return {
    mean: differences.reduce((sum, value) => sum + value, 0) / Math.max(1, count),
    low: means[Math.floor(RESAMPLES * OUTSIDE)]!,
    high: means[Math.ceil(RESAMPLES * (1 - OUTSIDE)) - 1]!,
  };
}
