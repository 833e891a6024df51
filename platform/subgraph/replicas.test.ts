/** Several processes of one room on one database: who relays, who resumes, and that nothing is lost or out of order when it changes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Live } from '#platform/live/live.ts';
import { SHARED_RESCAN_MS } from '#platform/outbox/relay.ts';
import { bake, grind, mill } from '#platform/testing/mill.ts';
import { Replicas } from '#platform/testing/replicas.ts';

const patiently = { timeout: 20_000, interval: 10 };

let replicas: Replicas;
beforeEach(() => (replicas = new Replicas(mill())));
afterEach(() => replicas.close());

const sacks = async () => (await (await replicas.look()).query<{ subject: string; number: number }>('select subject, number from mill_sacks order by place'));
const epoch = async () => Number((await (await replicas.look()).query<{ epoch: number }>('select epoch from platform_lease'))[0]!.epoch);

/** Looks at the outbox only when it is woken. */
const neverByItself: Clock = { ...systemClock, every: (periodMs, work) => (periodMs === SHARED_RESCAN_MS ? () => {} : systemClock.every(periodMs, work)) };
const deaf: Live = { publish() {}, listen: (_, signal) => noHints(signal), close: async () => {} };
async function* noHints(signal?: AbortSignal): AsyncGenerator<string> {
  if (!signal?.aborted) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
}

describe('the outbox', () => {
  test('what a process without the lease commits is told at once: the holder does not look by itself here', async () => {
    await replicas.open({ clock: neverByItself });
    const follower = await replicas.open();
    for (let number = 1; number <= 20; number++) {
      await grind(follower.hosted.deps, 'rye');
      await expect.poll(async () => (await sacks()).length, patiently).toBe(number);
    }
  });

  test('without hints it is found by a look', async () => {
    await replicas.open({ live: deaf });
    const follower = await replicas.open({ live: deaf });
    await grind(follower.hosted.deps, 'rye');
    await expect.poll(sacks, patiently).toEqual([{ subject: 'rye', number: 1 }]);
  });

  test('the holder is killed with messages in its outbox: the other tells them, and goes on', async () => {
    const holder = await replicas.open();
    const follower = await replicas.open();
    await Promise.all(Array.from({ length: 50 }, (_, index) => grind((index % 2 ? holder : follower).hosted.deps, `sort-${index % 3}`)));
    await holder.kill();
    await grind(follower.hosted.deps, 'rye');
    await expect.poll(async () => (await sacks()).length, patiently).toBe(51);
    expect(await epoch()).toBeGreaterThanOrEqual(2);
  });

  test('two relays at once, again and again, while both processes tell: nothing lost, nothing twice, each subject in its order', async () => {
    const [first, second] = [await replicas.open(), await replicas.open()];
    const database = await replicas.look();
    let telling = true;
    const told = [first, second].flatMap((replica) =>
      ['rye', 'oats', 'spelt'].map(async (subject) => {
        let count = 0;
        for (; telling; count++) await grind(replica.hosted.deps, subject);
        return count;
      }),
    );
    for (let round = 0; round < 4; round++) {
      const before = await epoch();
      // Taken from the holder behind its back: until it renews, both relay.
      await database.transaction((tx) => tx.execute("update platform_lease set holder = 'nobody', until_ms = 0"));
      await expect.poll(epoch, patiently).toBeGreaterThan(before);
    }
    telling = false;
    const count = (await Promise.all(told)).reduce((sum, each) => sum + each, 0);
    await expect.poll(async () => (await sacks()).length, patiently).toBe(count);
    for (const [subject, numbers] of Map.groupBy(await sacks(), (sack) => sack.subject)) {
      expect({ subject, numbers: numbers.map(({ number }) => Number(number)) }).toEqual({ subject, numbers: numbers.map((_, index) => index + 1) });
    }
    expect(await epoch()).toBeGreaterThanOrEqual(5);
  });
});

describe('sagas', () => {
  test('one whose time comes after the holder was killed goes on in the other process', async () => {
    const holder = await replicas.open();
    await replicas.open();
    const { database, sagas } = holder.hosted.deps;
    await database.transaction((tx) => sagas.start(tx, bake, 'loaf-1', { id: 'loaf-1' }));
    await holder.kill();
    const look = await replicas.look();
    await expect.poll(async () => look.query('select id, kind from mill_loaves'), patiently).toEqual([{ id: 'loaf-1', kind: 'undone' }]);
  });

  test('a process whose clock is minutes ahead does not end one before its time', async () => {
    await replicas.open();
    const ahead: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + 10 * 60_000 };
    const look = await replicas.look();
    // A file has no clock of its own: there all processes are on one machine.
    const hasty = await replicas.open({ clock: look.dialect === 'sqlite' ? systemClock : ahead });
    const { database, sagas } = hasty.hosted.deps;
    await database.transaction((tx) => sagas.start(tx, bake, 'loaf-1', { id: 'loaf-1' }));
    const [row] = await look.query<{ due_at_ms: number }>('select due_at_ms from platform_saga');
    expect(Math.abs(Number(row!.due_at_ms) - systemClock.nowMs())).toBeLessThan(60_000);
  });
});
