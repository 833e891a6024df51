/**
 * The embedded kv: maps in the process, with expiry. What guards (counters, locks) has a space of its own, so that a rush of
 * cached things cannot push a rate limit out. In each the oldest go first when it is full; a counter that is counted on is young.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Kv } from './kv.ts';

/** Keys kept at most in each space; losing one costs only speed. */
export const MAX_KEYS = 100_000;
const SWEEP_MS = 30_000;

interface Entry {
  value: string;
  expiresAtMs: number;
}

type Space = Map<string, Entry>;

export function createEmbeddedKv(clock: Clock, maxKeys = MAX_KEYS): Kv {
  const kept: Space = new Map();
  const guards: Space = new Map();
  const spaces = [kept, guards];

  /** A key is in one of the spaces at most. */
  function live(key: string): Entry | undefined {
    const space = spaces.find((each) => each.has(key));
    const entry = space?.get(key);
    if (!entry || entry.expiresAtMs > clock.nowMs()) return entry;
    space!.delete(key);
    return undefined;
  }

  function put(space: Space, key: string, value: string, ttlMs: number): void {
    if (!(ttlMs > 0)) throw new RangeError(`a key lives for more than 0 ms, not ${ttlMs}`);
    for (const each of spaces) each.delete(key);
    if (space.size >= maxKeys) space.delete(space.keys().next().value!);
    space.set(key, { value, expiresAtMs: clock.nowMs() + ttlMs });
  }

  const endSweep = clock.every(SWEEP_MS, () => {
    const nowMs = clock.nowMs();
    for (const space of spaces) for (const [key, entry] of space) if (entry.expiresAtMs <= nowMs) space.delete(key);
  });

  return {
    get: async (key) => live(key)?.value ?? null,
    set: async (key, value, ttlMs) => put(kept, key, value, ttlMs),
    async setIfAbsent(key, value, ttlMs) {
      if (live(key)) return false;
      put(guards, key, value, ttlMs);
      return true;
    },
    async delete(key) {
      for (const space of spaces) space.delete(key);
    },
    async increment(key, by, ttlMs) {
      const entry = live(key);
      if (!entry) {
        put(guards, key, String(by), ttlMs);
        return by;
      }
      const count = Number(entry.value) + by;
      if (!Number.isSafeInteger(count)) throw new RangeError(`${key} holds no number that can be counted on`);
      entry.value = String(count);
      // To the young end: whoever is being counted is not forgotten for those who are not.
      if (guards.delete(key)) guards.set(key, entry);
      return count;
    },
    async ttlMs(key) {
      const entry = live(key);
      return entry ? entry.expiresAtMs - clock.nowMs() : 0;
    },
    async close() {
      endSweep();
      for (const space of spaces) space.clear();
    },
  };
}
