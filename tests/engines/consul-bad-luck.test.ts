/** A Consul that hangs, wants a token, or shows a certificate that has expired: the mall goes on, and says which part and why. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { createConsulDiscovery } from '#platform/discovery/consul.ts';
import { parseConsulAddress } from '#platform/discovery/consul-address.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createAuthority } from '#platform/testing/certificates.ts';
import { openDoor } from '#platform/testing/door.ts';
import { engineAddress } from '../engines.ts';

const consul = parseConsulAddress(engineAddress('consul')!);
/** Its own request's limit, the time between two of them, and what a busy machine adds. */
const PATIENCE = { timeout: 20_000, interval: 50 };
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function discoveryAt(address: string) {
  const discovery = createConsulDiscovery({ address, clock: systemClock, log: createLogger('silent') });
  ends.push(() => discovery.close());
  return discovery;
}
const ailing = (discovery: ReturnType<typeof discoveryAt>) => expect.poll(() => discovery.ailments().join(), PATIENCE);

test('one that hangs with its port open is told of within seconds, and no more once it answers', async () => {
  const door = await openDoor(consul);
  ends.push(() => door.close());
  const discovery = discoveryAt(`127.0.0.1:${door.port}`);
  const takeBack = await discovery.register({ id: systemIds.uuid(), module: `room-${systemIds.uuid()}`, address: 'http://127.0.0.1:1', healthPath: '/health/ready' });
  expect(discovery.ailments()).toEqual([]);
  door.stall();
  await ailing(discovery).toBe('consul: does not serve (it does not answer in time); the last known addresses serve, and nobody new is found');
  door.mend();
  await ailing(discovery).toBe('');
  await takeBack();
}, 60_000);

test('nothing there, and something else there', async () => {
  await ailing(discoveryAt('127.0.0.1:1')).toContain('nothing listens there');
  await ailing(discoveryAt('no-such-host.invalid:8500')).toContain('no machine of this name');
  await ailing(discoveryAt(`https://127.0.0.1:${consul.port}`)).toContain('it does not speak TLS');
});

test('a certificate that has expired, or of nobody we trust, is refused with what mends it; a good one serves', async () => {
  const authority = createAuthority();
  const at = async (expired: boolean) => {
    const door = await openDoor(consul, authority.issue({ expired }));
    ends.push(() => door.close());
    return `https://localhost:${door.port}`;
  };
  await ailing(discoveryAt(await at(false))).toContain('its certificate is not trusted');
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, authority.cert]);
  ends.push(() => setDefaultCACertificates(trusted));
  await ailing(discoveryAt(await at(true))).toContain('its certificate has expired');
  const good = discoveryAt(await at(false));
  await (await good.register({ id: systemIds.uuid(), module: `room-${systemIds.uuid()}`, address: 'http://127.0.0.1:1', healthPath: '/health/ready' }))();
  expect(good.ailments()).toEqual([]);
}, 60_000);

test('one that wants a token says so, a wrong one is told by the name of the setting, and the right one serves', async () => {
  const { port, token } = await openGuardedConsul();
  const register = async (address: string) => {
    const discovery = discoveryAt(address);
    const id = systemIds.uuid();
    ends.push(await discovery.register({ id, module: 'guarded', address: 'http://127.0.0.1:1', healthPath: '/health/ready' }));
    return discovery;
  };
  await ailing(await register(`http://127.0.0.1:${port}`)).toContain('it wants a token in CONSUL_ADDRESS');
  await ailing(await register(`http://:${systemIds.uuid()}@127.0.0.1:${port}`)).toContain('it refuses the token in CONSUL_ADDRESS');
  expect((await register(`http://:${token}@127.0.0.1:${port}`)).ailments()).toEqual([]);
}, 60_000);

/** A Consul of the test's own that lets in nobody without a token; the program is where the `engines` tool has put it. */
async function openGuardedConsul(): Promise<{ port: number; token: string }> {
  const home = process.env.ENGINES_HOME;
  if (!home) throw new Error('TEST_ENGINES names consul, so ENGINES_HOME must hold the folder of the engines');
  const place = mkdtempSync(join(tmpdir(), 'gomall-consul-'));
  const door = await openDoor(consul);
  // Ports that were free a moment ago.
  const ports = await Promise.all(Array.from({ length: 3 }, async () => {
    const probe = await openDoor(consul);
    await probe.close();
    return probe.port;
  }));
  await door.close();
  const [port, serf, server] = ports as [number, number, number];
  const token = systemIds.uuid();
  const hcl = ['disable_update_check = true', 'performance { raft_multiplier = 1 }', `acl { enabled = true default_policy = "deny" tokens { initial_management = "${token}" agent = "${token}" } }`];
  const child = spawn(join(home, 'bin/consul'), [
    'agent', '-dev', '-node', 'guarded', '-bind', '127.0.0.1', '-client', '127.0.0.1', '-http-port', String(port), '-dns-port', '-1', '-serf-lan-port', String(serf), '-serf-wan-port', '-1',
    '-server-port', String(server), '-grpc-port', '-1', '-grpc-tls-port', '-1', '-log-level', 'error', '-data-dir', place, ...hcl.flatMap((line) => ['-hcl', line]),
  ], { stdio: 'ignore' });
  ends.unshift(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    rmSync(place, { recursive: true, force: true });
  });
  const leads = async () => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/acl/token/self`, { headers: { 'x-consul-token': token } });
      return answer.status;
    } catch (error) {
      return (error as Error).message;
    }
  };
  await expect.poll(leads, { timeout: 30_000, interval: 100 }).toBe(200);
  return { port, token };
}
