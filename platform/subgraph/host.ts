/** Gives a room its engines and wires what it says of itself: handlers, watchers, commands, sagas, asks, tasks. */
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Blobs } from '#platform/blobs/blobs.ts';
import type { AskRegistry } from '#platform/ask/embedded.ts';
import type { CarryingBus } from '#platform/bus/embedded.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { createIdempotency } from '#platform/idempotency/sql.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { createCommands, listenToCommands } from '#platform/inbox/commands.ts';
import { listenAsWatchers, listenToEvents } from '#platform/inbox/receive.ts';
import type { Kv } from '#platform/kv/kv.ts';
import type { Live } from '#platform/live/live.ts';
import type { Mail } from '#platform/mail/mail.ts';
import { createHints } from '#platform/outbox/hints.ts';
import { createLease } from '#platform/outbox/lease.ts';
import { createOutbox, type OutboxEntry } from '#platform/outbox/outbox.ts';
import { createSagaRunner, SWEEP_MS, type SagaRunner } from '#platform/saga/runner.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { TensorsBackend } from '#platform/tensors/tensors.ts';
import { sagaOutcomes } from '#platform/telemetry/metrics.ts';
import { retentionTasks } from './retention.ts';
import type { Room, RoomDefinition, RoomDeps, Task } from './room.ts';
import { createScheduler } from './scheduler.ts';
import { buildRoomSchema } from './schema.ts';
import { deriveSecret } from './secrets.ts';
import type { ShopSettings } from './shop.ts';

/** What a process has for all its rooms. */
export interface Engines {
  clock: Clock;
  ids: Ids;
  log: Logger;
  bus: CarryingBus;
  asks: AskRegistry;
  kv: Kv;
  live: Live;
  mail: Mail;
  blobs: Blobs;
  tensors: TensorsBackend;
  /** No other process serves the same rooms; when absent: where the database is a file, which one process has open. */
  alone?: boolean;
  /** What is worse than it should be while the process goes on, a line each, for whoever watches it; no addresses. */
  ailments?: () => string[];
  /** Opens the room's database, migrated with `platformMigrations` first and then the room's own. */
  openDatabase(definition: RoomDefinition): Promise<Database>;
  shop: ShopSettings;
  publicUrl: string;
  /** Every room has a folder of its name in it. */
  dataDir: string;
  /** What every other secret is derived from (SESSION_SECRET). */
  rootSecret: Uint8Array;
}

export interface HostedRoom {
  name: string;
  definition: RoomDefinition;
  deps: RoomDeps;
  room: Room;
  schema: GraphQLSchema;
  sagas: SagaRunner;
  /** Reads models, starts tasks and timers. The bus is started by the process, after every room. */
  start(): Promise<void>;
  /** After the bus has stopped: ends tasks and timers, closes the database. */
  stop(): Promise<void>;
  /** Throws when the room's database cannot answer. */
  ping(): Promise<void>;
  /** Runs a task now; false when the room has none of this name. */
  runTask(name: string): Promise<boolean>;
}

/**
 * Opens the room's database and builds the room. In a process: host every room, `start` every room, then `bus.start()`;
 * at the end `bus.stop()`, then `stop` every room.
 */
export async function hostRoom(definition: RoomDefinition, engines: Engines): Promise<HostedRoom> {
  const { name } = definition;
  const { ids, bus, kv, live, mail, blobs, tensors, shop, publicUrl } = engines;
  const log = engines.log.child({ room: name });
  const database = await engines.openDatabase(definition);
  try {
    const lease = createLease({ database, holder: ids.uuid(), clock: engines.clock, log, alone: engines.alone ?? database.dialect === 'sqlite' });
    // Whichever process wrote when something is due or ends, all mean the same time.
    const clock: Clock = { ...engines.clock, nowMs: lease.nowMs };
    const carried = bus.attach(database, lease);
    const hints = createHints({ room: name, lease, live, clock, log, wake: () => bus.wake(name) });
    const committed = (entry: OutboxEntry) => {
      carried(entry);
      hints.committed();
    };
    const outbox = createOutbox({ room: name, clock, ids, committed });
    const sagas = createSagaRunner({
      database, outbox, clock, log, leads: lease.held,
      hears: () => bus.hears?.() ?? true,
      onEnd: (saga, state) => sagaOutcomes.inc({ room: name, saga, state }),
    });
    const deps: RoomDeps = {
      database, outbox, sagas, kv, live, mail, blobs, tensors, clock, ids, log, shop, publicUrl,
      commands: createCommands({ room: name, database, outbox, clock }),
      idempotency: createIdempotency(database, clock),
      asker: engines.asks,
      dataDir: join(engines.dataDir, name),
      secret: (purpose) => deriveSecret(engines.rootSecret, purpose.startsWith('shared/') ? purpose : `${name}/${purpose}`),
    };
    const room = definition.build(deps);
    const schema = buildRoomSchema(definition.schema, room.resolvers);

    listenToEvents(name, room.events ?? [], { bus, database, clock });
    listenAsWatchers(name, room.watchers ?? [], bus);
    if (room.commands?.length) listenToCommands(room.commands, bus, { room: name, database, outbox, clock });
    for (const saga of room.sagas ?? []) sagas.define(saga);
    if (room.sagas?.length) bus.subscribe({ topic: 'gomall.*.replies', room: name, mode: 'group', handle: (message) => sagas.onReply(message) });
    engines.asks.answer(room.asks ?? []);

    const timers: Task[] = room.sagas?.length ? [{ name: 'saga-timers', everyMs: SWEEP_MS, look: true, run: async (signal) => void (await sagas.sweep(signal)) }] : [];
    const scheduler = createScheduler(name, [...(room.tasks ?? []), ...timers, ...retentionTasks(database, clock)], { database, lease, clock, log });
    return {
      name, definition, deps, room, schema, sagas,
      async start() {
        await room.start?.();
        hints.start();
        scheduler.start();
      },
      async stop() {
        hints.stop();
        await scheduler.stop();
        await room.stop?.();
        await database.close();
      },
      ping: () => database.ping(),
      runTask: (task) => scheduler.runNow(task),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
