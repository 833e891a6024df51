/** A rude mood for tests: late, twice, shuffled between keys. A seed gives the same rudeness again. */

/** Mulberry32: a small pseudo-random generator (Tommy Ettinger, public domain). Numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Mood {
  /** Milliseconds this delivery is held back; other keys overtake it meanwhile. */
  lateMs(): number;
  /** Whether the message comes once more, after others of its key. */
  twice(): boolean;
}

export const polite: Mood = { lateMs: () => 0, twice: () => false };

export function rude(seed: number): Mood {
  const random = seeded(seed);
  return { lateMs: () => (random() < 0.5 ? 0 : Math.ceil(random() * 20)), twice: () => random() < 0.3 };
}
