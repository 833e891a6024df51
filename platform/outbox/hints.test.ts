import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { createEmbeddedLive } from '#platform/live/embedded.ts';
import type { Live } from '#platform/live/live.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createHints, HINT_EVERY_MS, type Hints } from './hints.ts';

let clock: ShiftedClock;
/** What carries hints between processes. */
let wire: Live;
let sent: string[];
beforeEach(() => {
  clock = createShiftedClock();
  wire = createEmbeddedLive();
  sent = [];
});
afterEach(async () => {
  clock.clear();
  await wire.close();
});

function process(held: boolean, alone = false) {
  const seen = { held, wakes: 0, looks: 0 };
  const live: Live = { ...wire, publish: (channel, payload) => (sent.push(`${channel} ${payload}`), wire.publish(channel, payload)) };
  const lease = { alone, held: () => seen.held, look: () => void seen.looks++ };
  const hints: Hints = createHints({ room: 'mill', lease, live, clock, log: createLogger('silent'), wake: () => void seen.wakes++ });
  hints.start();
  return { hints, seen };
}

test('a commit where the lease is not held wakes the relay of its holder, and nobody else', async () => {
  const [holder, follower, third] = [process(true), process(false), process(false)];
  follower.hints.committed();
  await expect.poll(() => holder.seen.wakes).toBe(1);
  expect([follower.seen.wakes, third.seen.wakes]).toEqual([0, 0]);
});

test('commits that follow closely share a hint, and none of them is left without one', async () => {
  const [holder, follower] = [process(true), process(false)];
  for (let commit = 0; commit < 100; commit++) follower.hints.committed();
  expect(sent).toHaveLength(1);
  await clock.advance(HINT_EVERY_MS);
  expect(sent).toHaveLength(2);
  await clock.advance(HINT_EVERY_MS);
  await clock.advance(HINT_EVERY_MS);
  expect(sent).toHaveLength(2);
  follower.hints.committed();
  expect(sent).toHaveLength(3);
  await expect.poll(() => holder.seen.wakes).toBe(3);
});

test('the holder says nothing of its own commits, nor does a process that has become it', async () => {
  const [holder, follower] = [process(true), process(false)];
  holder.hints.committed();
  follower.hints.committed();
  follower.hints.committed();
  follower.seen.held = true;
  await clock.advance(HINT_EVERY_MS);
  expect(sent).toEqual(['outbox:mill committed']);
});

test('who stops after it has given the lease back says that it is free, and those who wait look', async () => {
  const [holder, follower] = [process(true), process(false)];
  holder.seen.held = false;
  holder.hints.stop();
  await expect.poll(() => follower.seen.looks).toBe(1);
  expect(holder.seen.looks).toBe(0);
});

test('a process that is alone neither speaks nor listens', async () => {
  const { hints, seen } = process(true, true);
  wire.publish('outbox:mill', 'committed');
  seen.held = false;
  hints.committed();
  hints.stop();
  await clock.advance(HINT_EVERY_MS);
  expect([sent, seen.wakes]).toEqual([[], 0]);
});
