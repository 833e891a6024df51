/**
 * Discovery by Consul: instances register with a health check of Consul's own, and are watched by blocking queries. Who is
 * well is seen from here (roster.ts), so that neither an agent that cannot reach an instance nor a Consul that is away
 * takes a working room off; then the last known addresses serve. What an operator sets into maintenance is left out.
 */
import Consul from 'consul';
import type { Clock } from '#platform/clock/clock.ts';
import { connectionProblem, saidBy } from '#platform/connection-problems.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createTeller } from '#platform/telemetry/teller.ts';
import { parseConsulAddress, type ConsulAddress } from './consul-address.ts';
import type { Discovery, Registration } from './discovery.ts';
import { HEALTH_PATH } from './discovery.ts';
import { createRoster } from './roster.ts';

export interface ConsulOptions {
  /** CONSUL_ADDRESS. */
  address: string;
  clock: Clock;
  log: Logger;
}

const CHECK_EVERY = '1s';
const CHECK_WITHIN = '800ms';
/** One that died without taking itself back is forgotten. */
const FORGET_AFTER = '10m';
/** A Consul that was started anew may know nobody: it is told again. */
const KEEP_EVERY_MS = 2_000;
/** And a list that is empty all at once is not believed before everybody had time for that. */
const DOUBT_MS = 5_000;
/** How long a start waits for Consul, and how long leaving does. */
const PATIENCE_MS = 3_000;
/** For an answer, but for that of a watch, which Consul holds back for WAIT. */
const REQUEST_TIMEOUT_MS = 2_000;
const WAIT = '30s';
const LONGEST_BACKOFF_MS = 2_000;
/** Letters of an error in the log. */
const SHOWN = 200;

interface Entry {
  Service: { ID: string; Meta?: Record<string, string> };
  Checks: { CheckID: string; Status: string }[];
}

interface Watched {
  end(): void;
}

/** @throws RangeError when the address is none. */
export function createConsulDiscovery({ address, clock, log }: ConsulOptions): Discovery {
  const target = parseConsulAddress(address);
  const { host, port, tls, token, prefix } = target;
  const consul = new Consul({ host, port, secure: tls, ...(token !== null && { defaults: { token } }), ...{ timeout: REQUEST_TIMEOUT_MS } });
  const roster = createRoster({ clock, log });
  const teller = createTeller('consul', { clock, log });
  const mine = new Map<string, Registration>();
  const watched = new Map<string, Watched>();
  let ailment: string | null = null;
  const stopKeeping = clock.every(KEEP_EVERY_MS, () => void keep());
  let keeping = false;

  function tell(error: unknown): void {
    const { brief, words } = explain(error, target);
    ailment = `consul: does not serve (${brief}); the last known addresses serve, and nobody new is found`;
    teller.trouble(`Consul at ${host}:${port} (CONSUL_ADDRESS) ${words}; the last known addresses serve.`);
  }

  function back(): void {
    ailment = null;
    teller.well(`Consul at ${host}:${port} answers again.`);
  }

  async function announce({ id, module, address: at, healthPath }: Registration): Promise<void> {
    const { hostname, port, protocol } = new URL(at);
    await consul.agent.service.register({
      id, name: `${prefix}-${module}`, address: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)), meta: { address: at, health: healthPath },
      check: { name: `${module} is ready`, http: at + healthPath, interval: CHECK_EVERY, timeout: CHECK_WITHIN, deregistercriticalserviceafter: FORGET_AFTER },
    });
  }

  /** Registers again whom Consul has forgotten, and sees whether it answers. */
  async function keep(): Promise<void> {
    if (keeping) return;
    keeping = true;
    try {
      const known = mine.size === 0 ? (await consul.status.leader(), {}) : await consul.agent.service.list();
      for (const registration of [...mine.values()]) if (!(registration.id in known) && mine.has(registration.id)) await announce(registration);
      back();
    } catch (error) {
      tell(error);
    } finally {
      keeping = false;
    }
  }

  /** Whether `work` was done in time; goes on by itself otherwise. */
  function inTime(work: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = clock.after(PATIENCE_MS, () => resolve(false));
      work.then(() => resolve(true), (error: unknown) => (tell(error), resolve(false))).finally(cancel);
    });
  }

  function follow(module: string): Watched {
    const watch = consul.watch({
      method: consul.health.service,
      options: { service: `${prefix}-${module}`, wait: WAIT } as Record<string, string>,
      backoffFactor: 50, backoffMax: LONGEST_BACKOFF_MS,
    });
    let known = 0;
    let doubting: (() => void) | undefined;
    watch.on('change', (entries: Entry[]) => {
      back();
      doubting?.();
      doubting = undefined;
      const registrations = entries.filter(isInService).map((entry) => toRegistration(module, entry));
      const take = () => {
        known = entries.length;
        roster.set(module, registrations);
      };
      if (entries.length === 0 && known > 0) doubting = clock.after(DOUBT_MS, take);
      else take();
    });
    watch.on('error', tell);
    return {
      end() {
        doubting?.();
        watch.end();
      },
    };
  }

  return {
    async register(registration) {
      mine.set(registration.id, registration);
      await inTime(announce(registration));
      return async () => {
        mine.delete(registration.id);
        await inTime(consul.agent.service.deregister(registration.id));
      };
    },
    watch(module) {
      if (!watched.has(module)) watched.set(module, follow(module));
      return roster.watch(module);
    },
    ailments: () => [...(ailment === null ? [] : [ailment]), ...roster.ailments()],
    async close() {
      stopKeeping();
      for (const each of watched.values()) each.end();
      roster.close();
      consul.destroy();
    },
  };
}

const isInService = ({ Service, Checks }: Entry): boolean =>
  Service.Meta?.address !== undefined && !Checks.some(({ CheckID, Status }) => Status === 'critical' && /^_(service|node)_maintenance/.test(CheckID));

function toRegistration(module: string, { Service: { ID, Meta } }: Entry): Registration {
  return { id: ID, module, address: Meta!.address!, healthPath: Meta!.health ?? HEALTH_PATH };
}

function explain(error: unknown, { host, tls, token, prefix }: ConsulAddress): { brief: string; words: string } {
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 401 || statusCode === 403) {
    const words = `${token === null ? 'wants an ACL token' : 'refuses the token'}: write https://:token@host:port, of a token with service_prefix "${prefix}-" { policy = "write" } and node_prefix "" { policy = "read" }`;
    return { brief: token === null ? 'it wants a token in CONSUL_ADDRESS' : 'it refuses the token in CONSUL_ADDRESS', words };
  }
  if (statusCode !== undefined && statusCode >= 500) return { brief: 'it has no leader or fails', words: `answers ${statusCode}: it has no leader, or fails; look at its own log` };
  if (statusCode !== undefined) return { brief: 'it is no Consul', words: `answers ${statusCode}: this is the port of something else, or of a Consul older than 1.7` };
  const said = saidBy(error);
  if (/wrong version number|EPROTO|packet length too long/i.test(said)) return { brief: 'it does not speak TLS', words: 'does not speak TLS on this port: write http:// instead of https://, or give the TLS port, often 8501' };
  if (/Parse Error|HPE_|JSON/i.test(said)) return { brief: 'it is no Consul', words: 'does not speak HTTP as Consul does: this is the port of something else' };
  return connectionProblem(said, { host, tls }) ?? { brief: 'it fails; the log says how', words: `failed: ${said.slice(0, SHOWN)}` };
}
