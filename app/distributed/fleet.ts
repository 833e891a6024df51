/**
 * The whole mall as processes, one a room and the router in front: started, watched, started again when they die, replaced
 * one after the other. `npm run distributed`, tests and benchmarks open the same fleet:
 *
 *     const fleet = await openFleet({ engines, dataDir, replicas: { orders: 2 } });
 *     await fleet.ready();                      // every process serves
 *     await fetch(`${fleet.origin}/graphql`, …)
 *     fleet.process('orders-1');                // { name, pid, port, state, restarts, … }
 *     fleet.kill('orders-1', 'SIGKILL');        // it is started again by itself
 *     await fleet.ready();                      // and serves again
 *     await fleet.replace('orders-1');          // a successor first, then it is told to go
 *     await fleet.rollingRestart();             // all of them, one after the other
 *     await fleet.close();                      // graceful, within STOP_WITHIN_MS
 */
import { join } from 'node:path';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system.ts';
import { Fault } from '#platform/errors.ts';
import { LOOPBACK } from '#platform/http/listen.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { systemIds } from '#platform/ids/system.ts';
import { hasCompiledCode } from '../compile-cache.ts';
import { holdDataDir, keptSecret } from '../data-dir.ts';
import { openAccounts } from './accounts.ts';
import { openDoor, type Taker } from './door.ts';
import type { Life } from './life.ts';
import { placesFor } from './roles.ts';
import { openSeat, type Seat, type State } from './seat.ts';
import { keepTrouble, type Trouble } from './trouble.ts';

export interface FleetOptions {
  /** By variable: MYSQL_DSN, REDIS_ADDRESS and KAFKA_BROKERS have to be there; CONSUL_ADDRESS or else the supervisor says who is where. */
  engines: Readonly<Record<string, string>>;
  /** Held by this fleet until it is closed. */
  dataDir: string;
  /** Processes of a role, by its name; one each unless said otherwise. */
  replicas?: Readonly<Record<string, number>>;
  /** People come here; 0: any that is free. */
  port?: number;
  /** The first port of the processes, which take those after it by their order; absent: any that are free. */
  basePort?: number;
  /** Absent: made and kept in `dataDir`. */
  sessionSecret?: string | null;
  /** Other settings that all processes get (SEED, LOG_LEVEL, SHOP_…). SEED is `none` unless said otherwise. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Told after every change of what `processes` shows. */
  changed?(): void;
  clock?: Clock;
  ids?: Ids;
}

export interface FleetProcess {
  /** `orders`, or `orders-2` where there are several. */
  name: string;
  state: State;
  /** Null between two. */
  pid: number | null;
  /** Where it serves, on this machine. */
  port: number | null;
  restarts: number;
  startedMs: number | null;
  /** What is worse than it should be, or the last warning or error of its log. */
  trouble: string | null;
}

export interface Fleet {
  /** Where people reach the mall: `http://127.0.0.1:8080`. */
  origin: string;
  port: number;
  dataDir: string;
  /** Acts as an admin, for tools on this machine. */
  token: string;
  processes(): FleetProcess[];
  /** @throws Error when there is none of this name. */
  process(name: string): FleetProcess;
  /** Its log as it stands, the end of it. */
  said(name: string): string;
  /** Sends a signal to the process that is there now, `SIGKILL` unless said otherwise. */
  kill(name: string, signal?: NodeJS.Signals): void;
  /** Resolves when every process serves. @throws Fault UNAVAILABLE when one could not be started. */
  ready(): Promise<void>;
  /** A successor is started, then the process is told to go. @throws Fault UNAVAILABLE when the successor fails: then nothing has changed. */
  replace(name: string): Promise<void>;
  /** Every process, one after the other; ends at the first that cannot be replaced. */
  rollingRestart(): Promise<void>;
  /** Pids of all processes there are, also of those that come and go. */
  pids(): number[];
  /** Ends all of them, the router first, and gives `dataDir` free. */
  close(): Promise<void>;
}

const NEEDED = { MYSQL_DSN: 'mysql://user:password@localhost:3306', REDIS_ADDRESS: 'localhost:6379', KAFKA_BROKERS: 'localhost:9092' };
const LOOK_EVERY_MS = 50;
/** How long one that is to go waits for others to find its successor; one that hangs must not keep it. */
const KNOWN_WITHIN_MS = 10_000;

/** @throws Fault INVALID_INPUT for missing engines or odd replicas, UNAVAILABLE for an engine that does not answer or a port in use, DataDirHeld. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const { engines, replicas = {}, environment = {}, clock = systemClock, ids = systemIds, changed = () => {} } = options;
  const missing = Object.entries(NEEDED).filter(([name]) => !engines[name]);
  if (missing.length > 0) throw new Fault('INVALID_INPUT', missing.map(([name, form]) => `${name} is missing: the mall as processes needs its engines; it is like ${form}`).join('\n'));
  const places = placesFor(replicas);
  const dataDir = holdDataDir(options.dataDir, ids);
  try {
    return await open();
  } catch (error) {
    dataDir.release();
    throw error;
  }

  async function open(): Promise<Fleet> {
    const sessionSecret = options.sessionSecret ?? keptSecret(dataDir.path, ids);
    const accounts = openAccounts({ engines, secret: Buffer.from(keptSecret(dataDir.path, ids, 'accounts-secret')), clock });
    const own = new Map<string, Record<string, string>>();
    for (const room of new Set(places.flatMap(({ role }) => role.rooms))) own.set(room, await accounts.prepare(room));
    /** Rooms whose rights were narrowed once their schema stood. */
    const secured = new Set<string>();
    const door = await openDoor(options.port ?? 0, LOOPBACK, clock);
    const origin = `http://${LOOPBACK}:${door.port}`;
    dataDir.announce(door.port);

    const shared: Record<string, string | undefined> = {
      SEED: 'none', ...environment, PUBLIC_URL: environment.PUBLIC_URL ?? `http://localhost:${door.port}`,
      // An empty one stands above the one in a file `.env`.
      ...Object.fromEntries(Object.keys({ ...environment, ...engines }).filter((name) => name.startsWith('MYSQL_DSN_')).map((name) => [name, ''])),
      MYSQL_DSN: '', REDIS_ADDRESS: engines.REDIS_ADDRESS!, KAFKA_BROKERS: engines.KAFKA_BROKERS!, CONSUL_ADDRESS: engines.CONSUL_ADDRESS ?? '',
      MODULE_ADDRESSES: '', METRICS_PORT: '', PORT: '0', SESSION_SECRET: sessionSecret, DATA_DIR: dataDir.path, BLOBS_DIR: join(dataDir.path, 'blobs'),
    };
    const troubles = new Map<string, Trouble>(places.map(({ name }) => [name, keepTrouble(join(dataDir.path, 'logs', `${name}.log`))]));
    let closing: Promise<void> | null = null;
    let rolling: Promise<void> | null = null;
    const isCold = !hasCompiledCode();

    const seats: Seat[] = places.map((place, index) => openSeat({
      place, clock, trouble: troubles.get(place.name)!, greeted, opened, known, changed: refresh,
      async environment(port, successor) {
        if (successor) for (const room of place.role.rooms) if (secured.has(room)) own.set(room, await accounts.prepare(room));
        const at = port || (options.basePort && seats[index]!.lives().length === 0 ? options.basePort + index : 0);
        return { ...shared, ROOMS_PORT: String(at), ROOMS_ADDRESS: `http://${LOOPBACK}:${at}`, ...Object.assign({}, ...place.role.rooms.map((room) => own.get(room))) };
      },
    }));
    const seatOf = (name: string): Seat => {
      const seat = seats.find(({ place }) => place.name === name);
      if (!seat) throw new Error(`there is no process ${name}; there are ${places.map((place) => place.name).join(', ')}`);
      return seat;
    };

    function greeted(life: Life): void {
      told.delete(life);
      refresh();
    }

    async function opened(life: Life): Promise<void> {
      for (const [room, tables] of Object.entries(life.appendOnly)) {
        if (!own.has(room) || tables.length === 0) continue;
        await accounts.secure(room, tables);
        secured.add(room);
      }
    }

    /** Who serves, as all have to know it: those that are told to go are left out first. */
    function refresh(): void {
      const serving = seats.flatMap((seat) => seat.lives().filter(({ port, leaving }) => port !== null && !leaving).map((life) => ({ place: seat.place, life })));
      const addresses: Record<string, string[]> = {};
      for (const { place, life } of serving) for (const room of place.role.rooms) (addresses[room] ??= []).push(`http://${LOOPBACK}:${life.port}`);
      const text = JSON.stringify(addresses);
      if (text !== latest) version += 1;
      latest = text;
      for (const life of seats.flatMap((seat) => seat.lives())) {
        if (told.get(life) === version) continue;
        told.set(life, version);
        life.tell({ kind: 'addresses', version, addresses });
      }
      const routers = serving.filter(({ place, life }) => place.role.name === 'router' && life.health === 'well');
      if (routers.some(({ life }, index) => life !== leading[index]) || routers.length !== leading.length) {
        leading = routers.map(({ life }) => life);
        door.lead(leading.map((life): Taker => ({ take: (socket) => life.tell({ kind: 'connection' }, socket) })));
      }
      changed();
    }
    const told = new WeakMap<Life, number>();
    let latest = '';
    let version = 0;
    let leading: Life[] = [];

    async function known(): Promise<void> {
      const wanted = version;
      const deadlineMs = clock.nowMs() + KNOWN_WITHIN_MS;
      const waits = () => seats.some((seat) => seat.lives().some(({ servesSinceMs, leaving, found }) => servesSinceMs !== null && !leaving && found < wanted));
      while (waits() && clock.nowMs() < deadlineMs) await clock.sleep(LOOK_EVERY_MS);
    }

    const show = ({ place, state, life, restarts }: Seat): FleetProcess => ({
      name: place.name, state, restarts,
      pid: life?.pid ?? null, port: life?.port ?? null, startedMs: life?.startedMs ?? null,
      trouble: life?.degraded[0] ?? troubles.get(place.name)!.last(),
    });

    void startAll();

    /** All at once; but before the first start of a checkout one alone, which compiles for the others what they share. */
    async function startAll(): Promise<void> {
      const first = isCold ? seats.findLast(({ place }) => place.role.rooms.length > 0 && !place.role.onlyFirst)! : null;
      first?.start();
      await first?.settled();
      if (!closing) for (const seat of seats) if (seat !== first) seat.start();
    }

    async function roll(): Promise<void> {
      for (const seat of seats) if (!closing) await seat.replace();
    }

    async function closeAll(): Promise<void> {
      door.close();
      // Those in front first: what they have in flight needs those behind them.
      const front = seats.filter(({ place }) => place.role.rooms.length === 0);
      await Promise.all(front.map((seat) => seat.stop()));
      await Promise.all(seats.map((seat) => seat.stop()));
      dataDir.release();
    }

    return {
      origin, port: door.port, dataDir: dataDir.path, token: dataDir.holder.token,
      processes: () => seats.map(show),
      process: (name) => show(seatOf(name)),
      said: (name) => troubles.get(seatOf(name).place.name)!.tail(),
      kill: (name, signal = 'SIGKILL') => seatOf(name).life?.kill(signal),
      async ready() {
        await Promise.all(seats.map((seat) => seat.ready()));
        while (seats.some(({ life }) => life?.health !== 'well')) {
          if (closing) throw new Fault('UNAVAILABLE', 'The mall was closed before it was ready.');
          await clock.sleep(LOOK_EVERY_MS);
        }
      },
      replace: (name) => seatOf(name).replace(),
      rollingRestart: () => (rolling ??= roll().finally(() => void (rolling = null))),
      pids: () => seats.flatMap((seat) => seat.lives().map(({ pid }) => pid)),
      close: () => (closing ??= closeAll()),
    };
  }
}
