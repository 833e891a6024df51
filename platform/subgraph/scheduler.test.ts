import { expect, test } from 'vitest';
import { createShiftedClock } from '#platform/clock/shifted.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createScheduler } from './scheduler.ts';

const log = createLogger('silent');

test('a task runs at its times, never twice at once, and only where the lease is held', async () => {
  const clock = createShiftedClock();
  let leads = true;
  let runs = 0;
  let end = () => {};
  const scheduler = createScheduler('room', [{ name: 'sweep', everyMs: 1_000, run: () => new Promise<void>((resolve) => (runs++, (end = resolve))) }], { clock, log, leads: () => leads });
  scheduler.start();
  await clock.advance(1_000);
  await clock.advance(1_000);
  expect(runs).toBe(1);
  end();
  await clock.advance(0);
  await clock.advance(1_000);
  expect(runs).toBe(2);
  end();
  await clock.advance(0);
  leads = false;
  await clock.advance(1_000);
  expect(runs).toBe(2);
  await scheduler.stop();
});

test('a task that fails runs again at its time; a stop aborts the one under way and waits for its end', async () => {
  const clock = createShiftedClock();
  let runs = 0;
  let ended = false;
  const scheduler = createScheduler(
    'room',
    [
      {
        name: 'sweep',
        everyMs: 1_000,
        async run(signal) {
          if (++runs === 1) throw new Error('dust');
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          ended = true;
        },
      },
    ],
    { clock, log, leads: () => true },
  );
  scheduler.start();
  await clock.advance(1_000);
  await clock.advance(1_000);
  expect(runs).toBe(2);
  await scheduler.stop();
  expect(ended).toBe(true);
  expect(await scheduler.runNow('nothing')).toBe(false);
});
