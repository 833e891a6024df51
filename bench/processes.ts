/**
 * `node bench/processes.ts`: what it costs to have the router in one process and the rooms in another, signed HTTP between
 * them. CPU is that of each process, user and system, divided by calls.
 */
import { startMall } from './mall.ts';
import { cpuMsOf, load, rssMbOf } from './measure.ts';
import { goods, measuredReads } from './operations.ts';
import { REFERENCE_MS, yardstickMs } from './yardstick/yardstick.ts';

const PORT = 18_180;
const ROOMS_PORT = 18_190;
const CONNECTIONS = 32;
const WARM_UP_CALLS = 1_000;
const shared = { SESSION_SECRET: 'only of this measurement, in both processes' };

const scale = REFERENCE_MS / (await yardstickMs());
const begun = performance.now();
const rooms = await startMall({ port: ROOMS_PORT, targets: 'users,products,inventory,cart,orders,payments,recommendations,notifications,goods', environment: { ...shared, ROOMS_PORT: String(ROOMS_PORT) } });
const router = await startMall({ port: PORT, seed: 'none', targets: 'router', environment: { ...shared, MODULE_ADDRESSES: `rooms=${rooms.origin}` } });
try {
  console.log(`both ready after ${((performance.now() - begun) / 1000).toFixed(1)} s with the demo goods; the router alone after ${(router.readyAfterMs / 1000).toFixed(1)} s`);
  for (const measured of measuredReads(await goods(router.origin))) await measure(measured);
  console.log(`scale ${scale.toFixed(2)}; RSS router ${rssMbOf(router.pid).toFixed(0)} MB, rooms ${rssMbOf(rooms.pid).toFixed(0)} MB`);
} finally {
  await router.stop();
  await rooms.stop();
}

async function measure(measured: ReturnType<typeof measuredReads>[number]): Promise<void> {
  const options = { origin: router.origin, pid: router.pid, connections: CONNECTIONS, ...measured };
  await load({ ...options, warmUpCalls: 0, calls: WARM_UP_CALLS });
  const before = cpuMsOf(rooms.pid);
  const cost = await load({ ...options, warmUpCalls: 0 });
  const roomsMs = (cpuMsOf(rooms.pid) - before) / cost.calls;
  const sum = cost.cpuMs + roomsMs;
  console.log(`${measured.operation}: router ${cost.cpuMs.toFixed(2)} ms + rooms ${roomsMs.toFixed(2)} ms = ${sum.toFixed(2)} ms, scaled ${(sum * scale).toFixed(2)}; p50 ${cost.p50Ms.toFixed(1)} ms, p99 ${cost.p99Ms.toFixed(1)} ms, ${cost.perSecond.toFixed(0)} a second, ${cost.failed} failed`);
}
