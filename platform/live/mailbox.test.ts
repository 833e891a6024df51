import { describe, expect, test } from 'vitest';
import { createEmbeddedLive } from './embedded.ts';
import { LOOK_AGAIN } from './live.ts';
import { createMailbox, stream } from './mailbox.ts';

describe('a mailbox', () => {
  test('gathers while the reader is busy, each key once', async () => {
    const mailbox = createMailbox(new AbortController().signal);
    for (const key of ['a', 'b', 'a']) mailbox.add(key);
    expect([...(await mailbox.take())!]).toEqual(['a', 'b']);
    const waiting = mailbox.take();
    mailbox.add('c');
    expect([...(await waiting)!]).toEqual(['c']);
  });

  test('follows a channel under a key, or by what the hint says', async () => {
    const live = createEmbeddedLive();
    const mailbox = createMailbox(new AbortController().signal);
    mailbox.follow(live, 'one', 'key');
    live.publish('one', 'whatever');
    expect([...(await mailbox.take())!]).toEqual(['key']);
    mailbox.follow(live, 'two', null);
    live.publish('two', 'itself');
    expect([...(await mailbox.take())!]).toEqual(['itself']);
    await live.close();
  });

  test('hears that hints may have been missed as a note under its key, and not at all where hints are the keys', async () => {
    const live = createEmbeddedLive();
    const mailbox = createMailbox(new AbortController().signal);
    mailbox.follow(live, 'one', null);
    mailbox.follow(live, 'two', 'key');
    live.publish('one', LOOK_AGAIN);
    live.publish('two', LOOK_AGAIN);
    expect([...(await mailbox.take())!]).toEqual(['key']);
    live.publish('one', 'itself');
    expect([...(await mailbox.take())!]).toEqual(['itself']);
    await live.close();
  });

  test('wakes with null when it is over, also for who waits already', async () => {
    const end = new AbortController();
    const mailbox = createMailbox(end.signal);
    const waiting = mailbox.take();
    end.abort();
    expect(await waiting).toBeNull();
    expect(await mailbox.take()).toBeNull();
  });

  test('a channel that fails is told to who waits', async () => {
    const mailbox = createMailbox(new AbortController().signal);
    const broken = { listen: async function* () { throw new Error('the engine is gone'); } };
    mailbox.follow(broken as never, 'one', 'key');
    await expect(mailbox.take()).rejects.toThrow('the engine is gone');
  });
});

describe('a stream', () => {
  test('ends at once when its reader goes while it waits, and cleans up', async () => {
    let cleaned = false;
    const values = stream(async function* (signal) {
      const mailbox = createMailbox(signal);
      try {
        for (let keys = await mailbox.take(); keys; keys = await mailbox.take()) yield* keys;
      } finally {
        cleaned = true;
      }
    });
    const waiting = values.next();
    await values.return!();
    expect([await waiting, cleaned]).toEqual([{ done: true, value: undefined }, true]);
  });

  test('ends when the client is gone', async () => {
    const gone = new AbortController();
    const values = stream(async function* (signal) {
      await createMailbox(signal).take();
    }, gone.signal);
    const waiting = values.next();
    gone.abort();
    expect((await waiting).done).toBe(true);
  });
});
