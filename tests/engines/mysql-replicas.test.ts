/** Real processes of one room on one MySQL database: killed, paused past their lease, and followed. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '#platform/database/database.ts';
import { mill } from '#platform/testing/mill.ts';
import { Replicas } from '#platform/testing/replicas.ts';
import { MillProcess } from './mill-processes.ts';

const patiently = { timeout: 30_000, interval: 20 };
/** Processes take seconds to start where others want the same cores. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
let replicas: Replicas;
let look: Database;
const processes: MillProcess[] = [];
beforeEach(async () => {
  replicas = new Replicas(mill());
  look = await replicas.look();
});
afterEach(async () => {
  for (const each of processes.splice(0)) await each.kill();
  await replicas.close();
});

async function start(): Promise<MillProcess> {
  const started = await MillProcess.start(replicas.place);
  processes.push(started);
  return started;
}

const numbers = async (subject: string) => (await look.query<{ number: number }>('select number from mill_sacks where subject = ? order by place', [subject])).map(({ number }) => Number(number));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const epoch = async () => Number((await look.query<{ epoch: number }>('select epoch from platform_lease'))[0]?.epoch);
const count = async (sql: string) => Number((await look.query<{ count: number }>(sql))[0]!.count);

test('the holder is killed: the other tells what is in the outbox and goes on with sagas whose time has come', async () => {
  const [holder, follower] = [await start(), await start()];
  await holder.bake('loaf');
  await follower.grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual([1]);
  await holder.kill();
  await follower.grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual([1, 2]);
  await expect.poll(() => look.query('select kind from mill_loaves'), patiently).toEqual([{ kind: 'undone' }]);
});

test('a room that has one process goes on when it is started again after a kill, with what the killed one held', async () => {
  const first = await start();
  await first.grind('rye');
  await first.kill();
  const second = await start();
  await second.grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual([1, 2]);
});

test('a holder that is paused past its lease wakes up as none: it tells nothing more until it holds it again, and no tick runs twice', async () => {
  const [paused, follower] = [await start(), await start()];
  for (let number = 1; number <= 10; number++) await follower.grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual(upTo(10));
  await expect.poll(() => count('select count(*) as count from mill_inspections'), patiently).toBeGreaterThanOrEqual(1);

  paused.pause();
  for (let number = 11; number <= 20; number++) await follower.grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual(upTo(20));
  const before = paused.heard.length;
  paused.resume();
  for (let number = 21; number <= 40; number++) await (number % 2 ? paused : follower).grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual(upTo(40));
  // On a machine that let the follower wait for seconds the lease may have come back by then.
  if ((await epoch()) === 2) expect(paused.heard).toHaveLength(before);

  await expect.poll(() => count(`select count(*) as count from mill_inspections where inspector = '${follower.pid}'`), patiently).toBeGreaterThanOrEqual(1);
  await follower.kill();
  await paused.grind('rye');
  await expect.poll(() => numbers('rye'), patiently).toEqual(upTo(41));
  expect(await epoch()).toBeGreaterThanOrEqual(3);
  const inspections = () => count('select count(*) as count from mill_inspections');
  await paused.kill();
  // One run at most for each row, and a row is one tick of one process.
  expect(await inspections()).toBeLessThanOrEqual(await count("select count(*) as count from platform_task_run where task = 'mill.inspect'"));
  expect(await inspections()).toBeGreaterThanOrEqual(await count("select count(*) as count from platform_task_run where task = 'mill.inspect' and state = 'DONE'"));
});
