/** What every adapter of discovery promises, one body over all of them. Instances are real servers on loopback. */
import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { engineAddress } from '#tests/engines.ts';
import { createConsulDiscovery } from './consul.ts';
import type { Discovery, Instance, Registration, Watching } from './discovery.ts';
import { PROBE_EVERY_MS, PROBE_WITHIN_MS, SILENCES } from './roster.ts';
import { createDiscoveryTable } from './table.ts';

const adapters: { name: string; open(): Discovery }[] = [
  { name: 'table', open: () => createDiscoveryTable({ clock: systemClock, log: createLogger('silent'), addresses: {} }) },
];
/** A real one, where there is one. */
const consulAddress = engineAddress('consul');
const openConsul = (address: string) => createConsulDiscovery({ address, clock: systemClock, log: createLogger('silent') });
if (consulAddress) adapters.push({ name: 'consul', open: () => openConsul(consulAddress) });

/** The looks it takes, and what a busy machine adds. */
const NOTICED_WITHIN_MS = SILENCES * PROBE_EVERY_MS + PROBE_WITHIN_MS + 8_000;

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Served extends Registration {
  server: Server;
  state: { well: boolean; hangs: boolean; aheadMs: number };
}

async function serve(module: string): Promise<Served> {
  const state = { well: true, hangs: false, aheadMs: 0 };
  const server = createServer((_, response) => void (state.hangs || response.writeHead(state.well ? 200 : 503, { connection: 'close', date: new Date(Date.now() + state.aheadMs).toUTCString() }).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))));
  return { id: `${module}-${systemIds.uuid()}`, module, address: `http://127.0.0.1:${(server.address() as { port: number }).port}`, healthPath: '/health/ready', server, state };
}

/** Resolves when exactly these are well. */
function become(watching: Watching, expected: readonly Instance[]): Promise<void> {
  const ids = expected.map(({ id }) => id).sort();
  const fits = () => JSON.stringify(watching.current().map(({ id }) => id).sort()) === JSON.stringify(ids);
  return new Promise((resolve, reject) => {
    const cancel = systemClock.after(NOTICED_WITHIN_MS, () => reject(new Error(`not within ${NOTICED_WITHIN_MS} ms: ${JSON.stringify(watching.current())}`)));
    const stop = watching.changed(look);
    function look(): void {
      if (!fits()) return;
      stop();
      cancel();
      resolve();
    }
    look();
  });
}

describe.each(adapters)('discovery: $name', ({ open }) => {
  function opened(): Discovery {
    const discovery = open();
    closing.push(() => discovery.close());
    return discovery;
  }
  const module = () => `room-${systemIds.token(6).replaceAll(/[^a-z]/gi, 'x').toLowerCase()}`;

  test('who registers is seen by those who watch, with its address, and is gone when it takes itself back', async () => {
    const discovery = opened();
    const name = module();
    const watching = discovery.watch(name);
    expect(watching.current()).toEqual([]);
    const [one, other] = [await serve(name), await serve(name)];
    const takeBack = await discovery.register(one);
    const otherBack = await discovery.register(other);
    await become(watching, [one, other]);
    expect(watching.current().map(({ address }) => address).sort()).toEqual([one.address, other.address].sort());
    await takeBack();
    await become(watching, [other]);
    await otherBack();
    await become(watching, []);
  });

  test('modules are told apart', async () => {
    const discovery = opened();
    const [one, other] = [await serve(module()), await serve(module())];
    closing.push(await discovery.register(one), await discovery.register(other));
    await become(discovery.watch(one.module), [one]);
    await become(discovery.watch(other.module), [other]);
  });

  test('one that says it is not ready is left out, and taken in again', async () => {
    const discovery = opened();
    const one = await serve(module());
    closing.push(await discovery.register(one));
    const watching = discovery.watch(one.module);
    await become(watching, [one]);
    one.state.well = false;
    await become(watching, []);
    one.state.well = true;
    await become(watching, [one]);
  });

  test('one that hangs with its port open is left out within two seconds', async () => {
    const discovery = opened();
    const one = await serve(module());
    closing.push(await discovery.register(one));
    await become(discovery.watch(one.module), [one]);
    one.state.hangs = true;
    await become(discovery.watch(one.module), []);
  });

  test('a clock that is apart is told of, with how far and whose; one that is within a few seconds is not', async () => {
    const discovery = opened();
    const [one, other] = [await serve(module()), await serve(module())];
    other.state.aheadMs = 1_500;
    closing.push(await discovery.register(one), await discovery.register(other));
    await Promise.all([become(discovery.watch(one.module), [one]), become(discovery.watch(other.module), [other])]);
    const ofClocks = () => discovery.ailments().filter((words) => words.startsWith('clocks:'));
    for (const [aheadMs, words] of [[180_000, /at least 1(79|80) s ahead of/], [-180_000, /at least 1(79|80|81) s behind/]] as const) {
      one.state.aheadMs = aheadMs;
      await expect.poll(ofClocks, { timeout: NOTICED_WITHIN_MS }).toEqual([expect.stringMatching(words)]);
      expect(ofClocks()[0]).toContain(`a process of ${one.module} is`);
    }
    one.state.aheadMs = 0;
    await expect.poll(ofClocks, { timeout: NOTICED_WITHIN_MS }).toEqual([]);
  });

  test('one that refuses the connection is left out at once, and taken in when it answers again', async () => {
    const discovery = opened();
    const one = await serve(module());
    closing.push(await discovery.register(one));
    const watching = discovery.watch(one.module);
    await become(watching, [one]);
    watching.refused(watching.current()[0]!);
    expect(watching.current()).toEqual([]);
    await become(watching, [one]);
  });
});

/** A line to Consul that can be cut. */
async function lineTo(address: string): Promise<{ address: string; cut(): Promise<void>; mend(): Promise<void> }> {
  const { hostname, port } = new URL(`http://${address}`);
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[socket, far], [far, socket]] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(one), other.destroy()));
    }
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = (server.address() as { port: number }).port;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  closing.push(() => (server.listening ? cut() : undefined));
  return { address: `127.0.0.1:${own}`, cut, mend: () => listen(own) };
}

describe.each(consulAddress ? [consulAddress] : [])('discovery: consul at %s, seen by several processes', (address) => {
  const opened = (at: string = address) => {
    const discovery = openConsul(at);
    closing.push(() => discovery.close());
    return discovery;
  };
  const module = () => `room-${systemIds.uuid()}`;

  test('one process registers, another sees it come and go', async () => {
    const one = await serve(module());
    const watching = opened().watch(one.module);
    const takeBack = await opened().register(one);
    await become(watching, [one]);
    await takeBack();
    await become(watching, []);
  });

  test('Consul is away: the last known serve, and health is still seen; it is back: news come again', async () => {
    const line = await lineTo(address);
    const [one, other] = await Promise.all([0, 0].map(() => serve('placeholder')));
    const name = module();
    const watching = opened(line.address).watch(name);
    const registry = opened();
    closing.push(await registry.register({ ...one!, module: name }));
    await become(watching, [one!]);
    await line.cut();
    closing.push(await registry.register({ ...other!, module: name }));
    one!.state.well = false;
    await become(watching, []);
    one!.state.well = true;
    await become(watching, [one!]);
    await line.mend();
    await become(watching, [one!, other!]);
  });

  test('a Consul that has forgotten an instance is told of it again', async () => {
    const one = await serve(module());
    closing.push(await opened().register(one));
    const watching = opened().watch(one.module);
    await become(watching, [one]);
    let left = 0;
    watching.changed(() => (left += 1));
    await fetch(`http://${address}/v1/agent/service/deregister/${one.id}`, { method: 'PUT' });
    await expect.poll(async () => Object.keys((await (await fetch(`http://${address}/v1/agent/services`)).json()) as object).includes(one.id), { timeout: 10_000 }).toBe(true);
    expect(left).toBe(0);
  });

  test('an instance in maintenance is left out', async () => {
    const one = await serve(module());
    closing.push(await opened().register(one));
    const watching = opened().watch(one.module);
    await become(watching, [one]);
    await fetch(`http://${address}/v1/agent/service/maintenance/${one.id}?enable=true`, { method: 'PUT' });
    await become(watching, []);
  });

  test('a start does not hang on a Consul that is not there, and an address that is none is said', async () => {
    const one = await serve(module());
    await (await opened('127.0.0.1:1').register(one))();
    expect(() => openConsul('http://consul/path?x')).toThrow(/nothing else follows the host/);
  });
});
