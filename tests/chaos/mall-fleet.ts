/** The distributed mall that chaos is brought upon: a process a room and the router, on real engines, in a place of its own on each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFleet, type Fleet } from '#app/distributed/fleet.ts';
import { systemClock } from '#platform/clock/system.ts';
import { removeRoom } from '#platform/database/mysql-accounts.ts';
import { readMysqlAddress } from '#platform/database/mysql-address.ts';
import { systemIds } from '#platform/ids/system.ts';
import { removeTopics } from '#platform/testing/buses.ts';
import { openSchemas, ROOMS, type Books } from '../crash/books.ts';
import { pause } from '../crash/doomed-mall.ts';
import { COUNT_LEVELS, LOAD_GOODS, plenty } from '../crash/plenty.ts';
import { waitFor } from '../processes/mall-process.ts';
import { send } from './door.ts';
import type { Front } from './shopper.ts';

export interface EngineAddresses {
  mysql: string;
  redis: string;
  kafka: string;
  consul: string | null;
}

export interface MallFleet extends Front {
  fleet: Fleet;
  addresses: EngineAddresses;
  books: Books;
  /** SIGKILL. */
  kill(module: string): void;
  /** Resolves when what was killed serves again. */
  back(module: string): Promise<void>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 20;
/** Generous, as the machine may have much else to do. */
const START_LIMIT_MS = 180_000;

/** Opens it and fills it with goods. */
export async function openMallFleet(addresses: EngineAddresses): Promise<MallFleet> {
  const place = mkdtempSync(join(tmpdir(), 'gomall-chaos-'));
  const name = `chaos_${systemIds.uuid().slice(-8)}`;
  const mysql = new URL(addresses.mysql);
  mysql.pathname = name;
  const kafka = `${addresses.kafka}?prefix=${name}`;
  const engines = { MYSQL_DSN: mysql.href, REDIS_ADDRESS: `${addresses.redis}?prefix=${name}`, KAFKA_BROKERS: kafka, ...(addresses.consul && { CONSUL_ADDRESS: `${addresses.consul}?prefix=${name}` }) };
  const remove = async () => {
    const administrator = readMysqlAddress('MYSQL_DSN', mysql.href);
    for (const room of ROOMS) await removeRoom(administrator, { room, clock: systemClock });
    await removeTopics(kafka);
    rmSync(place, { recursive: true, force: true });
  };

  const fleet = await openFleet({ engines, dataDir: place });
  const books = openSchemas(mysql.href, place);
  const killed = new Map<string, number | null>();
  const mall: MallFleet = {
    fleet, addresses, books,
    origin: fleet.origin,
    staffToken: () => fleet.token,
    variants: new Map(),
    kill(module) {
      killed.set(module, fleet.process(module).pid);
      fleet.kill(module);
    },
    async back(module) {
      while (fleet.process(module).pid === killed.get(module)) await pause(LOOK_EVERY_MS);
      await within(START_LIMIT_MS, fleet.ready(), () => `the mall serves again; ${tellStates(fleet)}`);
    },
    async close() {
      await books.close();
      await fleet.close();
      await remove();
    },
  };
  try {
    await within(START_LIMIT_MS, fleet.ready(), () => `the mall serves; ${tellStates(fleet)}`);
    await fill(mall);
  } catch (error) {
    await mall.close();
    throw error;
  }
  return mall;
}

async function fill({ origin, staffToken, variants }: MallFleet): Promise<void> {
  const { value } = await send(origin, { query: LOAD_GOODS, variables: { input: { products: plenty } } }, staffToken());
  for (const { id, sku } of value.variants) (variants as Map<string, string>).set(sku, id);
  await waitFor(async () => (await send(origin, { query: COUNT_LEVELS }, staffToken())).value.totalCount === variants.size, () => 'every variant has a stock level');
}

async function within<T>(limitMs: number, work: Promise<T>, what: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`not within ${limitMs} ms: ${what()}`)), limitMs)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const tellStates = (fleet: Fleet): string => fleet.processes().map(({ name, state, pid, restarts, trouble }) => `${name} ${state} (pid ${pid}, ${restarts} restarts${trouble ? `: ${trouble}` : ''})`).join('; ');
