/**
 * Schemas and accounts: each room has a schema (`gomall_orders`) and an account of the same name with rights on that schema
 * and on nothing else. Made by an administrator's account, or by people, who then give `MYSQL_DSN_<ROOM>`.
 */
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { MysqlAddress } from './mysql-address.ts';
import { MysqlPool } from './mysql-pool.ts';

/** What MYSQL_DSN begins schemas with where it names none. */
const PREFIX = 'gomall';
/** MySQL's limit for names of accounts. */
const MAX_ACCOUNT_LENGTH = 32;

/** For an account that migrates its own schema. The rights to change rows are narrowed after that, see `secureRoom`. */
const SCHEMA_RIGHTS = 'select, insert, create, alter, drop, index, references, create temporary tables';
const ROW_RIGHTS = 'update, delete';

export interface RoomAccountOptions {
  room: string;
  /** MYSQL_DSN. */
  administrator: MysqlAddress | null;
  /** MYSQL_DSN_<ROOM>, where given: then nothing is made. One of the two is there. */
  own: MysqlAddress | null;
  /** The password of the account that is made: 32 bytes that are the same at every start. */
  secret: Uint8Array;
  /** Tables whose rows this room's account may add and read, never change or remove. */
  appendOnly: readonly string[];
  clock: Clock;
}

const schemaOf = (administrator: MysqlAddress | null, room: string): string => `${administrator?.schema || PREFIX}_${room.replaceAll('-', '_')}`;

/**
 * Makes schema and account unless they are there; the password is set anew each time, as the secret may have changed.
 * Where MYSQL_DSN may not make accounts it serves all rooms itself. Throws UNAVAILABLE.
 */
export async function prepareRoom(options: RoomAccountOptions): Promise<MysqlAddress> {
  const { administrator, own, secret } = options;
  if (own) return own.schema === '' ? { ...own, schema: schemaOf(administrator, options.room) } : own;
  if (!administrator) throw new Error(`the database of ${options.room} has no address`);
  const schema = schemaOf(administrator, options.room);
  if (schema.length > MAX_ACCOUNT_LENGTH) throw new Fault('INVALID_INPUT', `${administrator.variable}: the schema ${schema} would be longer than ${MAX_ACCOUNT_LENGTH} letters: choose a shorter name than ${administrator.schema}.`);
  const password = Buffer.from(secret).toString('base64url');
  return asAdministrator(administrator, options, async (run) => {
    await run(`create database if not exists ${schema} character set utf8mb4 collate utf8mb4_bin`);
    try {
      await run(`create user if not exists '${schema}'@'%' identified by '${password}'`);
    } catch (error) {
      // It may make schemas, as hosted databases often allow, but no accounts.
      if ((error as { errno?: number }).errno === CREATE_USER_DENIED) return { ...administrator, schema };
      throw error;
    }
    await run(`alter user '${schema}'@'%' identified by '${password}'`);
    await run(`grant ${SCHEMA_RIGHTS}, ${ROW_RIGHTS} on \`${literal(schema)}\`.* to '${schema}'@'%'`);
    return { ...administrator, user: schema, password, schema };
  });
}

/** After the migrations: rows of all tables but the append-only ones may be changed. (A right once given on a schema cannot be taken back on one table.) */
export async function secureRoom(options: RoomAccountOptions, address: MysqlAddress): Promise<void> {
  const { administrator, own, appendOnly } = options;
  if (own || !administrator || appendOnly.length === 0 || address.user === administrator.user) return;
  await asAdministrator(administrator, options, async (run) => {
    const tables = await run(`select table_name as name from information_schema.tables where table_schema = '${address.schema}' and table_type = 'BASE TABLE'`);
    for (const { name } of tables) {
      if (!appendOnly.includes(String(name))) await run(`grant ${ROW_RIGHTS} on \`${address.schema}\`.\`${name}\` to '${address.user}'@'%'`);
    }
    await run(`revoke ${ROW_RIGHTS} on \`${literal(address.schema)}\`.* from '${address.user}'@'%'`);
  });
}

/** For tests: schema and account are gone. */
export async function removeRoom(administrator: MysqlAddress, options: Pick<RoomAccountOptions, 'room' | 'clock'>): Promise<void> {
  const schema = schemaOf(administrator, options.room);
  await asAdministrator(administrator, options, async (run) => {
    await run(`drop database if exists ${schema}`);
    await run(`drop user if exists '${schema}'@'%'`);
  });
}

/** Access denied; you need the CREATE USER privilege. */
const CREATE_USER_DENIED = 1227;

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

async function asAdministrator<T>(administrator: MysqlAddress, { room, clock }: Pick<RoomAccountOptions, 'room' | 'clock'>, work: (run: Run) => Promise<T>): Promise<T> {
  const pool = new MysqlPool({ room, address: { ...administrator, schema: '' }, clock, size: 1, statementLimitMs: null });
  try {
    const connection = await pool.take();
    return await work(async (sql) => (await pool.run(connection, sql)).rows);
  } catch (error) {
    throw pool.faultOf(error);
  } finally {
    await pool.close();
  }
}

/** In a grant, `_` and `%` in the name of a schema are wildcards. */
const literal = (schema: string) => schema.replaceAll('_', '\\_');
