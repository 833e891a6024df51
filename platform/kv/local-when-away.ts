/**
 * A shared kv that may be away without taking the shop down: what it cannot answer is answered by a kv of this process.
 * A limit then holds a process instead of the whole mall, a cache is colder, a lock is this process's own. Counts are
 * added to the shared ones, key by key, as soon as those can be had again; everything else of that time is forgotten.
 */
import { MAX_KEYS } from './embedded.ts';
import type { Kv } from './kv.ts';

/** `isAway` says which errors mean that the shared kv cannot answer; every other one is the caller's. */
export function localWhenAway(shared: Kv, local: Kv, isAway: (error: unknown) => boolean): Kv {
  /** Keys that were counted here. */
  const counted = new Set<string>();

  async function handOver(key: string): Promise<void> {
    if (!counted.delete(key)) return;
    const [count, ttlMs] = [Number(await local.get(key)), await local.ttlMs(key)];
    if (!(ttlMs > 0)) return;
    await local.delete(key);
    try {
      await shared.increment(key, count, ttlMs);
    } catch (error) {
      if (isAway(error)) await countHere(key, count, ttlMs);
      throw error;
    }
  }

  async function countHere(key: string, by: number, ttlMs: number): Promise<number> {
    if (counted.size >= MAX_KEYS) counted.delete(counted.values().next().value!);
    counted.add(key);
    return local.increment(key, by, ttlMs);
  }

  async function first<Answer>(ask: () => Promise<Answer>, instead: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error)) throw error;
      return instead();
    }
  }

  return {
    get: (key) => first(async () => (await handOver(key), shared.get(key)), () => local.get(key)),
    set(key, value, ttlMs) {
      counted.delete(key);
      return first(() => shared.set(key, value, ttlMs), () => local.set(key, value, ttlMs));
    },
    setIfAbsent: (key, value, ttlMs) => first(async () => (await handOver(key), shared.setIfAbsent(key, value, ttlMs)), () => local.setIfAbsent(key, value, ttlMs)),
    async delete(key) {
      counted.delete(key);
      await local.delete(key);
      await first(() => shared.delete(key), async () => undefined);
    },
    increment: (key, by, ttlMs) => first(async () => (await handOver(key), shared.increment(key, by, ttlMs)), () => countHere(key, by, ttlMs)),
    ttlMs: (key) => first(async () => (await handOver(key), shared.ttlMs(key)), () => local.ttlMs(key)),
    async close() {
      await Promise.all([shared.close(), local.close()]);
    },
  };
}
