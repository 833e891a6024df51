/** The process as a table: what there is to run, and what each part needs to run before it. */
import { cart } from '#subgraphs/cart/index.ts';
import { inventory } from '#subgraphs/inventory/index.ts';
import { orders } from '#subgraphs/orders/index.ts';
import { payments } from '#subgraphs/payments/index.ts';
import { products } from '#subgraphs/products/index.ts';
import { users } from '#subgraphs/users/index.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import type { RoomRoute } from '#router/http/room-routes.ts';
import type { Mall } from './mall.ts';
import { fill } from './fill.ts';

/** A part that runs. `stop` ends it; parts stop in the reverse order of their start. */
export interface Running {
  stop(): Promise<void>;
}

export interface Module {
  /** Have to be in the same process, and run before. */
  needs: readonly string[];
  /** Run before where they are in the same process. */
  after?: readonly string[];
  start(mall: Mall): Promise<Running>;
}

export const ROOMS: readonly RoomDefinition[] = [users, products, inventory, cart, orders, payments];
export const ROOM_NAMES = ROOMS.map(({ name }) => name);

export const MODULES: Readonly<Record<string, Module>> = {
  ...Object.fromEntries(ROOMS.map((room) => [room.name, { needs: [], start: (mall: Mall) => mall.host(room) }])),
  /** Carries messages once every room of the process listens. */
  bus: { needs: [], after: ROOM_NAMES, start: (mall) => mall.openRooms() },
  /** Only where the router or other rooms are in other processes. */
  server: { needs: ['bus'], start: (mall) => mall.openServer() },
  router: { needs: [], after: ['bus', 'server'], start: (mall) => mall.openRouter() },
  web: { needs: ['router'], start: (mall) => mall.openWeb() },
  /** Only with --dev. */
  dev: { needs: ['web'], start: async (mall) => (mall.config.dev ? (await import('./dev.ts')).watchRooms(mall) : { stop: async () => {} }) },
  goods: { needs: ['users', 'products', 'bus'], after: ['web'], start: (mall) => fill(mall) },
};

/** Plain HTTP routes of rooms, for a router that has not built them. */
export const ROOM_ROUTES: readonly RoomRoute[] = [
  { room: 'users', method: 'GET', path: '/.well-known/jwks.json' },
  { room: 'products', method: 'GET', path: '/media/' },
  { room: 'payments', method: 'GET', path: '/pay/' },
  { room: 'payments', method: 'POST', path: '/pay/' },
  { room: 'payments', method: 'POST', path: '/webhooks/' },
];
