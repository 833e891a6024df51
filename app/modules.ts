/** The process as a table: what there is to run, and what each part needs to run before it. */
import { cart } from '#subgraphs/cart/index.ts';
import { inventory } from '#subgraphs/inventory/index.ts';
import { orders } from '#subgraphs/orders/index.ts';
import { payments } from '#subgraphs/payments/index.ts';
import { products } from '#subgraphs/products/index.ts';
import { users } from '#subgraphs/users/index.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { ConfigError } from './config.ts';
import type { Mall } from './mall.ts';
import { fill } from './fill.ts';

/** A part that runs. `stop` ends it; parts stop in the reverse order of their start. */
export interface Running {
  stop(): Promise<void>;
}

export interface Module {
  needs: readonly string[];
  start(mall: Mall): Promise<Running>;
}

export const ROOMS: readonly RoomDefinition[] = [users, products, inventory, cart, orders, payments];
const ROOM_NAMES = ROOMS.map(({ name }) => name);

export const MODULES: Readonly<Record<string, Module>> = {
  ...Object.fromEntries(ROOMS.map((room) => [room.name, { needs: [], start: (mall: Mall) => mall.host(room) }])),
  /** Carries messages once every room listens. */
  bus: { needs: ROOM_NAMES, start: (mall) => mall.openRooms() },
  router: { needs: ['bus'], start: (mall) => mall.openRouter() },
  web: { needs: ['router'], start: (mall) => mall.openWeb() },
  /** Only with --dev. */
  dev: { needs: ['web'], start: async (mall) => (mall.config.dev ? (await import('./dev.ts')).watchRooms(mall) : { stop: async () => {} }) },
  goods: { needs: ['bus'], start: (mall) => fill(mall) },
};

/** The modules that a choice of targets means, needs first. Rooms on embedded engines live in one process. */
export function modulesFor(targets: readonly string[]): string[] {
  const unknown = targets.filter((target) => target !== 'all' && !(target in MODULES));
  if (unknown.length > 0) {
    throw new ConfigError(unknown.map((name) => `--target=${name}: no such module; there are all, ${Object.keys(MODULES).join(', ')}`));
  }
  const wanted = targets.includes('all') ? Object.keys(MODULES) : targets;
  const missing = ROOM_NAMES.filter((name) => !wanted.includes(name));
  if (missing.length > 0) {
    throw new ConfigError([
      `--target=${targets.join(',')}: leaves out ${missing.join(', ')}. Rooms in several processes need engines they can share (MYSQL_DSN, REDIS_ADDRESS, KAFKA_BROKERS, CONSUL_ADDRESS); on the embedded ones all rooms run in one process.`,
    ]);
  }
  const ordered: string[] = [];
  const add = (name: string) => {
    if (ordered.includes(name)) return;
    MODULES[name]!.needs.forEach(add);
    ordered.push(name);
  };
  wanted.forEach(add);
  return ordered;
}
