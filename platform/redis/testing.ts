/** Redis for tests: connections that must answer, under a prefix of their own so that tests do not meet. */
import type { Redis } from 'ioredis';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import type { Live } from '#platform/live/live.ts';
import { createRedisLive } from '#platform/live/redis.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { parseRedisAddress } from './address.ts';
import { createConnection, type Connection, type ConnectionSettings } from './connection.ts';
import { createTeller } from '#platform/telemetry/teller.ts';

const log = createLogger('silent');

/** Throws when Redis does not answer: a test that asked for it must not pass without it. */
export async function openConnection<Client extends Redis = Redis>(
  address: string,
  scripts?: ConnectionSettings['scripts'],
): Promise<{ connection: Connection<Client>; prefix: string }> {
  const prefix = `test-${systemIds.uuid()}`;
  const teller = createTeller('redis', { clock: systemClock, log });
  const connection = createConnection<Client>({ address: { ...parseRedisAddress(address), prefix }, clock: systemClock, teller, ...(scripts && { scripts }) });
  await connection.start();
  const problem = connection.problem();
  if (problem || !connection.ready()) throw new Error(problem?.words ?? 'Redis is not ready.');
  return { connection, prefix };
}

/** One end of a live port, as a process has it; ends that share a prefix hear each other. */
export async function openLive(address: string, prefix = `test-${systemIds.uuid()}`, clock: Clock = systemClock): Promise<Live> {
  const { connection: commands } = await openConnection(address);
  const { connection: subscriber } = await openConnection(address);
  const live = createRedisLive({ commands, subscriber, origin: systemIds.uuid(), prefix, clock, log });
  return {
    ...live,
    async close() {
      await live.close();
      commands.close();
    },
  };
}
