/** iALS: collaborative filtering for implicit feedback by alternating least squares (Hu, Koren, Volinsky 2008). */
import { historyOf, type Interactions } from '#subgraphs/recommendations/model/interactions.ts';
import type { Scorer } from '#subgraphs/recommendations/model/judge.ts';
import type { Random } from '#subgraphs/recommendations/model/random.ts';

export interface IalsOptions {
  /** Numbers a user and an item have. */
  factors: number;
  /** Confidence of what was seen is 1 + α, of everything else 1. */
  alpha: number;
  lambda: number;
}

const ROUNDS = 12;

export function ials(training: Interactions, { factors, alpha, lambda }: IalsOptions, random: Random): Scorer {
  const itemsOf = training.users.map((_, user) => [...new Set(historyOf(training, user).items)]);
  const usersOf: number[][] = training.items.map(() => []);
  itemsOf.forEach((items, user) => items.forEach((item) => usersOf[item]!.push(user)));
  const users = new Float64Array(itemsOf.length * factors);
  const items = Float64Array.from({ length: usersOf.length * factors }, () => random.normal() * 0.1);
  const solve = createSolver(factors, alpha, lambda);
  for (let round = 0; round < ROUNDS; round++) {
    const ofItems = gram(items, factors);
    itemsOf.forEach((seen, user) => solve(users.subarray(user * factors, (user + 1) * factors), seen, items, ofItems));
    const ofUsers = gram(users, factors);
    usersOf.forEach((seen, item) => solve(items.subarray(item * factors, (item + 1) * factors), seen, users, ofUsers));
  }
  const ofItems = gram(items, factors);
  const shopper = new Float64Array(factors);
  return (history) => {
    solve(shopper, [...new Set(history.items)], items, ofItems);
    const scores = new Float64Array(usersOf.length);
    for (let item = 0; item < scores.length; item++) {
      let sum = 0;
      for (let factor = 0, from = item * factors; factor < factors; factor++) sum += shopper[factor]! * items[from + factor]!;
      scores[item] = sum;
    }
    return scores;
  };
}

/** YᵀY, the lower half. */
function gram(rows: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width * width);
  for (let from = 0; from < rows.length; from += width) {
    for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) sums[i * width + j]! += rows[from + i]! * rows[from + j]!;
  }
  return sums;
}

/** Puts into `row` the x of (YᵀY + α Σ y yᵀ + λI) x = (1 + α) Σ y, over what was seen. */
function createSolver(width: number, alpha: number, lambda: number) {
  const a = new Float64Array(width * width);
  const x = new Float64Array(width);
  return (row: Float64Array, seen: readonly number[], others: Float64Array, base: Float64Array): void => {
    a.set(base);
    x.fill(0);
    for (const other of seen) {
      const from = other * width;
      for (let i = 0; i < width; i++) {
        const value = others[from + i]!;
        x[i]! += (1 + alpha) * value;
        for (let j = 0; j <= i; j++) a[i * width + j]! += alpha * value * others[from + j]!;
      }
    }
    for (let i = 0; i < width; i++) a[i * width + i]! += lambda;
    solveCholesky(a, x, width);
    row.set(x);
  };
}

/** A x = b for a symmetric positive definite A of which the lower half is given; b becomes x. */
function solveCholesky(a: Float64Array, b: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i]! -= a[i * n + k]! * b[k]!;
    b[i]! /= a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i]! -= a[k * n + i]! * b[k]!;
    b[i]! /= a[i * n + i]!;
  }
}
