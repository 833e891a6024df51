/** The mall as processes: any of them is killed with -9, also the one that watches the others. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFleet, type Fleet } from '#app/distributed/fleet.ts';
import { readHolder } from '#app/data-dir.ts';
import { waitFor } from './mall-process.ts';
import { takePlace, type OwnPlace } from './own-place.ts';

const MAIN = fileURLToPath(new URL('../../app/distributed/main.ts', import.meta.url));
/** Generous: the machine may have much else to do. */
const START_WITHIN_MS = 180_000;
const KILLS_WITHIN_MS = 600_000;

const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};

interface Command {
  child: ChildProcess;
  said: string;
  ended: Promise<number | null>;
}

/** A field of every room, so that an answer without errors says that all of them serve. */
const EVERYBODY = `query ($cart: ID!, $order: ID!) {
  products(first: 1) { totalCount } viewer { email } stockLevels(first: 1) { totalCount } cart(id: $cart) { id } order(id: $order, guestToken: "none") { id payment { status } } recommendedProducts(first: 1) { product { id } }
}`;

describe('a fleet', () => {
  let place: OwnPlace;
  let fleet: Fleet;

  beforeAll(async () => {
    place = takePlace();
    const begunMs = performance.now();
    fleet = await openFleet({ engines: place.engines, dataDir: place.dataDir, replicas: { orders: 2 } });
    await fleet.ready();
    console.info(`first start of ${fleet.processes().length} processes: ready after ${inSeconds(performance.now() - begunMs)}`);
  }, START_WITHIN_MS);
  afterAll(async () => {
    await fleet?.close();
    await place?.remove();
  }, START_WITHIN_MS);

  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const response = await fetch(`${fleet.origin}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${fleet.token}` }, body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as { data: any; errors?: { extensions: { code: string } }[] };
  };
  const unavailable = async () => {
    const { data, errors = [] } = await ask(EVERYBODY, { cart: 'none', order: 'none' });
    if (!data) throw new Error(JSON.stringify(errors));
    return errors.filter(({ extensions }) => extensions.code === 'UNAVAILABLE');
  };

  test('every process killed with -9 is started again, and all rooms serve', async () => {
    const seconds: string[] = [];
    for (const { name, pid, restarts } of fleet.processes()) {
      const begunMs = performance.now();
      fleet.kill(name);
      await fleet.ready();
      await waitFor(async () => (await unavailable()).length === 0, () => `all rooms serve after ${name} was killed; ${fleet.said(name)}`);
      seconds.push(`${name} ${inSeconds(performance.now() - begunMs)}`);
      expect(fleet.process(name)).toMatchObject({ state: 'ready', restarts: restarts + 1 });
      expect(fleet.process(name).pid).not.toBe(pid);
      expect(alive(pid!)).toBe(false);
    }
    console.info(`killed with -9, serves again after: ${seconds.join(', ')} (target 5 s)`);
  }, KILLS_WITHIN_MS);

  test('while there is no router people wait, and are not refused', async () => {
    fleet.kill('router');
    await waitFor(async () => fleet.process('router').state === 'restarting', () => 'the router is missed');
    expect((await fetch(`${fleet.origin}/health/ready`)).status).toBeLessThan(600);
    await fleet.ready();
  }, START_WITHIN_MS);

  test('a process knows the account of its own rooms only, which may read no other room, and change nothing that is for ever', async () => {
    const environmentOf = (name: string) => Object.fromEntries(readFileSync(`/proc/${fleet.process(name).pid}/environ`, 'utf8').split('\0').map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
    const accounts = (name: string) => Object.entries(environmentOf(name)).filter(([variable, value]) => variable.startsWith('MYSQL_DSN') && value !== '').map(([variable]) => variable);
    expect(accounts('router')).toEqual([]);
    expect(accounts('orders-1')).toEqual(['MYSQL_DSN_ORDERS']);
    expect(accounts('payments')).toEqual(['MYSQL_DSN_PAYMENTS']);

    const own = environmentOf('payments').MYSQL_DSN_PAYMENTS!;
    const schema = new URL(own).pathname.slice(1);
    const connection = await createConnection({ uri: own });
    try {
      await expect(connection.query(`select * from ${schema.replace('payments', 'orders')}.platform_outbox`)).rejects.toThrow(/denied/);
      await expect(connection.query('update ledger_entry set amount_minor = 0')).rejects.toThrow(/denied/);
      await connection.query('select * from ledger_entry');
    } finally {
      await connection.end();
    }
  });

  test('a second fleet in the same place is refused, with the pid and port of the first', async () => {
    await expect(openFleet({ engines: place.engines, dataDir: place.dataDir })).rejects.toThrow(`process ${process.pid}, http://localhost:${fleet.port}`);
  });

  test('without an engine nothing is begun, and all that is missing is named', async () => {
    await expect(openFleet({ engines: { MYSQL_DSN: place.engines.MYSQL_DSN! }, dataDir: `${place.dataDir}/none` })).rejects.toThrow(/REDIS_ADDRESS is missing[^]*KAFKA_BROKERS is missing/);
  });
});

test('npm run distributed killed with -9 leaves no process behind; the next start finds a clean place, rolls when told, and ends on SIGTERM', async () => {
  const place = takePlace();
  const { CONSUL_ADDRESS: _consul, ...engines } = place.engines;
  const environment = { PATH: process.env.PATH, ...engines, DATA_DIR: place.dataDir, PORT: '0', SEED: 'none', LOG_LEVEL: 'warn', LANG: 'C' };
  const started: Command[] = [];

  function run(...words: string[]): Command {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const one: Command = { child, said: '', ended: new Promise<number | null>((resolve) => child.once('exit', resolve)) };
    for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (one.said += text));
    started.push(one);
    return one;
  }
  const pidsIn = (said: string) => [...new Set([...said.matchAll(/\(pid (\d+)/g)].map(([, pid]) => Number(pid)))];
  const isOpen = (one: Command) => waitFor(async () => {
    if (one.child.exitCode !== null) throw new Error(`it ended by itself: ${one.said}`);
    return one.said.includes('GoMall is open');
  }, () => `the mall is open; it said ${one.said}`);

  try {
    const first = run();
    await isOpen(first);
    const begunMs = performance.now();
    first.child.kill('SIGKILL');
    await first.ended;
    await waitFor(async () => !pidsIn(first.said).some(alive), () => `all of ${pidsIn(first.said)} have ended`);
    console.info(`supervisor killed with -9: its processes were gone after ${inSeconds(performance.now() - begunMs)}`);

    const second = run();
    await isOpen(second);
    expect(readHolder(place.dataDir)!.pid).toBe(second.child.pid);
    const before = pidsIn(second.said);
    const rolling = run('rolling');
    expect(await rolling.ended, rolling.said).toBe(0);
    expect(rolling.said).toContain('all processes are new');
    expect(before.filter(alive)).toEqual([]);
    second.child.kill('SIGTERM');
    expect(await second.ended, second.said).toBe(0);
    expect(pidsIn(second.said).filter(alive)).toEqual([]);

    const late = run('rolling');
    expect(await late.ended).toBe(1);
    expect(late.said).toContain('Nothing runs on');
  } finally {
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await waitFor(async () => !started.flatMap(({ said }) => pidsIn(said)).some(alive), () => 'every process has ended');
    await place.remove();
  }
}, KILLS_WITHIN_MS);
