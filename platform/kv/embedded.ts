/** The embedded kv: a map in the process, with expiry. The oldest entries go first when it is full. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Kv } from './kv.ts';

/** Keys kept at most; losing one costs only speed. */
export const MAX_KEYS = 100_000;
const SWEEP_MS = 30_000;

interface Entry {
  value: string;
  expiresAtMs: number;
}

export function createEmbeddedKv(clock: Clock, maxKeys = MAX_KEYS): Kv {
  const entries = new Map<string, Entry>();

  function live(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (!entry || entry.expiresAtMs > clock.nowMs()) return entry;
    entries.delete(key);
    return undefined;
  }

  function put(key: string, value: string, ttlMs: number): void {
    if (!(ttlMs > 0)) throw new RangeError(`a key lives for more than 0 ms, not ${ttlMs}`);
    entries.delete(key);
    if (entries.size >= maxKeys) entries.delete(entries.keys().next().value!);
    entries.set(key, { value, expiresAtMs: clock.nowMs() + ttlMs });
  }

  const endSweep = clock.every(SWEEP_MS, () => {
    const nowMs = clock.nowMs();
    for (const [key, entry] of entries) if (entry.expiresAtMs <= nowMs) entries.delete(key);
  });

  return {
    get: async (key) => live(key)?.value ?? null,
    set: async (key, value, ttlMs) => put(key, value, ttlMs),
    async setIfAbsent(key, value, ttlMs) {
      if (live(key)) return false;
      put(key, value, ttlMs);
      return true;
    },
    delete: async (key) => void entries.delete(key),
    async increment(key, by, ttlMs) {
      const entry = live(key);
      if (!entry) {
        put(key, String(by), ttlMs);
        return by;
      }
      const count = Number(entry.value) + by;
      if (!Number.isSafeInteger(count)) throw new RangeError(`${key} holds no number that can be counted on`);
      entry.value = String(count);
      return count;
    },
    async ttlMs(key) {
      const entry = live(key);
      return entry ? entry.expiresAtMs - clock.nowMs() : 0;
    },
    async close() {
      endSweep();
      entries.clear();
    },
  };
}
