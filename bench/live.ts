/**
 * How long a hint takes from the process that publishes it to a listener in another, over Redis. `REDIS_ADDRESS=… node
 * bench/live.ts [messages]` prints two lines. The second says how long the publisher's own event loop stood still: on a busy
 * machine a process waits for its turn, and no hint is faster than that. The clock is the machine's monotonic one, which both processes share.
 */
import { fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { openRedis } from '#platform/redis/open.ts';
import { createLogger } from '#platform/telemetry/log.ts';

const MESSAGES = Number(process.argv[2] ?? 20_000);
const WARM_UP = 500;
const PER_TICK = 5;
/** Channels in all, of which the messages go to one after the other: a shop has many orders that somebody watches. */
const CHANNELS = 200;
const TARGET_P99_MS = 20;

const address = process.env.REDIS_ADDRESS;
if (!address) throw new Error('REDIS_ADDRESS must hold the address of a Redis');
const { kv, live } = await openRedis({ address, clock: systemClock, ids: systemIds, log: createLogger('warn') });
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

if (process.send) await listen();
else await publish();

async function listen(): Promise<void> {
  const latencies: number[] = [];
  const over = Promise.withResolvers<void>();
  let ready = 0;
  for (let index = 0; index < CHANNELS; index++) {
    void (async () => {
      for await (const hint of live.listen(`bench-${index}`)) {
        const sentMs = Number(hint);
        // The first says that the channel is listened to.
        if (Number.isNaN(sentMs)) ++ready === CHANNELS && process.send!('ready');
        else latencies.push(nowMs() - sentMs);
        if (latencies.length === MESSAGES + WARM_UP) over.resolve();
      }
    })();
  }
  process.once('message', () => over.resolve());
  await over.promise;
  await new Promise((sent) => process.send!(latencies.slice(WARM_UP), sent));
  await Promise.all([kv.close(), live.close()]);
  process.disconnect();
}

async function publish(): Promise<void> {
  const listener = fork(new URL(import.meta.url), process.argv.slice(2), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const message = () => new Promise<unknown>((resolve) => listener.once('message', resolve));
  await message();
  const answer = message();
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const cpu = process.cpuUsage();
  const begunMs = nowMs();
  for (let sent = 0; sent < MESSAGES + WARM_UP; ) {
    for (let index = 0; index < PER_TICK; index++, sent++) live.publish(`bench-${sent % CHANNELS}`, String(nowMs()));
    await pause(1);
  }
  stalls.disable();
  const seconds = (nowMs() - begunMs) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const missing = systemClock.after(2_000, () => listener.send('enough'));
  const latencies = ((await answer) as number[]).sort((left, right) => left - right);
  missing();
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!.toFixed(2);
  console.log(
    `${latencies.length} of ${MESSAGES} hints heard in another process, ${(MESSAGES / seconds).toFixed(0)}/s over ${CHANNELS} channels: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (target ${TARGET_P99_MS}), ` +
      `longest ${at(1)} ms, ${((user + system) / 1_000 / MESSAGES).toFixed(3)} ms CPU a publish`,
  );
  console.log(`the event loop stood still for p99 ${(stalls.percentile(99) / 1e6).toFixed(2)} ms, at most ${(stalls.max / 1e6).toFixed(2)} ms`);
  await Promise.all([kv.close(), live.close()]);
}
