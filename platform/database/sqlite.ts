/** The embedded adapter of the database port: one SQLite file a room, WAL, every commit durable (`synchronous=full`). */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MikroORM, SqliteDriver, type EntityManager } from '@mikro-orm/sql';
import { Kysely } from 'kysely';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, Migration, SqlRow, SqlValue, Transaction } from './database.ts';
import { migrate, migrationSettings, pendingMigrations } from './migrate.ts';
import { Gate, SqliteConnection } from './sqlite-connection.ts';
import { CommitGroup } from './sqlite-group.ts';
import { kyselyDialect } from './sqlite-kysely.ts';
import { withinLimit } from './transaction-limit.ts';

export interface SqliteOptions {
  room: string;
  /** Made with its folder when missing. */
  file: string;
  entities: readonly any[];
  /** In order; those not yet run are run before this resolves. */
  migrations: readonly Migration[];
  clock: Clock;
  /** Told every statement, for counting. */
  onStatement?: (room: string, sql: string) => void;
  /** Told how long each write transaction, alone or with others in one commit, held the file, in ms. */
  onTransaction?: (room: string, heldMs: number) => void;
}

export async function openSqlite(options: SqliteOptions): Promise<Database> {
  const { room, file } = options;
  mkdirSync(dirname(file), { recursive: true });
  const onStatement = (sql: string) => options.onStatement?.(room, sql);
  const writing = new SqliteConnection(file, { readOnly: false, onStatement });
  const gate = new Gate();
  const orm = await MikroORM.init({
    driver: SqliteDriver,
    dbName: file,
    driverOptions: kyselyDialect(writing, gate),
    contextName: `${room}:${file}`,
    entities: [...options.entities],
    discovery: { warnWhenNoEntities: false },
    // Entities of one room may be read by a fork at any time; identity maps are never shared between requests.
    allowGlobalContext: false,
    migrations: migrationSettings({ ...options, dialect: 'sqlite' }),
  });
  try {
    const query = async (sql: string, parameters: SqlValue[] = []) => writing.all(sql, parameters) as Record<string, SqlValue>[];
    const { pending, isNew } = await pendingMigrations(options, query);
    if (pending.length > 0 && !isNew) copyBeforeMigration(writing, file, options.clock.nowMs());
    if (pending.length > 0) await migrate(orm, { ...options, dialect: 'sqlite' }, query, pending);
  } catch (error) {
    await orm.close();
    writing.close();
    throw error;
  }
  const reading = new SqliteConnection(file, { readOnly: true, onStatement });
  const ungated = new Kysely<any>({ dialect: kyselyDialect(writing, null) });

  const group = new CommitGroup({
    connection: writing,
    gate,
    open: () =>
      new SqliteTransaction(writing, () => {
        const em = orm.em.fork({ clear: true, flushMode: 'commit' }) as EntityManager;
        em.setTransactionContext(ungated as never);
        return em;
      }),
    within: (work) => withinLimit(work, room, options.clock),
    nowMs: () => options.clock.nowMs(),
    onHeld: (heldMs) => options.onTransaction?.(room, heldMs),
  });

  return {
    room,
    dialect: 'sqlite',
    query: async <Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) => reading.all(sql, parameters) as Row[],
    transaction: (work) => group.run(work),
    em: () => orm.em.fork({ clear: true }) as EntityManager,
    ping: async () => void reading.all('select 1', []),
    async close() {
      group.close();
      await gate.enter();
      await orm.close();
      reading.close();
      writing.close();
    },
  };
}

/** Everything is moved from the WAL into the file first, so that the file alone is whole. */
function copyBeforeMigration(connection: SqliteConnection, file: string, nowMs: number): void {
  connection.all('pragma wal_checkpoint(truncate)', []);
  copyFileSync(file, `${file}.before-${new Date(nowMs).toISOString().replaceAll(':', '-')}`);
}

class SqliteTransaction implements Transaction {
  readonly forUpdate = '';
  readonly #connection: SqliteConnection;
  readonly #openEm: () => EntityManager;
  #em: EntityManager | undefined;
  #ended = false;
  #afterCommit: (() => void)[] = [];

  constructor(connection: SqliteConnection, openEm: () => EntityManager) {
    this.#connection = connection;
    this.#openEm = openEm;
  }

  get em(): EntityManager {
    this.#refuseWhenEnded();
    return (this.#em ??= this.#openEm());
  }

  async query<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    this.#refuseWhenEnded();
    return this.#connection.all(sql, parameters) as Row[];
  }

  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<{ changed: number }> {
    this.#refuseWhenEnded();
    return { changed: this.#connection.run(sql, parameters).changes };
  }

  async insertIfAbsent(table: string, row: Record<string, SqlValue>): Promise<boolean> {
    const names = Object.keys(row);
    const sql = `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')}) on conflict do nothing`;
    return (await this.execute(sql, Object.values(row))).changed === 1;
  }

  afterCommit(work: () => void): void {
    this.#afterCommit.push(work);
  }

  async flush(): Promise<void> {
    await this.#em?.flush();
  }

  discard(): void {
    this.#afterCommit = [];
  }

  end(): void {
    this.#ended = true;
  }

  runAfterCommit(): void {
    for (const work of this.#afterCommit) work();
  }

  /** A forgotten await would write outside the transaction, into somebody else's. */
  #refuseWhenEnded(): void {
    if (this.#ended) throw new Error('the transaction has ended: something inside it was not awaited');
  }
}
