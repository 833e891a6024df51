/** Kv and live on one Redis, tried out before anybody uses them. Loaded only when REDIS_ADDRESS is set. */
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { createEmbeddedKv } from '#platform/kv/embedded.ts';
import type { Kv } from '#platform/kv/kv.ts';
import { localWhenAway } from '#platform/kv/local-when-away.ts';
import { createRedisKv, KV_SCRIPTS, type KvClient } from '#platform/kv/redis.ts';
import type { Live } from '#platform/live/live.ts';
import { createRedisLive } from '#platform/live/redis.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { parseRedisAddress } from './address.ts';
import { createConnection, isAway, type Connection } from './connection.ts';
import { explain, type Problem } from './problems.ts';
import { createTeller } from '#platform/telemetry/teller.ts';

export interface OpenedRedis {
  kv: Kv;
  live: Live;
  /** For health: what is wrong with Redis, without addresses; null when all is well. */
  ailment(): string | null;
}

/**
 * A Redis that is away, full or still loading is told in the log and the mall goes on without it; one that will never do
 * as it is (wrong password, missing permission, not a Redis) is a fault UNAVAILABLE that says how to mend it.
 */
export async function openRedis(settings: { address: string; clock: Clock; ids: Ids; log: Logger }): Promise<OpenedRedis> {
  const { clock, ids, log } = settings;
  const address = parseRedisAddress(settings.address);
  const teller = createTeller('redis', { clock, log });
  const commands = createConnection<KvClient>({ address, clock, teller, scripts: KV_SCRIPTS });
  const subscriber = createConnection({ address, clock, teller });
  const shared = createRedisKv(commands, address.prefix);
  await Promise.all([commands.start(), subscriber.start()]);
  const problem = commands.problem() ?? (await tryOut(shared, commands, subscriber, `${address.prefix}:live:tried-${ids.uuid()}`));
  if (problem?.lasting) {
    commands.close();
    subscriber.close();
    throw new Fault('UNAVAILABLE', `REDIS_ADDRESS: ${problem.words}`);
  }
  return {
    kv: localWhenAway(shared, createEmbeddedKv(clock), isAway),
    live: createRedisLive({ commands, subscriber, origin: ids.uuid(), prefix: address.prefix, clock, log }),
    ailment() {
      const problem = commands.problem() ?? subscriber.problem();
      return problem && `redis: does not serve (${problem.brief}); limits hold for each process alone, and live pages look once a second`;
    },
  };

  /** Everything the mall will want to do, once. */
  async function tryOut(kv: Kv, publisher: Connection<KvClient>, listener: Connection, channel: string): Promise<Problem | null> {
    try {
      const key = channel;
      await kv.increment(key, 1, 1_000);
      await kv.setIfAbsent(key, '', 1_000);
      await kv.ttlMs(key);
      await kv.delete(key);
      await listener.run((redis) => redis.subscribe(channel));
      await publisher.run((redis) => redis.publish(channel, ''));
      await listener.run((redis) => redis.unsubscribe(channel));
      return null;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return error.cause === undefined ? listener.problem() : explain(error.cause, address);
    }
  }
}
