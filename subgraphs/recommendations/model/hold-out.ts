/** Leave-last-out: what a model is judged by is the last thing that a user did, and it never sees it. */
import { historyOf, type History, type Interactions } from './interactions.ts';

/** A user with fewer interactions teaches but is not asked. */
export const HELD_OUT_FROM = 3;

/** A user's last interaction, and what came before it. */
export interface Held {
  readonly user: number;
  readonly before: History;
  /** -1: training has never seen it, which no model can get right. */
  readonly item: number;
  readonly atMs: number;
}

export interface HeldOut {
  readonly training: Interactions;
  readonly held: readonly Held[];
}

/** Holds back the last interaction by time of every user who has at least three. Items of the training part are numbered anew. */
export function holdOutLast(all: Interactions): HeldOut {
  const userCount = all.users.length;
  const isAsked = (user: number) => all.offsets[user + 1]! - all.offsets[user]! >= HELD_OUT_FROM;
  const offsets = new Int32Array(userCount + 1);
  for (let user = 0; user < userCount; user++) {
    offsets[user + 1] = offsets[user]! + (all.offsets[user + 1]! - all.offsets[user]!) - (isAsked(user) ? 1 : 0);
  }
  const numbers = new Int32Array(all.items.length).fill(-1);
  const items: string[] = [];
  const item = new Int32Array(offsets[userCount]!);
  const atMs = new Float64Array(offsets[userCount]!);
  for (let user = 0; user < userCount; user++) {
    const from = all.offsets[user]!;
    for (let at = offsets[user]!; at < offsets[user + 1]!; at++) {
      const old = all.item[from + at - offsets[user]!]!;
      if (numbers[old] === -1) numbers[old] = items.push(all.items[old]!) - 1;
      item[at] = numbers[old]!;
      atMs[at] = all.atMs[from + at - offsets[user]!]!;
    }
  }
  const training = { users: all.users, items, offsets, item, atMs };
  const lastOf = (user: number) => ({ item: numbers[all.item[all.offsets[user + 1]! - 1]!]!, atMs: all.atMs[all.offsets[user + 1]! - 1]! });
  const held: Held[] = [];
  for (let user = 0; user < userCount; user++) {
    if (isAsked(user)) held.push({ user, before: historyOf(training, user), ...lastOf(user) });
  }
  return { training, held };
}
