/** Item-to-item cosine (Sarwar et al. 2001): items are alike when the same users had them. */
import { countItems, historyOf, type Interactions } from '#subgraphs/recommendations/model/interactions.ts';
import type { Scorer } from '#subgraphs/recommendations/model/judge.ts';

export function itemCosine(training: Interactions): Scorer {
  const counts = countItems(training);
  const likeness = training.items.map(() => new Map<number, number>());
  for (let user = 0; user < training.users.length; user++) {
    const mine = [...new Set(historyOf(training, user).items)];
    for (const one of mine) for (const other of mine) if (one !== other) likeness[one]!.set(other, (likeness[one]!.get(other) ?? 0) + 1);
  }
  likeness.forEach((row, one) => row.forEach((times, other) => row.set(other, times / Math.sqrt(counts[one]! * counts[other]!))));
  return ({ items }) => {
    const scores = new Float64Array(training.items.length);
    for (const item of new Set(items)) for (const [other, value] of likeness[item]!) scores[other]! += value;
    return scores;
  };
}
