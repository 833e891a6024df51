/** The nemesis: everything that is done to the mall, one after the other or two at a time. */
import { Redis } from 'ioredis';
import { ROOM_NAMES } from '#app/modules.ts';
import { parseRedisAddress } from '#platform/redis/address.ts';
import { engineAct } from './engine-tool.ts';
import type { MallFleet } from './mall-fleet.ts';

export interface Fault {
  /** `kill orders`. */
  name: string;
  /** What it touches; two faults at a time touch different things. */
  targets: readonly string[];
  /** From its beginning to its end, at least and at most. */
  lastsMs: readonly [number, number];
  begin(fleet: MallFleet): Promise<void>;
  /** Heals it; done when what was taken away is back. */
  end(fleet: MallFleet): Promise<void>;
}

const MODULES = [...ROOM_NAMES, 'router'];
const OUTAGE_MS = [1_000, 4_000] as const;
const HANG_MS = [2_000, 5_000] as const;
/** The mall is told of changes by Consul within seconds; an outage outlasts that. */
const CONSUL_OUTAGE_MS = [4_000, 8_000] as const;
const AT_ONCE = [0, 0] as const;

/** Its process is started again by the fleet, not by us. */
const killModules = (...modules: readonly string[]): Fault => ({
  name: `kill ${modules.join(' and ')}`,
  targets: modules,
  lastsMs: AT_ONCE,
  begin: async (fleet) => modules.forEach((module) => fleet.kill(module)),
  end: async (fleet) => void (await Promise.all(modules.map((module) => fleet.back(module)))),
});

const killEngine = (engine: string, lastsMs: Fault['lastsMs'] = OUTAGE_MS): Fault => ({
  name: `kill ${engine}`, targets: [engine], lastsMs, begin: () => engineAct('kill', engine), end: () => engineAct('start', engine),
});

const hangEngine = (engine: string, lastsMs: Fault['lastsMs'] = HANG_MS): Fault => ({
  name: `hang ${engine}`, targets: [engine], lastsMs, begin: () => engineAct('pause', engine), end: () => engineAct('resume', engine),
});

const restartMariadb: Fault = {
  name: 'restart mariadb', targets: ['mariadb'], lastsMs: AT_ONCE, begin: () => engineAct('stop', 'mariadb'), end: () => engineAct('start', 'mariadb'),
};

const flushRedis: Fault = {
  name: 'flush redis',
  targets: ['redis'],
  lastsMs: AT_ONCE,
  async begin({ addresses }) {
    const { host, port } = parseRedisAddress(addresses.redis);
    const client = new Redis({ host, port });
    try {
      await client.flushall();
    } finally {
      client.disconnect();
    }
  },
  end: async () => {},
};

/** Of three brokers; the third goes on alone, without a quorum, until they are back. */
export const killTwoBrokers: Fault = {
  name: 'kill two of three brokers',
  targets: ['kafka'],
  lastsMs: [4_000, 8_000],
  begin: async () => void (await Promise.all(['kafka3-1', 'kafka3-2'].map((broker) => engineAct('kill', broker)))),
  end: async () => void (await Promise.all(['kafka3-1', 'kafka3-2'].map((broker) => engineAct('start', broker)))),
};

/** All that fit a mall on these engines, of which Kafka is one broker. */
export function faultsFor({ consul }: { consul: string | null }): Fault[] {
  return [
    ...MODULES.map((module) => killModules(module)),
    killModules('orders', 'payments'),
    killEngine('mariadb'), hangEngine('mariadb'), restartMariadb,
    killEngine('redis'), hangEngine('redis'), flushRedis,
    killEngine('kafka'), hangEngine('kafka'),
    ...(consul === null ? [] : [killEngine('consul', CONSUL_OUTAGE_MS), hangEngine('consul', CONSUL_OUTAGE_MS)]),
  ];
}

/** Pairs of faults that touch different things: first what touches everything once, then the others, then all again. */
export function drawPairs(faults: readonly Fault[], count: number, random: () => number): [Fault, Fault][] {
  const pairs: [Fault, Fault][] = [];
  let left: Fault[] = [];
  const take = (fits: (fault: Fault) => boolean): Fault => {
    if (!left.some(fits)) left.push(...inTurn(shuffled(faults, random)));
    return left.splice(left.findIndex(fits), 1)[0]!;
  };
  while (pairs.length < count) {
    const first = take(() => true);
    pairs.push([first, take(({ targets }) => !targets.some((target) => first.targets.includes(target)))]);
  }
  return pairs;
}

/** Those first that touch something which none before them has touched. */
function inTurn(faults: readonly Fault[]): Fault[] {
  const touched = new Set<string>();
  const isNew = new Map(faults.map((fault) => [fault, fault.targets.some((target) => !touched.has(target) && touched.add(target))]));
  return [...faults.filter((fault) => isNew.get(fault)), ...faults.filter((fault) => !isNew.get(fault))];
}

/** Fisher and Yates. */
function shuffled<T>(of: readonly T[], random: () => number): T[] {
  const all = [...of];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}
