/** Interactions with a known structure: tastes, popularity, and what people have next after what. */
import type { Interaction } from '../model/interactions.ts';
import { createRandom } from '../model/random.ts';

export interface PlantedOptions {
  interactions: number;
  users: number;
  items: number;
  tastes?: number;
  seed?: number;
  /** Of all steps, how many follow the item before. */
  following?: number;
}

const START_MS = Date.UTC(2026, 0, 1);
const STEP_MS = 3_600_000;

/**
 * An item belongs to one taste, a user to two; within a taste popularity falls by rank (Zipf), and every item has one that comes after
 * it. A twentieth is noise. Users come with an equal number of interactions each, twice as many for a few.
 */
export function* plantInteractions({ interactions, users, items, tastes = 20, seed = 1, following = 0.3 }: PlantedOptions): Generator<Interaction> {
  const random = createRandom(seed);
  const perTaste = Math.floor(items / tastes);
  const cumulative = zipf(perTaste);
  const popular = () => rankOf(cumulative, random.next());
  const name = (taste: number, rank: number) => `i${taste * perTaste + rank}`;
  const each = interactions / users;
  for (let user = 0, made = 0; made < interactions; user++) {
    const length = Math.max(1, Math.min(interactions - made, Math.round(each * (user % 8 === 0 ? 2 : 6 / 7))));
    made += length;
    const own = [random.below(tastes), random.below(tastes)];
    let last = { taste: own[0]!, rank: popular() };
    const had = new Set<string>();
    for (let step = 0; step < length; step++) {
      do last = nextOf(last, own); while (had.has(name(last.taste, last.rank)) && had.size < perTaste);
      had.add(name(last.taste, last.rank));
      yield { user: `u${user}`, item: name(last.taste, last.rank), atMs: START_MS + (step * users + user) * (STEP_MS / 60) };
    }
  }

  function nextOf(last: { taste: number; rank: number }, own: readonly number[]) {
    if (random.next() < following) return { taste: last.taste, rank: (last.rank * 7 + 3) % perTaste };
    if (random.next() < 0.05) return { taste: random.below(tastes), rank: random.below(perTaste) };
    return { taste: own[random.below(2)]!, rank: popular() };
  }
}

function zipf(count: number): Float64Array {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sums[rank] = sum += 1 / (rank + 2) ** 0.9;
  return sums.map((value) => value / sum);
}

function rankOf(cumulative: Float64Array, draw: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! < draw) low = middle + 1;
    else high = middle;
  }
  return low;
}

