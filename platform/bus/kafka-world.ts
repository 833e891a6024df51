/** For tests: a mill that tells and bakers that count what they heard, each sack once, on a prefix of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { openSqlite } from '#platform/database/sqlite.ts';
import { systemIds } from '#platform/ids/system.ts';
import { firstTime } from '#platform/inbox/receive.ts';
import { createLease } from '#platform/outbox/lease.ts';
import { createOutbox } from '#platform/outbox/outbox.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { removeTopics } from '#platform/testing/buses.ts';
import type { Message, Outbox, Topic } from './bus.ts';
import type { CarryingBus } from './embedded.ts';
import { createKafkaBus, type KafkaBusOptions } from './kafka.ts';

export const TOPIC: Topic = 'gomall.mill.events';
const EFFECTS = { name: 'baker-0001', up: ['create table baker_sack (position integer primary key, subject varchar(64) not null, number integer not null)'] };

export interface Process {
  bus: CarryingBus;
  /** Adds a message in a transaction of its own. */
  tell(subject: string, number: number): Promise<{ id: string }>;
}

export class KafkaWorld {
  readonly place: string;
  readonly prefix: string;
  mill!: Database;
  baker!: Database;
  readonly #addresses: string;
  readonly #processes: CarryingBus[] = [];

  private constructor(addresses: string) {
    this.place = mkdtempSync(join(tmpdir(), 'gomall-kafka-'));
    this.prefix = basename(this.place);
    this.#addresses = `${addresses}?prefix=${this.prefix}`;
  }

  static async open(addresses: string): Promise<KafkaWorld> {
    const world = new KafkaWorld(addresses);
    world.mill = await openSqlite({ room: 'mill', file: join(world.place, 'mill.sqlite'), entities: [], migrations: platformMigrations, clock: systemClock });
    world.baker = await openSqlite({ room: 'baker', file: join(world.place, 'baker.sqlite'), entities: [], migrations: [...platformMigrations, EFFECTS], clock: systemClock });
    return world;
  }

  options(): Pick<KafkaBusOptions, 'addresses' | 'rooms' | 'partitions' | 'clock' | 'ids' | 'log'> {
    return { addresses: this.#addresses, rooms: ['mill', 'baker'], partitions: 4, clock: systemClock, ids: systemIds, log: createLogger('silent') };
  }

  /** One process with both rooms; the first holds their leases. `before` may fail an attempt. */
  process(before: (message: Message, attempt: number) => Promise<void> = async () => {}, more: Partial<KafkaBusOptions> = {}): Process {
    const bus = createKafkaBus({ ...this.options(), ...more });
    const committed = [this.mill, this.baker].map((database) =>
      bus.attach(database, createLease({ database, holder: systemIds.uuid(), clock: systemClock, log: createLogger('silent'), alone: false })),
    );
    bus.subscribe({
      topic: TOPIC, room: 'baker', mode: 'group',
      handle: async (message, { attempt }) => {
        await before(message, attempt);
        await this.baker.transaction(async (tx) => {
          if (await firstTime(tx, message, systemClock.nowMs())) await tx.execute('insert into baker_sack (subject, number) values (?, ?)', [message.subject, message.data as number]);
        });
      },
    });
    this.#processes.push(bus);
    const outbox: Outbox = createOutbox({ room: 'mill', clock: systemClock, ids: systemIds, committed: committed[0]! });
    return { bus, tell: (subject, number) => this.mill.transaction((tx) => outbox.add(tx, { topic: TOPIC, type: 'flour.ground', version: 1, subject, data: number })) };
  }

  /** Numbers that had an effect, by subject, in the order of the effects. */
  async effects(): Promise<Map<string, number[]>> {
    const rows = await this.baker.query<{ subject: string; number: number }>('select subject, number from baker_sack order by position');
    return Map.groupBy(rows, ({ subject }) => subject).entries().reduce((found, [subject, of]) => found.set(subject, of.map(({ number }) => Number(number))), new Map<string, number[]>());
  }

  async count(): Promise<number> {
    const [row] = await this.baker.query<{ count: number }>('select count(*) as count from baker_sack');
    return Number(row!.count);
  }

  async close(): Promise<void> {
    for (const bus of this.#processes) await bus.stop();
    await Promise.all([this.mill.close(), this.baker.close()]);
    await removeTopics(this.#addresses);
    rmSync(this.place, { recursive: true, force: true });
  }
}

/** Looks until it is so; throws what is there when it is not in time. */
export async function eventually(what: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<void> {
  const untilMs = systemClock.nowMs() + withinMs;
  while (!(await what())) {
    if (systemClock.nowMs() > untilMs) throw new Error(`not so within ${withinMs} ms: ${what}`);
    await systemClock.sleep(20);
  }
}
