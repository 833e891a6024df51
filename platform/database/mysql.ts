/** The adapter of the database port for MySQL 8, MariaDB and TiDB: a schema a room, rows locked one by one. */
import { MySqlDriver } from '@mikro-orm/mysql';
import { MikroORM, type EntityManager } from '@mikro-orm/sql';
import { Kysely } from 'kysely';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Database, Migration, SqlRow, SqlValue } from './database.ts';
import { migrate, migrationSettings, pendingMigrations } from './migrate.ts';
import type { MysqlAddress } from './mysql-address.ts';
import { kyselyDialect } from './mysql-kysely.ts';
import { MysqlPool } from './mysql-pool.ts';
import { runTransaction, type MysqlTransaction } from './mysql-transaction.ts';

/** Connections a room and process at most: those who write and those who read do not wait for each other. */
export const WRITERS = 6;
export const READERS = 4;
/** Another process of the room may be migrating: so long it is waited for. */
const MIGRATION_WAIT_S = 120;
/** Collations that compare ids and keys as bytes. */
const BINARY = /^utf8mb4_(bin|0900_bin|nopad_bin)$/;

export interface MysqlOptions {
  room: string;
  address: MysqlAddress;
  entities: readonly any[];
  /** In order; those not yet run are run before this resolves. */
  migrations: readonly Migration[];
  clock: Clock;
  ids: Pick<Ids, 'integer'>;
  /** Told every statement, for counting. */
  onStatement?: (room: string, sql: string) => void;
  /** Told how long each write transaction held its connection, in ms. */
  onTransaction?: (room: string, heldMs: number) => void;
}

/** Throws UNAVAILABLE where the server, the account or the schema is not as needed, and leaves nothing open then. */
export async function openMysql(options: MysqlOptions): Promise<Database> {
  const { room, address, clock } = options;
  const onStatement = (sql: string) => options.onStatement?.(room, sql);
  const migrating = new MysqlPool({ room, address, clock, size: 2, statementLimitMs: null });
  const writing = new MysqlPool({ room, address, clock, size: WRITERS, onStatement });
  const reading = new MysqlPool({ room, address, clock, size: READERS, onStatement });
  let current = migrating;
  let orm: MikroORM<any> | null = null;
  const close = async () => {
    await orm?.close();
    await Promise.all([migrating.close(), writing.close(), reading.close()]);
  };
  try {
    await checkSchema(migrating, address);
    const opened = (orm = await openOrm(options, () => current));
    await bringUp(opened, options, migrating);
    await migrating.close();
    current = reading;
    return database(options, opened, reading, writing, close);
  } catch (error) {
    await close();
    throw migrating.faultOf(error);
  }
}

/** Whoever has nothing to run waits for nobody: a process of the version before starts while the next one migrates. */
async function bringUp(orm: MikroORM<any>, options: MysqlOptions, pool: MysqlPool): Promise<void> {
  const query = (sql: string, parameters: SqlValue[] = []) => pool.read(sql, parameters);
  const pendingNow = async () => (await pendingMigrations(options, query)).pending;
  if ((await pendingNow()).length === 0) return;
  await alone(pool, options.address.schema, options.room, async () => {
    const pending = await pendingNow();
    if (pending.length > 0) await migrate(orm, { ...options, dialect: 'mysql' }, query, pending);
  });
}

function database(options: MysqlOptions, orm: MikroORM<any>, reading: MysqlPool, writing: MysqlPool, close: () => Promise<void>): Database {
  const { room, clock, ids } = options;
  const openEm = (tx: MysqlTransaction) => {
    const em = orm.em.fork({ clear: true, flushMode: 'commit' }) as EntityManager;
    const source = { run: tx.run.bind(tx), release() {} };
    em.setTransactionContext(new Kysely<any>({ dialect: kyselyDialect(async () => source) }) as never);
    return em;
  };
  const onHeld = (heldMs: number) => options.onTransaction?.(room, heldMs);
  return {
    room,
    dialect: 'mysql',
    query: async <Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) => (await reading.read(sql, parameters)) as Row[],
    transaction: (work) => runTransaction({ room, pool: writing, clock, ids, openEm, onHeld }, work),
    em: () => orm.em.fork({ clear: true }) as EntityManager,
    ping: async () => void (await reading.read('select 1')),
    close,
  };
}

function openOrm({ room, address, entities, migrations, clock }: MysqlOptions, pool: () => MysqlPool): Promise<MikroORM<any>> {
  const take = async () => {
    const from = pool();
    const connection = await from.take();
    return { run: from.run.bind(from, connection), release: () => from.release(connection) };
  };
  return MikroORM.init({
    driver: MySqlDriver,
    dbName: address.schema,
    driverOptions: kyselyDialect(take),
    contextName: `${room}:${address.host}:${address.port}/${address.schema}`,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    ensureDatabase: false,
    // Entities of one room may be read by a fork at any time; identity maps are never shared between requests.
    allowGlobalContext: false,
    migrations: migrationSettings({ dialect: 'mysql', room, migrations, clock }),
  } as never) as Promise<MikroORM<any>>;
}

/** Ids and keys that differ in case only must not be the same to the server. */
async function checkSchema(pool: MysqlPool, { schema, host, port, variable }: MysqlAddress): Promise<void> {
  if (schema === '') throw new Fault('UNAVAILABLE', `${variable} names no schema: add it after the host, as in mysql://user:password@host:3306/gomall_orders.`);
  const [row] = await pool.read('select default_collation_name as collation from information_schema.schemata where schema_name = database()');
  const collation = String(row?.collation);
  if (BINARY.test(collation)) return;
  throw new Fault('UNAVAILABLE', `The schema ${schema} on ${host}:${port} has the collation ${collation}; utf8mb4_bin is needed: alter database ${schema} character set utf8mb4 collate utf8mb4_bin (while it is empty).`);
}

/** Two processes that start at once do not migrate at once; the lock goes with its connection. */
async function alone(pool: MysqlPool, schema: string, room: string, work: () => Promise<void>): Promise<void> {
  const connection = await pool.take();
  try {
    const { rows } = await pool.run(connection, 'select get_lock(?, ?) as held', [`gomall.${schema}`, MIGRATION_WAIT_S]);
    if (rows[0]!.held !== 1) throw new Fault('UNAVAILABLE', `Another process has been migrating the database of ${room} for over ${MIGRATION_WAIT_S} s: wait for it, or look what it waits for.`);
    await work();
  } finally {
    pool.discard(connection);
  }
}
