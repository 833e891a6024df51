/**
 * A mall for tests: real rooms on real databases of their own (SQLite files in a folder, or what TEST_ENGINES names), with the
 * real outbox, bus, inbox, sagas and ports. Nothing is mocked; a room that is not there can be answered for by `asks`.
 *
 *     const mall = await openMall({ rooms: [orders, inventory], rude: 7, asks: [{ contract: quoteVariants, handle: async () => […] }] });
 *     const { data, errors } = await mall.execute('orders', 'mutation …', { input }, { userId: 'u1', roles: ['customer'] });
 *     await mall.settle();                        // every message handled, every due saga gone on
 *     await mall.advance(15 * 60_000);            // a quarter of an hour later, and settled again
 *     await mall.crash();                         // killed and started again on the same files
 *     expect(await mall.statements(() => mall.execute(…))).toMatchObject({ total: 4 });
 *     await mall.close();                         // and the folder is gone
 *
 * `rude` delivers messages late, twice and shuffled between keys, the same way for the same number. The clock runs and
 * can be put forward. Ask `mall.database('orders')` for what no query tells, `mall.tell(…)` to play a room that is not
 * there, `mall.told('orders')` for what a room has told.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, parse, subscribe, validate, type ExecutionResult } from 'graphql';
import { createEmbeddedAsks } from '#platform/ask/embedded.ts';
import type { AskAnswer } from '#platform/ask/ask.ts';
import type { DeadLetter, Message, OutgoingMessage } from '#platform/bus/bus.ts';
import type { CarryingBus } from '#platform/bus/embedded.ts';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createEmbeddedKv } from '#platform/kv/embedded.ts';
import { createEmbeddedLive } from '#platform/live/embedded.ts';
import { createBlobFolder } from '#platform/blobs/folder.ts';
import { createMailFolder } from '#platform/mail/folder.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createTestBus, dropTestTopics } from '#platform/testing/buses.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { createContext, type Language, type RequestContext } from './context.ts';
import { hostRoom, type Engines, type HostedRoom } from './host.ts';
import { platformMigrations } from './migrations.ts';
import { scopesOf } from './permissions.ts';
import type { RoomDefinition } from './room.ts';
import { toGraphQLError } from './schema.ts';
import type { ShopSettings } from './shop.ts';

export interface MallOptions {
  rooms: readonly RoomDefinition[];
  /** A seed: messages come late, twice and shuffled between keys. */
  rude?: number;
  /** Answers of rooms that are not there. */
  asks?: readonly AskAnswer<any, any>[];
  shop?: Partial<ShopSettings>;
  /** `silent` unless a test is being looked into. */
  logLevel?: string;
}

/** Who asks; a guest by default. */
export interface Visitor {
  userId?: string;
  roles?: readonly string[];
  language?: Language;
  clientAddress?: string;
  signal?: AbortSignal;
}

export interface Statements {
  total: number;
  byRoom: Record<string, number>;
  sql: { room: string; sql: string }[];
}

/** Any shape: a test asks for what it expects. */
export type Answer = { data?: any; errors?: { message: string; path?: readonly (string | number)[]; extensions: Record<string, any> }[] };

const SHOP: ShopSettings = { currency: 'USD', shippingMinor: 500, freeShippingFromMinor: null, taxBasisPoints: { '*': 0 }, lowStockThreshold: 5 };

/** Rooms that a test may play with `tell`. */
const PLAYED = ['users', 'products', 'inventory', 'cart', 'orders', 'payments', 'analytics'];

/** A mall that is not quiet after so long (real time) has a message that goes round in circles. */
const SETTLE_LIMIT_MS = 15_000;
/** Quiet means: nothing to deliver and no transaction for so long (real time), as a provider may be about to answer. */
const QUIET_MS = 15;

export class Mall {
  readonly clock: ShiftedClock;
  readonly #options: MallOptions;
  readonly #folder: string;
  #bus!: CarryingBus;
  #hosted = new Map<string, HostedRoom>();
  #engines!: Engines;
  #crashed = { is: false };
  #statements: { room: string; sql: string }[] = [];
  #transactions = 0;
  /** Transactions that have not come to their end. */
  #underWay = 0;

  constructor(options: MallOptions) {
    this.#options = options;
    this.#folder = mkdtempSync(join(tmpdir(), 'gomall-test-'));
    this.clock = createShiftedClock();
  }

  /** A query or mutation through the room's own schema. */
  async execute(room: string, query: string, variables: Record<string, unknown> = {}, visitor: Visitor = {}): Promise<Answer> {
    const { schema } = this.room(room);
    const document = parse(query);
    const problems = validate(schema, document);
    if (problems.length > 0) throw new Error(`the test asks what ${room} does not have: ${problems.map((problem) => problem.message).join('; ')}`);
    const context = this.context(visitor);
    const result = await execute({ schema, document, variableValues: variables, contextValue: context });
    return this.#answer(result, context);
  }

  /** A subscription through the room's own schema; ends with the loop. */
  async *subscribe(room: string, query: string, variables: Record<string, unknown> = {}, visitor: Visitor = {}): AsyncGenerator<Answer> {
    const { schema } = this.room(room);
    const context = this.context(visitor);
    const results = await subscribe({ schema, document: parse(query), variableValues: variables, contextValue: context });
    if (!(Symbol.asyncIterator in results)) {
      yield this.#answer(results, context);
      return;
    }
    for await (const result of results) yield this.#answer(result, context);
  }

  context(visitor: Visitor = {}): RequestContext {
    const { userId, roles = ['customer'], language = 'en', clientAddress = '127.0.0.1', signal } = visitor;
    const identity = userId === undefined ? null : { userId, roles, scopes: scopesOf(roles), sessionId: `session-of-${userId}` };
    return createContext({ identity, language, traceId: 'test', clientAddress, ...(signal && { signal }) });
  }

  room(name: string): HostedRoom {
    const found = this.#hosted.get(name);
    if (!found) throw new Error(`no room ${name} in this mall`);
    return found;
  }

  database(room: string): Database {
    return this.room(room).deps.database;
  }

  /** Every row of every table of a room's database as one text, to look for what must not be in it. */
  async stored(room: string): Promise<string> {
    const database = this.database(room);
    const list = database.dialect === 'sqlite' ? "select name from sqlite_master where type = 'table'" : 'select table_name as name from information_schema.tables where table_schema = database()';
    const tables = await database.query<{ name: string }>(list);
    if (tables.length === 0) throw new Error(`${room} has no tables`);
    return (await Promise.all(tables.map(async ({ name }) => JSON.stringify(await database.query(`select * from ${name}`))))).join('\n');
  }

  /** Publishes a message as a room would; the room need not be there, then the first room's outbox carries it. */
  async tell(message: OutgoingMessage): Promise<{ id: string }> {
    const [, name] = message.topic.split('.');
    const { deps } = this.#hosted.get(name!) ?? [...this.#hosted.values()][0]!;
    return deps.database.transaction((tx) => deps.outbox.add(tx, message));
  }

  /** Every message that was delivered on the topics of a room since the mall was opened, in the order of delivery. */
  told(room: string): { topic: string; message: Message }[] {
    return this.#told.filter(({ topic }) => topic.split('.')[1] === room);
  }
  readonly #told: { topic: string; message: Message }[] = [];

  deadLetters(): Promise<DeadLetter[]> {
    return this.#bus.deadLetters(100);
  }

  replay(deadLetterId: string): Promise<boolean> {
    return this.#bus.replay(deadLetterId);
  }

  /** Letters sent so far are files here. */
  get mailFolder(): string {
    return join(this.#folder, 'mail');
  }

  /** Resolves when no message is left to be handled and no saga is due. Puts the clock forward over pauses between attempts only. */
  async settle(): Promise<void> {
    const { nowMs, sleep } = systemClock;
    const limit = nowMs() + SETTLE_LIMIT_MS;
    let quietSince: number | null = null;
    let transactions = this.#transactions;
    for (;;) {
      if (nowMs() > limit) throw new Error(`the mall is not quiet after ${SETTLE_LIMIT_MS} ms: ${JSON.stringify(this.#bus.backlog())}`);
      const { unhandled, behind, nextAtMs } = this.#bus.backlog();
      const due = await this.#sweepSagas();
      const busy = unhandled > 0 || behind || due > 0 || this.#underWay > 0 || this.#transactions !== transactions;
      transactions = this.#transactions;
      // Only a look can tell that it is quiet: one turn of the loop may take longer than QUIET_MS when many handlers are ready.
      if (busy) quietSince = null;
      else if (nowMs() - (quietSince ??= nowMs()) >= QUIET_MS) return;
      if (nextAtMs !== null) await this.clock.advance(Math.max(0, nextAtMs - this.clock.nowMs()));
      else if (unhandled > 0) await new Promise((resolve) => setImmediate(resolve));
      else await sleep(2);
    }
  }

  /** Puts the clock forward, and settles. */
  async advance(byMs: number): Promise<void> {
    await this.settle();
    await this.clock.advance(byMs);
    await this.settle();
  }

  /** Runs a task of a room now. */
  async runTask(room: string, task: string): Promise<void> {
    if (!(await this.room(room).runTask(task))) throw new Error(`${room} has no task ${task}`);
  }

  /** Every statement that runs during `work`; background work of the mall counts too, so settle first. */
  async statements(work: () => Promise<unknown>): Promise<Statements> {
    const from = this.#statements.length;
    await work();
    const sql = this.#statements.slice(from);
    const byRoom: Record<string, number> = {};
    for (const { room } of sql) byRoom[room] = (byRoom[room] ?? 0) + 1;
    return { total: sql.length, byRoom, sql };
  }

  /** Killed in the middle of whatever it does, and started again on the same databases: open transactions are lost, timers and memory gone. */
  async crash(): Promise<void> {
    this.#crashed.is = true;
    this.clock.clear();
    await this.#bus.abandon();
    for (const { deps } of this.#hosted.values()) await deps.database.close();
    await this.open();
  }

  async close(): Promise<void> {
    await this.#bus.stop();
    for (const hosted of this.#hosted.values()) await hosted.stop();
    await Promise.all([this.#engines.kv.close(), this.#engines.live.close(), this.#engines.mail.close()]);
    this.clock.clear();
    await dropTestDatabases(this.#folder);
    await dropTestTopics(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async open(): Promise<void> {
    const { clock } = this;
    const crashed = (this.#crashed = { is: false });
    const log = createLogger(this.#options.logLevel ?? 'silent');
    this.#bus = await createTestBus({ place: this.#folder, rooms: [...this.#options.rooms.map(({ name }) => name), ...PLAYED], clock, ids: systemIds, log, ...(this.#options.rude !== undefined && { rudeSeed: this.#options.rude }), onMessage: (entry) => void this.#told.push(entry) });
    const asks = createEmbeddedAsks({ clock, checkAlways: true });
    asks.answer(this.#options.asks ?? []);
    // All at once: on a server making tables is waiting for its disk.
    const databases = new Map(await Promise.all(this.#options.rooms.map(async (definition) => [definition.name, await this.#openDatabase(definition)] as const)));
    this.#engines = {
      clock, ids: systemIds, log, bus: this.#bus, asks,
      // A lease that others wait for goes by their server's clock, which no test puts forward.
      alone: true,
      kv: createEmbeddedKv(clock),
      live: createEmbeddedLive(),
      blobs: createBlobFolder({ folder: join(this.#folder, 'blobs'), ids: systemIds, log }),
      tensors: 'wasm',
      mail: createMailFolder({ folder: this.mailFolder, from: 'GoMall <shop@gomall.example>' }),
      openDatabase: async ({ name }) => mortal(databases.get(name)!, crashed, <T>(work: () => Promise<T>) => this.#watch(work)),
      shop: { ...SHOP, ...this.#options.shop },
      publicUrl: 'http://localhost:8080',
      dataDir: this.#folder,
      rootSecret: new TextEncoder().encode('the root secret of tests, 32 bytes or more'),
    };
    this.#hosted = new Map();
    for (const definition of this.#options.rooms) this.#hosted.set(definition.name, await hostRoom(definition, this.#engines));
    for (const hosted of this.#hosted.values()) await hosted.start();
    await this.#bus.start();
  }

  async #openDatabase({ name, entities, migrations, appendOnly = [] }: RoomDefinition): Promise<Database> {
    return openTestDatabase({
      room: name,
      place: this.#folder,
      entities,
      migrations: [...platformMigrations, ...migrations],
      appendOnly,
      onStatement: (room, sql) => void this.#statements.push({ room, sql }),
    });
  }

  async #watch<T>(transaction: () => Promise<T>): Promise<T> {
    this.#transactions++;
    this.#underWay++;
    try {
      return await transaction();
    } finally {
      this.#underWay--;
    }
  }

  async #sweepSagas(): Promise<number> {
    let due = 0;
    for (const { room, sagas } of this.#hosted.values()) if (room.sagas?.length) due += await sagas.sweep();
    return due;
  }

  #answer(result: ExecutionResult, context: RequestContext): Answer {
    const errors = result.errors?.map((error) => toGraphQLError(error, context.traceId, (cause) => this.#engines.log.error({ err: cause }, 'a resolver failed')));
    // As a client sees it: plain objects.
    return JSON.parse(JSON.stringify({ ...(result.data !== undefined && { data: result.data }), ...(errors && { errors }) }));
  }
}

export async function openMall(options: MallOptions): Promise<Mall> {
  const mall = new Mall(options);
  await mall.open();
  return mall;
}

/** A database that loses its open transactions when the process crashes. */
function mortal(database: Database, crashed: { is: boolean }, watch: <T>(transaction: () => Promise<T>) => Promise<T>): Database {
  const die = () => {
    if (crashed.is) throw new Error('the process was killed');
  };
  return {
    room: database.room,
    dialect: database.dialect,
    query: (sql, parameters) => database.query(sql, parameters),
    em: () => database.em(),
    ping: () => database.ping(),
    close: () => database.close(),
    async transaction(work) {
      die();
      return watch(() =>
        database.transaction(async (tx) => {
          die();
          const result = await work(tx);
          die();
          return result;
        }),
      );
    },
  };
}
