/** The shape of a room, and what the process gives to it. `app/` builds one from the other. */
import type { AskAnswer, Asker } from '#platform/ask/ask.ts';
import type { Blobs } from '#platform/blobs/blobs.ts';
import type { Outbox } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, Migration } from '#platform/database/database.ts';
import type { Idempotency } from '#platform/idempotency/idempotency.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { CommandHandler, Commands, EventHandler, Watcher } from '#platform/inbox/inbox.ts';
import type { Kv } from '#platform/kv/kv.ts';
import type { Live } from '#platform/live/live.ts';
import type { Mail } from '#platform/mail/mail.ts';
import type { SagaDefinition, Sagas } from '#platform/saga/saga.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { TensorsBackend } from '#platform/tensors/tensors.ts';
import type { ShopSettings } from './shop.ts';

export interface RoomDeps {
  database: Database;
  outbox: Outbox;
  commands: Commands;
  idempotency: Idempotency;
  sagas: Sagas;
  asker: Asker;
  kv: Kv;
  live: Live;
  mail: Mail;
  blobs: Blobs;
  /** What a worker of this room opens TensorFlow.js with. */
  tensors: TensorsBackend;
  clock: Clock;
  ids: Ids;
  log: Logger;
  shop: ShopSettings;
  /** Where shoppers reach the mall, without a trailing slash: `http://localhost:8080`. */
  publicUrl: string;
  /** Files of this room's own (media, a provider's books); made on first use. */
  dataDir: string;
  /**
   * 32 secret bytes for `purpose`, derived from SESSION_SECRET by HKDF (RFC 5869), the same at every start. Each room has
   * its own for a purpose, except that `shared/…` is the same for all: what one room seals or signs for another.
   */
  secret(purpose: string): Uint8Array;
}

/**
 * Work on a clock: expiring holds, retention. Each tick of it runs once at most, however many processes the room has, and
 * its row in `platform_task_run` says how it went. The signal aborts when the process stops, or another one does the
 * room's background work by now; a run that goes on for a step beyond that must do no harm, so rows decide what is done.
 */
export interface Task {
  name: string;
  everyMs: number;
  /** A look for what is due, every few seconds, that finds its work by rows: it runs where the lease is held, and keeps no rows of its runs. */
  look?: boolean;
  run(signal: AbortSignal): Promise<void>;
}

/** A plain HTTP route that the router passes on to this room, in terms of the Fetch standard. */
export interface Route {
  method: 'GET' | 'POST';
  /** Prefix, e.g. `/media/`. */
  path: string;
  handle(request: Request): Promise<Response>;
}

export interface Room {
  /** Resolvers of schema.graphql, as graphql-tools and @apollo/subgraph read them; called with RequestContext. */
  resolvers: Record<string, unknown>;
  events?: readonly EventHandler[];
  watchers?: readonly Watcher[];
  commands?: readonly CommandHandler[];
  sagas?: readonly SagaDefinition<any>[];
  asks?: readonly AskAnswer[];
  tasks?: readonly Task[];
  routes?: readonly Route[];
  /** After the database is migrated, before any request: fill read models, make keys. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

export interface RoomDefinition {
  name: string;
  /** The room's own schema; the shared types are added when it is built. */
  schema: URL;
  /** MikroORM entities (`defineEntity`). */
  entities: readonly any[];
  migrations: readonly Migration[];
  /** Tables whose rows are added and read only: on a database with accounts, this room's may do no more. */
  appendOnly?: readonly string[];
  build(deps: RoomDeps): Room;
}
