/** The mall in one process: rooms on their engines, the router in front, the web clients. `app/modules.ts` has the order. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ExecutionResult } from 'graphql';
import { Registry } from 'prom-client';
import { systemClock } from '#platform/clock/system.ts';
import { Fault } from '#platform/errors.ts';
import type { Identity } from '#platform/subgraph/context.ts';
import type { Engines, HostedRoom } from '#platform/subgraph/host.ts';
import { scopesOf } from '#platform/subgraph/permissions.ts';
import type { RoomDefinition, Route } from '#platform/subgraph/room.ts';
import { closeServer } from '#platform/http/close-server.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { registry } from '#platform/telemetry/metrics.ts';
import { sendFetchResponse, toFetchRequest } from '#platform/http/fetch-bridge.ts';
import { listen, LOOPBACK } from '#platform/http/listen.ts';
import type { Router } from '#router/server.ts';
import { localTransport } from '#router/transport/local.ts';
import type { Transport } from '#router/transport/transport.ts';
import { jsonWebKeySet } from '#schema/asks.ts';
import type { Answer, Web } from '../clients/serve.ts';
import type { Config } from './config.ts';
import type { DataDir } from './data-dir.ts';
import { createDatabases, type Databases } from './databases.ts';
import { chooseDiscovery } from './engines.ts';
import type { Links, ServingRooms } from './links.ts';
import { MODULES, ROOM_NAMES, ROOM_ROUTES, type Others, type Running } from './modules.ts';
import { planFor, type Plan } from './plan.ts';

const SUPERGRAPH = new URL('../schema/supergraph.graphql', import.meta.url);

/** Built once for all malls of this checkout. */
const CLIENT_BUILDS = new URL('../.cache/clients', import.meta.url);

/** How long requests in flight may take once the process is told to stop. */
const STOP_LIMIT_MS = 8_000;
/** And when others serve on in its place: longer than the longest of them (placeOrder waits up to 10 s for its saga). */
export const HANDOVER_LIMIT_MS = 15_000;

export interface MallParts {
  config: Config;
  /** Called once, and again with the first ones when rooms are reopened: what is the process's own stays. `roomless`: none will be hosted. */
  engines: (kept?: Engines, roomless?: boolean) => Promise<Engines>;
  log: Logger;
  dataDir: DataDir;
}

export class Mall {
  readonly config: Config;
  /** Not there before `start` has chosen them. */
  engines!: Engines;
  readonly log: Logger;
  readonly dataDir: DataDir;
  readonly rooms = new Map<string, HostedRoom>();
  readonly #chooseEngines: MallParts['engines'];
  readonly #running: Running[] = [];
  #supergraphSdl = readFileSync(SUPERGRAPH, 'utf8');
  #router: Router | null = null;
  #web: Web | null = null;
  #server: Server | null = null;
  #open = false;
  readonly #databases: Databases;
  /** Only where there are other processes. */
  #links: Links | null = null;
  #served: ServingRooms | null = null;
  /** Told while the mall runs; null: as configured. */
  #addresses: Config['moduleAddresses'] | null = null;
  readonly #transportsElsewhere = new Map<string, Transport>();

  constructor(parts: MallParts) {
    this.config = parts.config;
    this.#chooseEngines = parts.engines;
    this.log = parts.log;
    this.dataDir = parts.dataDir;
    this.#databases = createDatabases({ clock: systemClock, log: parts.log });
  }

  /** Starts the modules, needs first. What was started is stopped again when one of them cannot be. */
  async start(targets = this.config.targets): Promise<void> {
    const plan = planFor({ ...this.config, targets }, MODULES, ROOM_NAMES);
    this.engines = await this.#chooseEngines(undefined, plan.roomsHere.length === 0);
    try {
      if (plan.crosses) await this.#openLinks(plan);
      for (const name of plan.modules) this.#running.push(await MODULES[name]!.start(this));
      this.#open = true;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(others: Others = 'unknown'): Promise<void> {
    this.#open = false;
    for (const part of this.#running.splice(0).reverse()) await part.stop(others);
    // Told to stop before it had chosen any.
    if (!this.engines) return;
    await Promise.all([this.engines.kv.close(), this.engines.live.close(), this.engines.mail.close()]);
  }

  /** A connection that somebody else has accepted for the router. */
  takeConnection(socket: Socket): void {
    if (this.#server) this.#server.emit('connection', socket);
    else socket.destroy();
  }

  /** Where the rooms of other processes are from now on. Resolves when this process has found them. */
  async place(addresses: Config['moduleAddresses']): Promise<void> {
    this.#addresses = addresses;
    await this.#links?.place(addresses);
  }

  room(name: string): HostedRoom {
    const room = this.rooms.get(name);
    if (!room) throw new Fault('UNAVAILABLE', `The room ${name} is not in this process.`);
    return room;
  }

  /** Runs an operation without HTTP, as a guest unless an identity is given. */
  async run(query: string, variables: Record<string, unknown>, client: { identity?: Identity | null; language?: 'en' | 'zh' } = {}): Promise<ExecutionResult> {
    if (!this.#router) throw new Fault('UNAVAILABLE', 'The router is not in this process.');
    return (await this.#router.run({ query, variables }, client)) as ExecutionResult;
  }

  // ---- how the modules start ----

  async #openLinks(plan: Plan): Promise<void> {
    const { openLinks } = await import('./links.ts');
    const discovery = await chooseDiscovery({ config: this.config, clock: this.engines.clock, log: this.log }, ROOM_NAMES);
    const links = openLinks({ config: this.config, engines: this.engines, plan, discovery });
    this.#links = links;
    if (this.#addresses) void links.place(this.#addresses);
    this.engines = { ...this.engines, asks: links.asks(this.engines.asks) };
    for (const room of plan.roomsElsewhere) this.#transportsElsewhere.set(room, links.transport(room));
    this.#running.push({ stop: () => links.close() });
  }

  async openServer(): Promise<Running> {
    const served = await this.#links!.serve(this.rooms, { ready: () => this.#roomsAreReady(), ailments: () => this.#ailments(), listen: (server, port, variable) => this.#listen(server, port, variable) });
    this.#served = served;
    if (this.dataDir.holder.port === 0) this.dataDir.announce(served.port);
    return { stop: (others) => served.stop(limitFor(others), others) };
  }

  async host(definition: RoomDefinition): Promise<Running> {
    const { hostRoom } = await import('#platform/subgraph/host.ts');
    this.rooms.set(definition.name, await hostRoom(definition, this.engines));
    return { stop: async () => this.rooms.get(definition.name)?.stop() };
  }

  /**
   * Closes the rooms and opens these in their place, on the same databases; sockets and servers stay. When they cannot be
   * opened the former ones are opened again, and the reason is thrown. For development.
   */
  async reopenRooms(definitions: readonly RoomDefinition[], supergraphSdl: string): Promise<void> {
    const former = [...this.rooms.values()].map(({ definition }) => definition);
    try {
      await this.#replaceRooms(definitions, supergraphSdl);
      this.#supergraphSdl = supergraphSdl;
    } catch (error) {
      await this.#replaceRooms(former, this.#supergraphSdl);
      throw error;
    }
  }

  async #replaceRooms(definitions: readonly RoomDefinition[], supergraphSdl: string): Promise<void> {
    await this.engines.bus.stop();
    for (const room of this.rooms.values()) await room.stop();
    this.rooms.clear();
    this.engines = await this.#chooseEngines(this.engines);
    for (const definition of definitions) await this.host(definition);
    await this.openRooms();
    this.#router?.swap(supergraphSdl, this.transports());
  }

  async openRooms(): Promise<Running> {
    for (const room of this.rooms.values()) await room.start();
    await this.engines.bus.start();
    return { stop: () => this.engines.bus.stop() };
  }

  async openRouter(): Promise<Running> {
    const [{ createRouter }, { backupRoute }, { readyOperations }] = await Promise.all([import('#router/server.ts'), import('./backup/route.ts'), import('./ready-operations.ts')]);
    const backup = backupRoute({ config: this.config, token: this.dataDir.holder.token, clock: this.engines.clock, log: this.log });
    const router = createRouter({
      supergraphSdl: this.#supergraphSdl,
      transports: this.transports(),
      jwks: () => this.engines.asks.ask(jsonWebKeySet, {}),
      localToken: { token: this.dataDir.holder.token, identity: localAdmin() },
      clock: this.engines.clock,
      ids: this.engines.ids,
      log: this.log,
      // A registry of this mall's own that shows the platform's metrics too.
      metrics: Registry.merge([registry]),
      serveMetrics: this.config.metricsPort === null,
      routes: [backup, ...this.#routes()],
      web: async (request, response) => {
        if (!this.#web) return void response.writeHead(503, { 'retry-after': '1' }).end();
        await sendFetchResponse(await this.#web(toFetchRequest(request, this.config.publicUrl)), response);
      },
      ready: () => this.#isReady(),
      ailments: () => this.#ailments(),
      limits: { introspection: this.config.introspection },
      corsOrigins: this.config.corsOrigins,
      trustedProxies: this.config.trustedProxies,
      publicUrl: this.config.publicUrl,
      readyOperations,
      title: 'GoMall',
    });
    this.#router = router;
    this.#server = createServer((request, response) => router.handle(request, response));
    this.#server.on('upgrade', (request, socket, head) => router.upgrade(request, socket, head));
    const port = await this.#listen(this.#server, this.config.port, 'PORT');
    const metrics = await this.#openMetrics(router);
    this.dataDir.announce(port);
    return {
      stop: async (others) => {
        const { clock } = this.engines;
        const closed = closeServer(this.#server!, others === 'serve', clock);
        await router.stop(limitFor(others));
        await Promise.all([closed, metrics && closeServer(metrics, false, clock)]);
      },
    };
  }

  async openWeb(): Promise<Running> {
    const { createWeb } = await import('../clients/serve.ts');
    const web = createWeb({
      execute: async (document, variables, language) => (await this.run(document, variables, { language })) as Answer,
      publicUrl: this.config.publicUrl,
      cacheDir: fileURLToPath(CLIENT_BUILDS),
      log: this.log,
      clock: this.engines.clock,
      dev: this.config.dev,
    });
    this.#web = web;
    return { stop: () => web.stop() };
  }

  transports(): Map<string, Transport> {
    return new Map([...this.#transportsElsewhere, ...[...this.rooms.values()].map(({ name, schema }) => [name, localTransport(schema)] as const)]);
  }

  get hasRouter(): boolean {
    return this.#router !== null;
  }

  /** Where the rooms of this process listen for others, if they do. */
  get roomsPort(): number | null {
    return this.#served?.port ?? null;
  }

  /** Where the mall listens, once the router or the rooms are open. */
  get port(): number {
    return this.dataDir.holder.port;
  }

  /** Each looked up when it is asked for, since rooms may be reopened. */
  #routes(): Route[] {
    const elsewhere = this.#links?.routes(ROOM_ROUTES) ?? [];
    const here = [...this.rooms].flatMap(([name, { room }]) =>
      (room.routes ?? []).map(({ method, path }, index) => ({ method, path, handle: (request: Request) => this.room(name).room.routes![index]!.handle(request) })),
    );
    return [...here, ...elsewhere];
  }

  async #isReady(): Promise<boolean> {
    return this.#links?.met() !== false && (await this.#roomsAreReady());
  }

  /** Not of rooms elsewhere: processes that wait for each other would wait for ever. */
  async #roomsAreReady(): Promise<boolean> {
    return this.#open && (await this.#databases.answer(this.rooms.values()));
  }

  /** A line each, without addresses, for health; the log says how to mend it. */
  #ailments(): string[] {
    return [...(this.engines.ailments?.() ?? []), ...(this.#links?.ailments() ?? []), ...this.#databases.ailments()];
  }

  async #openMetrics(router: Router): Promise<Server | null> {
    if (this.config.metricsPort === null) return null;
    const server = createServer((request, response) => void router.metrics(request, response));
    await this.#listen(server, this.config.metricsPort, 'METRICS_PORT');
    return server;
  }

  /** What is supervised is for its own machine: people come through the supervisor's door. */
  #listen(server: Server, port: number, variable: string): Promise<number> {
    return listen(server, { port, ...(this.config.supervised && { host: LOOPBACK }) }, variable);
  }
}

const limitFor = (others: Others): number => (others === 'serve' ? HANDOVER_LIMIT_MS : STOP_LIMIT_MS);

/** Whoever can read the lock file of DATA_DIR can read the databases too, so it may act as an admin. */
function localAdmin(): Identity {
  return { userId: 'local', roles: ['admin'], scopes: scopesOf(['admin']), sessionId: 'local' };
}
