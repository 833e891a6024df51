/**
 * Several processes of one room, played in one: each hosts the room by itself, on one database, and the same wire carries
 * their hints. A killed one does nothing any more, as after kill -9; a paused one does nothing for a while, as after SIGSTOP.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createEmbeddedAsks } from '#platform/ask/embedded.ts';
import { createEmbeddedBus, type CarryingBus } from '#platform/bus/embedded.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createEmbeddedKv } from '#platform/kv/embedded.ts';
import { createEmbeddedLive } from '#platform/live/embedded.ts';
import type { Live } from '#platform/live/live.ts';
import { createBlobFolder } from '#platform/blobs/folder.ts';
import { createMailFolder } from '#platform/mail/folder.ts';
import { hostRoom, type HostedRoom } from '#platform/subgraph/host.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { engineAddress } from '#tests/engines.ts';
import { dropTestDatabases, openTestDatabase } from './databases.ts';

export interface Replica {
  hosted: HostedRoom;
  bus: CarryingBus;
  /** Nothing it does reaches the database from now on, and no timer of it runs. */
  kill(): Promise<void>;
}

export interface ReplicaOptions {
  live?: Live;
  clock?: Clock;
}

export class Replicas {
  readonly #wire = createEmbeddedLive();
  readonly place: string;
  readonly #definition: RoomDefinition;
  readonly #replicas: Replica[] = [];
  readonly #databases: Database[] = [];
  readonly #connections: { close(): Promise<void> }[] = [];

  /** `place`: the folder of others, in whose databases these join. */
  constructor(definition: RoomDefinition, place = mkdtempSync(join(tmpdir(), 'gomall-replicas-'))) {
    this.#definition = definition;
    this.place = place;
  }

  /** For looking: a connection of the test's own. */
  async look(): Promise<Database> {
    return this.#databases[0] ?? this.#open();
  }

  async open({ live: given, clock = systemClock }: ReplicaOptions = {}): Promise<Replica> {
    const log = createLogger('silent');
    const live = given ?? (await this.#openLive());
    const looking = await this.look();
    // A file has one writer, so there all share it.
    const database = looking.dialect === 'sqlite' ? looking : await this.#open();
    const life = { over: false };
    const mortal = mortalClock(clock, life);
    const bus = createEmbeddedBus({ clock: mortal, ids: systemIds, log });
    const hosted = await hostRoom(this.#definition, {
      clock: mortal, ids: systemIds, log, bus, alone: false, live,
      asks: createEmbeddedAsks({ clock: mortal }),
      kv: createEmbeddedKv(mortal),
      blobs: createBlobFolder({ folder: join(this.place, 'blobs'), ids: systemIds, log }),
      tensors: 'wasm',
      mail: createMailFolder({ folder: join(this.place, 'mail'), from: 'GoMall <shop@gomall.example>' }),
      openDatabase: async () => mortalDatabase(database, life),
      shop: { currency: 'USD', shippingMinor: 500, freeShippingFromMinor: null, taxBasisPoints: { '*': 0 }, lowStockThreshold: 5 },
      publicUrl: 'http://localhost:8080',
      dataDir: this.place,
      rootSecret: new TextEncoder().encode('the root secret of tests, 32 bytes or more'),
    });
    await hosted.start();
    await bus.start();
    const replica: Replica = {
      hosted, bus,
      async kill() {
        life.over = true;
        await bus.abandon();
      },
    };
    this.#replicas.push(replica);
    return replica;
  }

  async close(): Promise<void> {
    for (const { bus, hosted } of this.#replicas) {
      await bus.stop();
      await hosted.stop();
    }
    await Promise.all([this.#wire.close(), ...this.#connections.map((each) => each.close())]);
    for (const database of this.#databases) await database.close();
    await dropTestDatabases(this.place);
    rmSync(this.place, { recursive: true, force: true });
  }

  /** On Redis each has connections of its own. */
  async #openLive(): Promise<Live> {
    const address = engineAddress('redis');
    if (address === null) return this.#wire;
    const { openRedis } = await import('#platform/redis/open.ts');
    const { kv, live } = await openRedis({ address: `${address}${address.includes('?') ? '&' : '?'}prefix=${basename(this.place)}`, clock: systemClock, ids: systemIds, log: createLogger('silent') });
    this.#connections.push(kv, live);
    return live;
  }

  async #open(): Promise<Database> {
    const { name, migrations } = this.#definition;
    const database = await openTestDatabase({ room: name, place: this.place, migrations: [...platformMigrations, ...migrations] });
    this.#databases.push(database);
    return database;
  }
}

function mortalClock(clock: Clock, life: { over: boolean }): Clock {
  const whileAlive = (work: () => void) => () => {
    if (!life.over) work();
  };
  return {
    ...clock,
    after: (delayMs, work) => clock.after(delayMs, whileAlive(work)),
    every: (periodMs, work) => clock.every(periodMs, whileAlive(work)),
  };
}

/** Closed by the test, not by the room: others are on it. */
function mortalDatabase(database: Database, life: { over: boolean }): Database {
  const die = () => {
    if (life.over) throw new Error('the process was killed');
  };
  return {
    ...database,
    query: async (sql, parameters) => (die(), database.query(sql, parameters)),
    close: async () => {},
    transaction: async (work) => {
      die();
      return database.transaction(async (tx) => {
        die();
        const result = await work(tx);
        die();
        return result;
      });
    },
  };
}
