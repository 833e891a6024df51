/**
 * The process as a table: what there is to run, and what each part needs to run before it. The code of a part is loaded
 * when it starts, so that a process has only what it runs.
 */
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import type { RoomRoute } from '#router/http/room-routes.ts';
import type { Mall } from './mall.ts';

/** A part that runs. `stop` ends it; parts stop in the reverse order of their start. */
export interface Running {
  stop(others: Others): Promise<void>;
}

/**
 * Whether other processes go on when this one stops. `serve`: in its place, so that nobody's connection may be cut while it
 * could still be used. `stop`: they stop too, and nobody needs time to notice. `unknown`: told by a signal alone.
 */
export type Others = 'serve' | 'stop' | 'unknown';

export interface Module {
  /** Have to be in the same process, and run before. */
  needs: readonly string[];
  /** Run before where they are in the same process. */
  after?: readonly string[];
  start(mall: Mall): Promise<Running>;
}

export const ROOMS: Readonly<Record<string, () => Promise<RoomDefinition>>> = {
  users: async () => (await import('#subgraphs/users/index.ts')).users,
  products: async () => (await import('#subgraphs/products/index.ts')).products,
  inventory: async () => (await import('#subgraphs/inventory/index.ts')).inventory,
  cart: async () => (await import('#subgraphs/cart/index.ts')).cart,
  orders: async () => (await import('#subgraphs/orders/index.ts')).orders,
  payments: async () => (await import('#subgraphs/payments/index.ts')).payments,
  recommendations: async () => (await import('#subgraphs/recommendations/index.ts')).recommendations,
  notifications: async () => (await import('#subgraphs/notifications/index.ts')).notifications,
};
export const ROOM_NAMES = Object.keys(ROOMS);

export const MODULES: Readonly<Record<string, Module>> = {
  ...Object.fromEntries(ROOM_NAMES.map((room) => [room, { needs: [], start: async (mall: Mall) => mall.host(await ROOMS[room]!()) }])),
  /** Carries messages once every room of the process listens. */
  bus: { needs: [], after: ROOM_NAMES, start: (mall) => mall.openRooms() },
  /** Only where the router or other rooms are in other processes. */
  server: { needs: ['bus'], start: (mall) => mall.openServer() },
  router: { needs: [], after: ['bus', 'server'], start: (mall) => mall.openRouter() },
  web: { needs: ['router'], start: (mall) => mall.openWeb() },
  /** Only with --dev. */
  dev: { needs: ['web'], start: async (mall) => (mall.config.dev ? (await import('./dev.ts')).watchRooms(mall) : { stop: async () => {} }) },
  /** What SEED asks for: accounts where users are, goods where products are. */
  goods: { needs: ['bus'], after: ['web'], start: async (mall) => (await import('./fill.ts')).fill(mall) },
};

/** Plain HTTP routes of rooms, for a router that has not built them. */
export const ROOM_ROUTES: readonly RoomRoute[] = [
  { room: 'users', method: 'GET', path: '/.well-known/jwks.json' },
  { room: 'products', method: 'GET', path: '/media/' },
  { room: 'payments', method: 'GET', path: '/pay/' },
  { room: 'payments', method: 'POST', path: '/pay/' },
  { room: 'payments', method: 'POST', path: '/webhooks/' },
];
