/** EASE (Steck 2019) without anything left out, as a reference: dense in items, or in users where these are fewer. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '#platform/tensors/tensors.ts';
import { historyOf, type Interactions } from '#subgraphs/recommendations/model/interactions.ts';
import { invert } from '#subgraphs/recommendations/model/inverse.ts';
import type { Scorer } from '#subgraphs/recommendations/model/judge.ts';

/** A matrix of this many rows takes 260 MB, and a minute or two. */
export const DENSE_MAX = 8_000;

export const isSmallEnough = ({ users, items }: Interactions): boolean => Math.min(users.length, items.length) <= DENSE_MAX;

export function ease(tf: TensorFlow, training: Interactions, lambda: number): Scorer {
  return training.users.length < training.items.length ? byUsers(tf, training, lambda) : byItems(tf, training, lambda);
}

function byItems(tf: TensorFlow, training: Interactions, lambda: number): Scorer {
  const size = training.items.length;
  const p = inverseOf(tf, size, lambda, (add) => eachUser(training, (items) => items.forEach((one) => items.forEach((other) => add(one, other)))));
  return ({ items }) => {
    const scores = new Float64Array(size);
    for (const item of new Set(items)) for (let other = 0, from = item * size; other < size; other++) scores[other]! -= p[from + other]!;
    return scores.map((score, item) => score / p[item * size + item]!);
  };
}

/** With X the users' items, (XᵀX + λI)⁻¹ = (I − Xᵀ (XXᵀ + λI)⁻¹ X) / λ (Woodbury): the same numbers from a smaller matrix. */
function byUsers(tf: TensorFlow, training: Interactions, lambda: number): Scorer {
  const size = training.users.length;
  const usersOf: number[][] = training.items.map(() => []);
  eachUser(training, (items, user) => items.forEach((item) => usersOf[item]!.push(user)));
  const k = inverseOf(tf, size, lambda, (add) => usersOf.forEach((users) => users.forEach((one) => users.forEach((other) => add(one, other)))));
  const diagonal = usersOf.map((users) => {
    let sum = 0;
    for (const one of users) for (const other of users) sum += k[one * size + other]!;
    return 1 - sum;
  });
  return ({ items }) => {
    const alike = new Float64Array(size);
    for (const item of new Set(items)) for (const user of usersOf[item]!) for (let other = 0, from = user * size; other < size; other++) alike[other]! += k[from + other]!;
    return Float64Array.from(usersOf, (users, item) => users.reduce((sum, user) => sum + alike[user]!, 0) / diagonal[item]!);
  };
}

function eachUser(training: Interactions, tell: (items: readonly number[], user: number) => void): void {
  for (let user = 0; user < training.users.length; user++) tell([...new Set(historyOf(training, user).items)], user);
}

function inverseOf(tf: TensorFlow, size: number, lambda: number, count: (add: (row: number, column: number) => void) => void): Float32Array {
  const gram = new Float32Array(size * size);
  count((row, column) => void gram[row * size + column]!++);
  for (let at = 0; at < size; at++) gram[at * size + at]! += lambda;
  const inverse = invert(tf, tf.tensor2d(gram, [size, size]) as Tensor2D);
  const values = (inverse.dataSync() as Float32Array).slice();
  inverse.dispose();
  return values;
}
