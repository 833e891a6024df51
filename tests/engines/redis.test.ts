/** A Redis that dies, hangs, forgets or is full: the mall goes on, says so, and comes back by itself. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { rateLimit } from '#platform/kv/kv.ts';
import { LOOK_AGAIN } from '#platform/live/live.ts';
import { COMMAND_TIMEOUT_MS } from '#platform/redis/connection.ts';
import { openRedis, type OpenedRedis } from '#platform/redis/open.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { openOwnRedis, type OwnRedis } from './own-redis.ts';

const log = createLogger('silent');
/** Time for a busy machine to come to what must happen; never waited for when it has happened. */
const PATIENCE = { timeout: 10_000, interval: 20 };

let redis: OwnRedis;
const opened: OpenedRedis[] = [];
/** A process of the mall, as far as Redis sees it. */
async function process(address = redis.address): Promise<OpenedRedis> {
  const mine = await openRedis({ address, clock: systemClock, ids: systemIds, log });
  opened.push(mine);
  return mine;
}

beforeAll(async () => {
  redis = await openOwnRedis();
});
afterEach(async () => {
  for (const { kv, live } of opened.splice(0)) await Promise.all([kv.close(), live.close()]);
  await redis.command('FLUSHALL');
});
afterAll(() => redis.remove());

const isWell = (...all: OpenedRedis[]) => expect.poll(() => all.map(({ ailment }) => ailment()), PATIENCE).toEqual(all.map(() => null));
const isIll = (...all: OpenedRedis[]) => expect.poll(() => all.every(({ ailment }) => ailment() !== null), PATIENCE).toBe(true);

/** Increments without a pause until told to stop; answers how many there were and the longest wait. */
function traffic({ kv }: OpenedRedis, key: string) {
  let going = true;
  let done = 0;
  let longestMs = 0;
  const shopper = async () => {
    while (going) {
      const begunMs = performance.now();
      await kv.increment(key, 1, 60_000);
      longestMs = Math.max(longestMs, performance.now() - begunMs);
      done++;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const shoppers = Promise.all(Array.from({ length: 8 }, shopper));
  return {
    counted: () => done,
    async end() {
      going = false;
      await shoppers;
      return { done, longestMs };
    },
  };
}

describe('calls', () => {
  test.each([
    ['killed', 'kill', 'start'],
    ['hung with its port open', 'pause', 'resume'],
  ] as const)('Redis is %s in the middle of traffic: every call is answered, none late, and it is used again when it is back', async (_, end, begin) => {
    const [one, two] = [await process(), await process()];
    const busy = traffic(one, 'n');
    await expect.poll(() => busy.counted(), PATIENCE).toBeGreaterThan(100);
    await redis.act(end);
    await isIll(one);
    const before = busy.counted();
    await expect.poll(() => busy.counted(), PATIENCE).toBeGreaterThan(before + 100);
    await redis.act(begin);
    await isWell(one, two);
    const { longestMs } = await busy.end();
    // The answer that was due when Redis hung, and what else a machine of two cores has to do.
    expect(longestMs).toBeLessThan(COMMAND_TIMEOUT_MS + 700);
    expect(await one.kv.increment('shared', 1, 60_000)).toBe(1);
    expect(await two.kv.increment('shared', 1, 60_000)).toBe(2);
  });

  test('Redis forgets everything, scripts too: counting begins anew and goes on', async () => {
    const one = await process();
    for (let index = 1; index <= 3; index++) expect(await one.kv.increment('n', 1, 60_000)).toBe(index);
    await redis.command('FLUSHALL');
    await redis.command('SCRIPT', 'FLUSH');
    expect(await one.kv.increment('n', 1, 60_000)).toBe(1);
    expect(await one.kv.increment('n', 1, 60_000)).toBe(2);
    expect(one.ailment()).toBeNull();
  });

  test('a limit that was reached while Redis was full holds, also after Redis has room again, until its time is over', async () => {
    const one = await process();
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    try {
      for (let index = 0; index < 3; index++) expect(await rateLimit(one.kv, 'login', 3, 60_000)).toBe(0);
      expect(await rateLimit(one.kv, 'login', 3, 60_000)).toBeGreaterThan(0);
      expect(await one.kv.get('login')).toBe('4');
      expect(one.ailment()).toBe('redis: does not serve (it is full: raise maxmemory or let it evict); limits hold for each process alone, and live pages look once a second');
    } finally {
      await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    }
    expect(await one.kv.get('login')).toBe('4');
    expect(await one.kv.ttlMs('login')).toBeGreaterThan(50_000);
    await one.kv.delete('login');
    expect(await one.kv.get('login')).toBeNull();
  });
});

describe('live', () => {
  /** Gathers what a listener hears. */
  function ear({ live }: OpenedRedis, channel: string) {
    const heard: string[] = [];
    const hints = live.listen(channel);
    const listening = (async () => {
      for await (const hint of hints) heard.push(hint);
    })();
    return { heard, end: async () => (await hints.return!(), listening) };
  }
  const hears = (heard: string[], hint: string) => expect.poll(() => heard, PATIENCE).toContain(hint);

  test('what one process publishes is heard in another, once, and by nobody who has left', async () => {
    const [one, two] = [await process(), await process()];
    const [first, second, left] = [ear(two, 'a'), ear(two, 'a'), ear(two, 'b')];
    for (const { heard } of [first, second, left]) await hears(heard, LOOK_AGAIN);
    await left.end();
    await expect.poll(() => redis.command('PUBSUB', 'NUMSUB', 'gomall:live:b'), PATIENCE).toEqual(['gomall:live:b', 0]);
    expect(await redis.command('PUBSUB', 'NUMSUB', 'gomall:live:a')).toEqual(['gomall:live:a', 1]);
    one.live.publish('b', 'nobody');
    one.live.publish('a', '1');
    two.live.publish('a', '2');
    one.live.publish('a', 'last');
    for (const { heard } of [first, second]) {
      await hears(heard, 'last');
      expect(heard.filter((hint) => hint !== LOOK_AGAIN).sort()).toEqual(['1', '2', 'last']);
    }
    expect(left.heard).toEqual([LOOK_AGAIN]);
  });

  test.each([
    ['killed', 'kill', 'start'],
    ['hung', 'pause', 'resume'],
  ] as const)('Redis is %s: who listens looks once a second, hears its own process all the while, and the others again when Redis is back', async (_, end, begin) => {
    const [one, two] = [await process(), await process()];
    const channels = Array.from({ length: 20 }, (__, index) => ear(two, `channel-${index}`));
    for (const { heard } of channels) await hears(heard, LOOK_AGAIN);
    await redis.act(end);
    await isIll(one, two);
    for (const { heard } of channels) heard.length = 0;
    two.live.publish('channel-0', 'own');
    one.live.publish('channel-0', 'lost');
    await hears(channels[0]!.heard, 'own');
    for (const { heard } of channels) await expect.poll(() => heard.filter((hint) => hint === LOOK_AGAIN).length, PATIENCE).toBeGreaterThanOrEqual(2);

    await redis.act(begin);
    await isWell(one, two);
    const after = ear(two, 'after');
    await hears(after.heard, LOOK_AGAIN);
    for (const [index, { heard }] of channels.entries()) {
      heard.length = 0;
      await expect.poll(() => (one.live.publish(`channel-${index}`, 'again'), heard), PATIENCE).toContain('again');
    }
    expect(channels[0]!.heard).not.toContain('lost');
  });
});

describe('at start', () => {
  const refused = (address: string) => expect(process(address)).rejects;

  test('what will not mend itself is refused, with how to mend it', async () => {
    await redis.command('ACL', 'SETUSER', 'mall', 'on', '>right', '~gomall:*', '&gomall:*', '+@read', '+@write', '+@scripting', '+@pubsub', '+@connection', '+info');
    await redis.command('ACL', 'SETUSER', 'weak', 'on', '>right', '~gomall:*', '+@read', '+@connection', '+info');
    await refused(`redis://mall:wrong@${redis.address}`).toThrow('REDIS_ADDRESS: Redis at 127.0.0.1:');
    await refused(`redis://mall:wrong@${redis.address}`).toThrow('refuses the password of the user "mall"');
    await refused(`redis://weak:right@${redis.address}`).toThrow('ACL SETUSER weak on ~gomall:* &gomall:* +@read +@write');
    await refused(`${redis.address}/9999`).toThrow('has no database 9999');
    expect((await process(`redis://mall:right@${redis.address}`)).ailment()).toBeNull();
  });

  test('a port of something else is refused', async () => {
    const { createServer } = await import('node:http');
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await refused(`127.0.0.1:${(other.address() as { port: number }).port}`).toThrow('does not speak the protocol of Redis');
    other.close();
  });

  test('one that is away or full is no reason not to open, and is used from the moment it serves', async () => {
    await redis.act('kill');
    const early = await process();
    expect(early.ailment()).toContain('redis');
    expect(await early.kv.increment('n', 1, 60_000)).toBe(1);
    await redis.act('start');
    await isWell(early);
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    const full = await process();
    expect(full.ailment()).toContain('redis');
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    await isWell(full);
    expect(await full.kv.increment('m', 1, 60_000)).toBe(1);
    expect(await early.kv.increment('m', 1, 60_000)).toBe(2);
  });
});
