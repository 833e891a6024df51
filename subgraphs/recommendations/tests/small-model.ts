/** A model of four items that was made by hand: a and b go with each other, c with d. */
import type { Model } from '../model/model.ts';

export function smallModel(items = ['a', 'b', 'c', 'd'], offline = { ndcg: 0.5, recall: 0.6, popularityNdcg: 0.2, popularityRecall: 0.3, judged: 40 }): Model {
  return {
    items,
    neighbours: {
      offsets: Int32Array.of(0, 1, 2, 3, 4),
      items: Int32Array.of(1, 0, 3, 2),
      weights: Float32Array.of(0.5, 0.5, 0.25, 0.25),
    },
    sequence: {
      width: 2,
      had: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1),
      next: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1),
      bias: Float32Array.of(-1, -2, -3, -4),
    },
    mixture: { lambda: 100, decay: 0.9, sequenceShare: 0.02 },
    offline,
    learntFrom: { interactions: 100, users: 50, untilMs: 1_000 },
  };
}
