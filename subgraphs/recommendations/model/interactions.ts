/** What shoppers did with what, as typed arrays: the form that everything in this folder counts in. */

/** One row: who, with what, when. */
export interface Interaction {
  user: string;
  item: string;
  atMs: number;
}

/** Users and items are numbers from 0; user u's interactions stand at `offsets[u]` to `offsets[u + 1]`, oldest first. */
export interface Interactions {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly offsets: Int32Array;
  /** Numbers of items. */
  readonly item: Int32Array;
  readonly atMs: Float64Array;
}

/**
 * What was done at the same time (all lines of an order are) stands in an order that has nothing to do with the one it is told
 * in: files and tables are sorted by item, and a model that learns what comes next would learn that instead of taste.
 */
export function collect(rows: Iterable<Interaction>): Interactions {
  const users = new Map<string, number>();
  const items = new Map<string, number>();
  const numberOf = (numbers: Map<string, number>, name: string) => {
    let number = numbers.get(name);
    if (number === undefined) numbers.set(name, (number = numbers.size));
    return number;
  };
  const user: number[] = [];
  const item: number[] = [];
  const atMs: number[] = [];
  for (const row of rows) {
    user.push(numberOf(users, row.user));
    item.push(numberOf(items, row.item));
    atMs.push(row.atMs);
  }
  const order = Int32Array.from(user.keys()).sort((a, b) => user[a]! - user[b]! || atMs[a]! - atMs[b]! || shuffled(user[a]!, item[a]!) - shuffled(user[b]!, item[b]!) || a - b);
  const offsets = new Int32Array(users.size + 1);
  for (const number of user) offsets[number + 1]!++;
  for (let number = 0; number < users.size; number++) offsets[number + 1]! += offsets[number]!;
  return {
    users: [...users.keys()],
    items: [...items.keys()],
    offsets,
    item: Int32Array.from(order, (at) => item[at]!),
    atMs: Float64Array.from(order, (at) => atMs[at]!),
  };
}

/** A number for a pair that tells nothing of either (the finaliser of MurmurHash3, https://github.com/aappleby/smhasher). */
function shuffled(user: number, item: number): number {
  let mixed = Math.imul(user + 1, 0x9e3779b1) ^ Math.imul(item + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** What one user did, oldest first. */
export interface History {
  readonly items: Int32Array;
  readonly atMs: Float64Array;
}

export function historyOf({ offsets, item, atMs }: Interactions, user: number): History {
  const [from, to] = [offsets[user]!, offsets[user + 1]!];
  return { items: item.subarray(from, to), atMs: atMs.subarray(from, to) };
}

/** Interactions an item, by its number. */
export function countItems({ items, item }: Interactions): Float64Array {
  const counts = new Float64Array(items.length);
  for (const number of item) counts[number]!++;
  return counts;
}

/** The newest time of all; 0 of none. */
export const newestMs = ({ atMs }: Interactions): number => atMs.reduce((newest, time) => Math.max(newest, time), 0);
