/**
 * Two processes of one room on one database: how long a message committed where the lease is not takes to the relay and its
 * handler in the other process, and how long nothing is relayed after the holder was killed. `MYSQL_DSN=… REDIS_ADDRESS=…
 * TEST_ENGINES=mysql,redis node bench/replicas.ts [messages] [kills]` prints two lines. Times are of the machine's monotonic clock.
 */
import { mill } from '#platform/testing/mill.ts';
import { Replicas } from '#platform/testing/replicas.ts';
import { MillProcess } from '../tests/engines/mill-processes.ts';

const MESSAGES = Number(process.argv[2] ?? 500);
const KILLS = Number(process.argv[3] ?? 5);
const WARM_UP = 50;
const TARGET_RECOVERY_MS = 5_000;

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const at = (sorted: readonly number[], part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;

const replicas = new Replicas(mill());
const look = await replicas.look();
let holder = await MillProcess.start(replicas.place);
let follower = await MillProcess.start(replicas.place);
try {
  await relayed();
  await recovered();
} finally {
  await holder.kill();
  await follower.kill();
  await replicas.close();
}

async function heardBy(mills: readonly MillProcess[], subject: string, number: number): Promise<number> {
  for (;;) {
    for (const each of mills) {
      const found = each.heard.findLast((heard) => heard.subject === subject && heard.number === number);
      if (found) return found.atMs;
    }
    await pause(1);
  }
}

async function relayed(): Promise<void> {
  const latencies: number[] = [];
  for (let index = 0; index < WARM_UP + MESSAGES; index++) {
    const { number, atMs } = await follower.grind('rye');
    const heardMs = await heardBy([holder, follower], 'rye', number);
    if (index >= WARM_UP) latencies.push(heardMs - atMs);
    await pause(5);
  }
  const sorted = latencies.toSorted((a, b) => a - b);
  console.log(`committed without the lease → handled by its holder, ${MESSAGES} messages: p50 ${at(sorted, 0.5).toFixed(1)} ms, p99 ${at(sorted, 0.99).toFixed(1)} ms, most ${sorted.at(-1)!.toFixed(1)} ms`);
}

async function recovered(): Promise<void> {
  const messages: number[] = [];
  const sagas: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const loaf = `loaf-${kill}`;
    await holder.bake(loaf);
    await holder.kill();
    const killedMs = nowMs();
    const { number } = await follower.grind('oats');
    const [heardMs, undoneMs] = await Promise.all([heardBy([follower], 'oats', number), undone(loaf)]);
    messages.push(heardMs - killedMs);
    sagas.push(undoneMs - killedMs);
    holder = follower;
    follower = await MillProcess.start(replicas.place);
  }
  const most = (of: readonly number[]) => `${(Math.min(...of) / 1_000).toFixed(2)} to ${(Math.max(...of) / 1_000).toFixed(2)} s`;
  console.log(`kill -9 of the holder, ${KILLS} times → a message is handled after ${most(messages)}, a due saga has gone on after ${most(sagas)} (target ${TARGET_RECOVERY_MS / 1_000} s)`);
}

async function undone(loaf: string): Promise<number> {
  for (;;) {
    const rows = await look.query("select id from mill_loaves where id = ? and kind = 'undone'", [loaf]);
    if (rows.length > 0) return nowMs();
    await pause(5);
  }
}
