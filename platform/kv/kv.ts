/**
 * Short-lived shared facts: caches, counters, rate limits, locks. Losing all of it must cost only speed. While the engine
 * is away each process goes on with a kv of its own (`local-when-away.ts`): counts and locks are then a process's, and a
 * deletion may not reach the others before the time of the key is over.
 */
export interface Kv {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets only where nothing is set; tells whether it did. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** Adds `by` in one step and answers the new value; the time to live starts with the first increment. */
  increment(key: string, by: number, ttlMs: number): Promise<number>;
  /** Milliseconds until the key expires, or 0 when it is not there. */
  ttlMs(key: string): Promise<number>;
  close(): Promise<void>;
}

/** `limit` events in a fixed window of `windowMs`, by key. Answers 0, or the milliseconds to wait. */
export async function rateLimit(kv: Kv, key: string, limit: number, windowMs: number): Promise<number> {
  const count = await kv.increment(key, 1, windowMs);
  return count <= limit ? 0 : Math.max(1, await kv.ttlMs(key));
}
