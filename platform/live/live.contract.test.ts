/** What every adapter of the live port promises, one body over all of them. */
import { describe, expect, test } from 'vitest';
import { openLive } from '#platform/redis/testing.ts';
import { engineAddress } from '#tests/engines.ts';
import { createEmbeddedLive } from './embedded.ts';
import { LIVE_BACKLOG, type Live } from './live.ts';

const adapters: { name: string; open(): Live | Promise<Live> }[] = [{ name: 'embedded', open: createEmbeddedLive }];

const redis = engineAddress('redis');
if (redis) adapters.push({ name: 'redis', open: () => openLive(redis) });

describe.each(adapters)('live: $name', ({ open }) => {
  test('who listens hears what is published from then on, on that channel only', async () => {
    const live = await open();
    live.publish('a', 'before');
    const heard = live.listen('a');
    live.publish('b', 'elsewhere');
    live.publish('a', 'one');
    live.publish('a', 'two');
    expect([(await heard.next()).value, (await heard.next()).value]).toEqual(['one', 'two']);
    await live.close();
  });

  test('everybody who listens hears it', async () => {
    const live = await open();
    const listeners = [live.listen('a'), live.listen('a')];
    const heard = listeners.map((each) => each.next());
    live.publish('a', 'x');
    expect((await Promise.all(heard)).map(({ value }) => value)).toEqual(['x', 'x']);
    await live.close();
  });

  test(`who is slow keeps the newest ${LIVE_BACKLOG}`, async () => {
    const live = await open();
    const slow = live.listen('a');
    for (let index = 0; index < LIVE_BACKLOG + 10; index++) live.publish('a', String(index));
    expect((await slow.next()).value).toBe('10');
    await live.close();
  });

  test('a signal, leaving the loop and closing each end listening', async () => {
    const live = await open();
    const controller = new AbortController();
    const aborted = live.listen('a', controller.signal);
    const waiting = aborted.next();
    controller.abort();
    expect((await waiting).done).toBe(true);
    expect((await live.listen('a', controller.signal).next()).done).toBe(true);

    const left: string[] = [];
    const loop = live.listen('a');
    live.publish('a', 'x');
    for await (const payload of loop) {
      left.push(payload);
      break;
    }
    expect(left).toEqual(['x']);
    expect((await loop.next()).done).toBe(true);

    const closed = live.listen('a');
    await live.close();
    expect((await closed.next()).done).toBe(true);
  });

  test('publishing with nobody there is no fault', async () => {
    const live = await open();
    expect(() => live.publish('nobody', 'x')).not.toThrow();
    await live.close();
  });
});
