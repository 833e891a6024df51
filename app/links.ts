/** What a process has for reaching the others: discovery, calls to whichever instance is well, the signature. Loaded only where it is needed. */
import { createServer, type Server } from 'node:http';
import { createHttpAsks } from '#platform/ask/http.ts';
import type { Discovery } from '#platform/discovery/discovery.ts';
import { HEALTH_PATH } from '#platform/discovery/discovery.ts';
import type { DiscoveryTable } from '#platform/discovery/table.ts';
import { createFleet, type Fleet } from '#platform/discovery/fleet.ts';
import type { Engines, HostedRoom } from '#platform/subgraph/host.ts';
import type { Route } from '#platform/subgraph/room.ts';
import { createSigner, type Signer } from '#platform/subgraph/signed-context.ts';
import { registry } from '#platform/telemetry/metrics.ts';
import { closeServer } from '#platform/http/close-server.ts';
import { passedOn, type RoomRoute } from '#router/http/room-routes.ts';
import { balancedTransport } from '#router/transport/balanced.ts';
import type { Transport } from '#router/transport/transport.ts';
import type { Config } from './config.ts';
import type { Others } from './modules.ts';
import type { Plan } from './plan.ts';

/** Several looks at their health, also when this process or theirs is busy. */
const FOUND_WITHIN_MS = 5_000;

export interface Links {
  /** Answers asks of rooms that are elsewhere too. */
  asks(local: Engines['asks']): Engines['asks'];
  transport(room: string): Transport;
  /** Of these, those of rooms that are elsewhere. */
  routes(all: readonly RoomRoute[]): Route[];
  /** Whether every room that is elsewhere has been well at least once. */
  met(): boolean;
  /** For health, a line each, without addresses. */
  ailments(): string[];
  serve(rooms: ReadonlyMap<string, HostedRoom>, parts: ServeParts): Promise<ServingRooms>;
  /** Where rooms are from now on, where no registry says so. Resolves when all of them are found well from here, or after `FOUND_WITHIN_MS`. */
  place(addresses: Config['moduleAddresses']): Promise<void>;
  close(): Promise<void>;
}

export interface ServeParts {
  ready: () => Promise<boolean>;
  /** Those of the whole process. */
  ailments: () => string[];
  listen: (server: Server, port: number, variable: string) => Promise<number>;
}

export interface ServingRooms {
  port: number;
  stop(withinMs: number, others: Others): Promise<void>;
}

export interface LinkParts {
  config: Config;
  engines: Engines;
  plan: Plan;
  discovery: Discovery & Partial<DiscoveryTable>;
}

export function openLinks({ config, engines, plan, discovery }: LinkParts): Links {
  const { clock, ids, log, rootSecret } = engines;
  const signer: Signer = createSigner(rootSecret, clock);
  const fleet: Fleet = createFleet({ discovery, ids });
  const here = new Set(plan.roomsHere);
  const elsewhere = new Set(plan.roomsElsewhere);
  const notMet = new Set(elsewhere);
  const transports: Transport[] = [];
  for (const room of elsewhere) {
    const watching = fleet.watch(room);
    const stop = watching.changed(() => {
      if (watching.current().length === 0) return;
      notMet.delete(room);
      stop();
    });
  }

  /** What this process cannot reach, and what discovery lacks. */
  const ailments = () => [...[...elsewhere].filter((room) => fleet.watch(room).current().length === 0).map((room) => `${room}: no process of it answers; its part of the shop is closed`), ...discovery.ailments()];

  return {
    asks: (local) => createHttpAsks({ local, here, fleet, signer, clock, ids }),
    transport(room) {
      const transport = balancedTransport({ room, fleet, signer, clock });
      transports.push(transport);
      return transport;
    },
    routes: (all) => all.filter(({ room }) => elsewhere.has(room)).map((route) => passedOn(route, { fleet, signer })),
    met: () => notMet.size === 0,
    ailments,
    async serve(rooms, { ready, ailments: ailmentsOfAll, listen }) {
      const { createRoomServer } = await import('#platform/subgraph/serve.ts');
      const served = new Map([...rooms].map(([name, { schema, room }]) => [name, { schema, routes: room.routes ?? [] }]));
      const roomServer = createRoomServer({ rooms: served, asks: engines.asks, signer, clock, log, metrics: registry, ready, ailments: ailmentsOfAll, publicUrl: config.publicUrl });
      const server = createServer(roomServer.handle).on('upgrade', roomServer.upgrade);
      const port = await listen(server, config.roomsPort, 'ROOMS_PORT');
      const address = config.roomsAddress.replace(/:0$/, `:${port}`);
      const instance = ids.uuid();
      const takeBack = await Promise.all([...rooms.keys()].map((module) => discovery.register({ id: `${module}-${instance}`, module, address, healthPath: HEALTH_PATH })));
      return {
        port,
        async stop(withinMs, others) {
          await Promise.all(takeBack.map((back) => back()));
          await roomServer.stop(withinMs, others === 'stop' ? 0 : undefined);
          await closeServer(server, others === 'serve', clock);
        },
      };
    },
    async place(addresses) {
      discovery.place?.(addresses);
      const wanted = [...elsewhere].flatMap((room) => (addresses[room] ?? []).map((address) => ({ room, address })));
      const all = () => wanted.every(({ room, address }) => fleet.watch(room).current().some((instance) => instance.address === address));
      const found = Promise.withResolvers<void>();
      const check = () => void (all() && found.resolve());
      const stops = [...elsewhere].map((room) => fleet.watch(room).changed(check));
      const cancel = clock.after(FOUND_WITHIN_MS, () => found.resolve());
      check();
      await found.promise;
      cancel();
      for (const stop of stops) stop();
    },
    async close() {
      await Promise.all(transports.map((transport) => transport.close?.()));
      await discovery.close();
      await fleet.close();
    },
  };
}
