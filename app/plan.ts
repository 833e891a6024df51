/** Which modules a process runs for its targets, and what it needs to reach those that it does not run. */
import { ConfigError, type Config } from './config.ts';
import type { Module } from './modules.ts';

export interface Plan {
  /** In the order of their start. */
  modules: string[];
  roomsHere: string[];
  /** Rooms that are reached in other processes. */
  roomsElsewhere: string[];
  /** Whether anything is said to, or heard from, another process. */
  crosses: boolean;
}

type Settings = Pick<Config, 'targets' | 'dev' | 'supervised' | 'sessionSecret' | 'moduleAddresses' | 'engines'>;

/** @throws ConfigError with a line for every unknown target and for everything that is missing between processes. */
export function planFor(settings: Settings, modules: Readonly<Record<string, Module>>, rooms: readonly string[]): Plan {
  const { targets } = settings;
  const unknown = targets.filter((target) => target !== 'all' && !(target in modules));
  if (unknown.length > 0) throw new ConfigError(unknown.map((name) => `--target=${name}: no such module; there are all, ${Object.keys(modules).join(', ')}`));

  const wanted = new Set<string>();
  const want = (name: string) => {
    wanted.add(name);
    modules[name]!.needs.forEach(want);
  };
  (targets.includes('all') ? Object.keys(modules).filter((name) => name !== 'server') : targets).forEach(want);
  const roomsHere = rooms.filter((name) => wanted.has(name));
  if (roomsHere.length > 0) want('bus');

  const hasRouter = wanted.has('router');
  const roomsElsewhere = rooms.filter((name) => !wanted.has(name));
  const crosses = roomsElsewhere.length > 0 || !hasRouter;
  if (crosses && roomsHere.length > 0) wanted.add('server');
  if (crosses) {
    const faults = missingBetweenProcesses(settings, { roomsHere, roomsElsewhere });
    if (faults.length > 0) throw new ConfigError(faults.map((fault) => `--target=${targets.join(',')}: ${fault}`));
  }
  return { modules: inOrder(wanted, modules), roomsHere, roomsElsewhere, crosses };
}

function missingBetweenProcesses({ dev, supervised, sessionSecret, moduleAddresses, engines }: Settings, { roomsHere, roomsElsewhere }: Pick<Plan, 'roomsHere' | 'roomsElsewhere'>): string[] {
  const faults: string[] = [];
  if (dev) faults.push('--dev is for one process with all modules');
  if (sessionSecret === null) faults.push('SESSION_SECRET is missing: processes sign what they say to each other; give all of them the same one');
  const lost = supervised || moduleAddresses.rooms || engines.CONSUL_ADDRESS ? [] : roomsElsewhere.filter((name) => !moduleAddresses[name]);
  if (lost.length > 0) faults.push(`CONSUL_ADDRESS is missing, or MODULE_ADDRESSES for ${lost.join(', ')}: not in this process, and nothing says where`);
  if (roomsHere.length > 0 && roomsElsewhere.length > 0) {
    const embedded = roomsHere.filter((name) => !engines.MYSQL_DSN && !engines[`MYSQL_DSN_${name.toUpperCase()}`]);
    if (embedded.length > 0) faults.push(`MYSQL_DSN is missing, or MYSQL_DSN_<ROOM> for ${embedded.join(', ')}: an embedded database is for one process with all rooms`);
    if (!engines.KAFKA_BROKERS) faults.push('KAFKA_BROKERS is missing: the embedded bus reaches the rooms of its own process only');
    if (!engines.REDIS_ADDRESS) faults.push('REDIS_ADDRESS is missing: the embedded kv and live reach the rooms of their own process only');
  }
  return faults;
}

function inOrder(wanted: ReadonlySet<string>, modules: Readonly<Record<string, Module>>): string[] {
  const ordered: string[] = [];
  const add = (name: string) => {
    if (!wanted.has(name) || ordered.includes(name)) return;
    [...modules[name]!.needs, ...(modules[name]!.after ?? [])].forEach(add);
    ordered.push(name);
  };
  Object.keys(modules).forEach(add);
  return ordered;
}
