/**
 * A world of two rooms for property tests: a desk that runs sagas and a shed that obeys, with the real runner, commands,
 * outbox and databases, and a network and a clock that do only what they are told. Deliveries can be repeated at any
 * later time, a transaction can be killed before its commit, an acknowledgement can be lost; so every run is one
 * interleaving, and the same instructions give the same run.
 */
import { z } from 'zod';
import type { Bus, Message, Subscription } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database, Transaction } from '#platform/database/database.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createCommands, listenToCommands } from '#platform/inbox/commands.ts';
import type { CommandHandler, Reply } from '#platform/inbox/inbox.ts';
import { createOutbox } from '#platform/outbox/outbox.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { createSagaRunner, type SagaRunner } from './runner.ts';
import type { SagaChange, SagaDefinition } from './saga.ts';

/** What the shed does about an ask: at once, or after thinking, or never; `refuse-twice` is done at the third asking. */
export const BEHAVIOURS = ['done', 'refuse', 'refuse-twice', 'late-done', 'late-refuse', 'wait-done', 'wait-refuse', 'silent', 'throw-once'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** By step; the undo of a step by `undo-<step>`. */
export type Script = Record<string, Behaviour>;

/** Two steps before the pivot, the pivot, two after it. */
export const STEPS = ['hold', 'pay', 'confirm', 'take', 'clear'] as const;
export const UNDOABLE: readonly string[] = ['hold', 'pay'];
const PIVOT = 'confirm';
const WITHIN_MS = 20_000;
const WAIT_MS = 120_000;
const LANE = (topic: string, message: Message) => `${topic} ${message.subject}`;

const MIGRATIONS = [
  {
    name: 'shed-0001',
    up: [
      'create table shed_effect (order_id varchar(64) not null, step varchar(64) not null, runs integer not null, effect integer not null, primary key (order_id, step))',
      'create table shed_thought (command_key varchar(191) not null primary key, order_id varchar(64) not null, step varchar(64) not null, outcome varchar(16) not null)',
    ],
  },
];

interface Parcel {
  topic: string;
  message: Message;
}

export class World {
  nowMs = 1_700_000_000_000;
  /** Whether the desk could be told anything. */
  hears = true;
  readonly lanes = new Map<string, Parcel[]>();
  readonly delivered: Parcel[] = [];
  /** Dead letters: out of their lane, until somebody replays them. */
  readonly graves: Parcel[] = [];
  readonly changes = new Map<string, SagaChange[]>();
  readonly scripts = new Map<string, Script>();
  readonly asked = new Map<string, number>();
  readonly #handlers = new Map<string, Subscription>();
  #killNext = false;
  readonly #folder: string;
  desk!: Database;
  shed!: Database;
  runner!: SagaRunner;
  definition!: SagaDefinition<{ orderId: string }>;
  #commands!: ReturnType<typeof createCommands>;

  constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<World> {
    const world = new World(folder);
    const open = async (room: string, migrations: typeof MIGRATIONS) =>
      world.#mortal(await openTestDatabase({ room, place: folder, migrations: [...platformMigrations, ...migrations] }));
    world.desk = await open('desk', []);
    world.shed = await open('shed', MIGRATIONS);
    const clock: Clock = { ...systemClock, nowMs: () => world.nowMs };
    const bus: Bus = {
      subscribe: (subscription) => void world.#handlers.set(subscription.topic, subscription),
      start: async () => {}, stop: async () => {}, deadLetters: async () => [], replay: async () => false,
    };
    const committed = (parcel: Parcel) => {
      const lane = LANE(parcel.topic, parcel.message);
      world.lanes.set(lane, [...(world.lanes.get(lane) ?? []), parcel]);
    };
    const deskOutbox = createOutbox({ room: 'desk', clock, ids: systemIds, committed });
    const shedOutbox = createOutbox({ room: 'shed', clock, ids: systemIds, committed });
    world.runner = createSagaRunner({ database: world.desk, outbox: deskOutbox, clock, log: createLogger('silent'), leads: () => true, hears: () => world.hears });
    world.definition = world.#define();
    world.runner.define(world.definition);
    bus.subscribe({ topic: 'gomall.shed.replies', room: 'desk', mode: 'group', handle: (message) => world.runner.onReply(message) });
    const parts = { room: 'shed', database: world.shed, outbox: shedOutbox, clock };
    world.#commands = createCommands(parts);
    listenToCommands(world.#handlersOfShed(), bus, parts);
    return world;
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.shed.close();
    await dropTestDatabases(this.#folder);
  }

  /** A new run on the same files. */
  async clear(): Promise<void> {
    for (const database of [this.desk, this.shed]) {
      await database.transaction(async (tx) => {
        for (const table of ['platform_outbox', 'platform_command', 'platform_saga', 'platform_inbox']) await tx.execute(`delete from ${table}`);
        if (database === this.shed) for (const table of ['shed_effect', 'shed_thought']) await tx.execute(`delete from ${table}`);
      });
    }
    for (const memory of [this.lanes, this.changes, this.scripts, this.asked]) memory.clear();
    this.delivered.length = 0;
    this.graves.length = 0;
  }

  async begin(orderId: string, script: Script): Promise<void> {
    this.scripts.set(orderId, script);
    this.changes.set(orderId, []);
    await this.desk.transaction((tx) => this.runner.start(tx, this.definition, orderId, { orderId }));
  }

  cancel(orderId: string): Promise<boolean> {
    return this.desk.transaction((tx) => this.runner.cancel(tx, orderId, { code: 'CHANGED_MIND', message: 'no more' }));
  }

  heads(): Parcel[] {
    return [...this.lanes.values()].flatMap((lane) => lane.slice(0, 1));
  }

  /** Gives the head of a lane to its room. `killed`: dies before the commit. `forgotten`: commits, but comes again. */
  async deliver(parcel: Parcel, fate: 'well' | 'killed' | 'forgotten' = 'well'): Promise<void> {
    const handled = await this.#hand(parcel, fate === 'killed');
    if (!handled || fate === 'forgotten') return;
    this.#leave(parcel);
    this.delivered.push(parcel);
  }

  /** A lane gives its head up: it comes back out of order. */
  bury(parcel: Parcel): void {
    this.#leave(parcel);
    this.graves.push(parcel);
  }

  async exhume(): Promise<void> {
    const parcel = this.graves.shift();
    if (parcel && !(await this.#hand(parcel, false))) this.graves.push(parcel);
  }

  #leave(parcel: Parcel): void {
    const lane = LANE(parcel.topic, parcel.message);
    const rest = this.lanes.get(lane)!.slice(1);
    if (rest.length > 0) this.lanes.set(lane, rest);
    else this.lanes.delete(lane);
  }

  /** Something delivered long ago comes again. */
  async repeat(index: number): Promise<void> {
    const parcel = this.delivered[index % Math.max(1, this.delivered.length)];
    if (parcel) await this.#hand(parcel, false);
  }

  async sweep(killed = false): Promise<void> {
    this.#killNext = killed;
    await this.runner.sweep();
    this.#killNext = false;
  }

  /** What the shed thinks about. */
  thoughts(): Promise<{ command_key: string; order_id: string; step: string; outcome: string }[]> {
    return this.shed.query('select command_key, order_id, step, outcome from shed_thought order by command_key');
  }

  /** The shed has thought about an ask long enough. An undo meanwhile has taken the thought away. */
  async conclude(key: string): Promise<void> {
    await this.shed.transaction(async (tx) => {
      const [thought] = await tx.query<{ order_id: string; step: string; outcome: string }>('select order_id, step, outcome from shed_thought where command_key = ?', [key]);
      if (!thought || thought.outcome === 'silent') return;
      await tx.execute('delete from shed_thought where command_key = ?', [key]);
      const done = thought.outcome === 'done';
      if (done) await this.#effect(tx, thought.order_id, thought.step, 1);
      await this.#commands.reply(tx, { key, subject: thought.order_id }, done ? { outcome: 'done' } : { outcome: 'refused', code: 'NO', message: 'after thinking' });
    });
  }

  async effects(orderId: string): Promise<Record<string, { effect: number; runs: number }>> {
    const rows = await this.shed.query<{ step: string; effect: number; runs: number }>('select step, effect, runs from shed_effect where order_id = ?', [orderId]);
    return Object.fromEntries(rows.map(({ step, effect, runs }) => [step, { effect, runs }]));
  }

  #define(): SagaDefinition<{ orderId: string }> {
    return {
      name: 'place-order',
      steps: STEPS.map((name) => ({
        name,
        ask: ({ orderId }) => ({ room: 'shed', command: name, input: { orderId } }),
        ...(UNDOABLE.includes(name) && { undo: ({ orderId }: { orderId: string }) => ({ room: 'shed', command: `undo-${name}`, input: { orderId } }) }),
        withinMs: WITHIN_MS,
        ...(name === PIVOT && { pivot: true }),
      })),
      onChange: async (tx, sagaId, _, change) => tx.afterCommit(() => void this.changes.get(sagaId)!.push(change)),
    };
  }

  #handlersOfShed(): CommandHandler[] {
    const input = z.object({ orderId: z.string() });
    const does = STEPS.map((step): CommandHandler => ({ type: step, input, handle: (tx, { orderId }, { key }) => this.#do(tx, orderId, step, key) }));
    const undoes = UNDOABLE.map((step): CommandHandler => ({ type: `undo-${step}`, input, handle: (tx, { orderId }, { key }) => this.#undo(tx, orderId, step, key) }));
    return [...does, ...undoes];
  }

  async #do(tx: Transaction, orderId: string, step: string, key: string): Promise<Reply | null> {
    const behaviour = this.#behaviour(orderId, step, key);
    switch (behaviour) {
      case 'done':
        await this.#effect(tx, orderId, step, 1);
        return { outcome: 'done' };
      case 'refuse':
        return { outcome: 'refused', code: 'NO', message: 'no' };
      default: {
        const outcome = behaviour.endsWith('done') ? 'done' : behaviour.endsWith('refuse') ? 'refuse' : 'silent';
        await tx.execute('insert into shed_thought (command_key, order_id, step, outcome) values (?, ?, ?, ?)', [key, orderId, step, outcome]);
        return behaviour.startsWith('wait') ? { outcome: 'waiting', untilMs: this.nowMs + WAIT_MS } : null;
      }
    }
  }

  async #undo(tx: Transaction, orderId: string, step: string, key: string): Promise<Reply | null> {
    const behaviour = this.#behaviour(orderId, `undo-${step}`, key);
    if (behaviour === 'silent') return null;
    if (behaviour === 'refuse') return { outcome: 'refused', code: 'NOT_NOW', message: 'not now' };
    await tx.execute('delete from shed_thought where order_id = ? and step = ?', [orderId, step]);
    await tx.execute('update shed_effect set effect = 0 where order_id = ? and step = ?', [orderId, step]);
    await this.#effect(tx, orderId, `undo-${step}`, 1);
    return { outcome: 'done' };
  }

  /** What the script has, with those that change from one asking to the next resolved. */
  #behaviour(orderId: string, step: string, key: string): Behaviour {
    const scripted = this.scripts.get(orderId)![step] ?? 'done';
    const times = (this.asked.get(`${orderId} ${step}`) ?? 0) + 1;
    if (scripted === 'throw-once') {
      this.asked.set(`${orderId} ${step}`, times);
      if (times === 1) throw new Error('the shed stumbles');
      return 'done';
    }
    if (scripted === 'refuse-twice') return key.endsWith('/3') ? 'done' : 'refuse';
    return scripted;
  }

  async #effect(tx: Transaction, orderId: string, step: string, by: number): Promise<void> {
    await tx.insertIfAbsent('shed_effect', { order_id: orderId, step, runs: 0, effect: 0 });
    await tx.execute('update shed_effect set runs = runs + 1, effect = effect + ? where order_id = ? and step = ?', [by, orderId, step]);
  }

  async #hand({ topic, message }: Parcel, killed: boolean): Promise<boolean> {
    const subscription = this.#handlers.get(topic);
    if (!subscription) throw new Error(`nobody listens to ${topic}`);
    this.#killNext = killed;
    try {
      await subscription.handle(message, { attempt: 1 });
      return true;
    } catch (error) {
      if (!/killed|stumbles/.test(String(error))) throw error;
      return false;
    } finally {
      this.#killNext = false;
    }
  }

  #mortal(database: Database): Database {
    return {
      ...database,
      transaction: (work) =>
        database.transaction(async (tx) => {
          const result = await work(tx);
          if (this.#killNext) throw new Error('killed before the commit');
          return result;
        }),
    };
  }
}
