/** The kv on Redis. Keys are `<prefix>:kv:{<key>}`: the braces are a hash tag, so what belongs to one key is on one node of a cluster. */
import type { Redis } from 'ioredis';
import type { Connection } from '#platform/redis/connection.ts';
import type { Kv } from './kv.ts';

/** Adds, and starts the time to live where there is none: in one step, so that no counter is ever without an end. */
const COUNT = `
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return tonumber(ARGV[1])
end
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if count > 9007199254740991 or count < -9007199254740991 then
  redis.call('DECRBY', KEYS[1], ARGV[1])
  return redis.error_reply('ERR value is not an integer or out of range')
end
return count
`;

export const KV_SCRIPTS = { count: { lua: COUNT, numberOfKeys: 1 } };

export interface KvClient extends Redis {
  count(key: string, by: number, ttlMs: number): Promise<number>;
}

/** Faults are the connection's: UNAVAILABLE at once or after its time-out. `local-when-away.ts` is the one that rooms get. */
export function createRedisKv(connection: Connection<KvClient>, prefix: string): Kv {
  const at = (key: string) => `${prefix}:kv:{${key}}`;
  return {
    get: (key) => connection.run((redis) => redis.get(at(key))),
    async set(key, value, ttlMs) {
      const ttl = whole(ttlMs);
      await connection.run((redis) => redis.set(at(key), value, 'PX', ttl));
    },
    async setIfAbsent(key, value, ttlMs) {
      const ttl = whole(ttlMs);
      return (await connection.run((redis) => redis.set(at(key), value, 'PX', ttl, 'NX'))) === 'OK';
    },
    async delete(key) {
      await connection.run((redis) => redis.del(at(key)));
    },
    async increment(key, by, ttlMs) {
      const ttl = whole(ttlMs);
      if (!Number.isSafeInteger(by)) throw new RangeError(`${key} can be counted on in whole numbers only, not by ${by}`);
      return connection.run((redis) => redis.count(at(key), by, ttl).catch(refuseWhatIsNoNumber(key)));
    },
    async ttlMs(key) {
      return Math.max(0, await connection.run((redis) => redis.pttl(at(key))));
    },
    close: async () => connection.close(),
  };
}

/** Redis counts whole milliseconds. */
function whole(ttlMs: number): number {
  if (!(ttlMs > 0)) throw new RangeError(`a key lives for more than 0 ms, not ${ttlMs}`);
  return Math.ceil(ttlMs);
}

const refuseWhatIsNoNumber = (key: string) => (error: unknown): never => {
  if (error instanceof Error && /not an integer|WRONGTYPE/.test(error.message)) throw new RangeError(`${key} holds no number that can be counted on`);
  throw error;
};
