/**
 * Schemas and accounts: each room has a schema (`gomall_orders`) and an account of the same name with rights on that schema
 * and on nothing else. Made by an administrator's account, by the process itself or in a step before (app/accounts.ts), or
 * by people, who then give `MYSQL_DSN_<ROOM>`.
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
  /** MYSQL_DSN_<ROOM>, where given: then nothing is made, unless `makeOwn` says so. One of the two is there. */
  own: MysqlAddress | null;
  /** The account that `own` names is made too, by the administrator's: for the step before rooms that are given no more than their own. */
  makeOwn?: boolean;
  /** The password of the account that is made: 32 bytes that are the same at every start. */
  secret: Uint8Array;
  /** Tables whose rows this room's account may add and read, never change or remove. */
  appendOnly: readonly string[];
  clock: Clock;
}

const schemaOf = (administrator: MysqlAddress | null, room: string): string => `${administrator?.schema || PREFIX}_${room.replaceAll('-', '_')}`;

/**
 * Makes schema and account unless they are there; the password is set anew each time, as the secret may have changed.
 * Where MYSQL_DSN may not make accounts it serves all rooms itself, unless it was to make one that is named. Throws UNAVAILABLE.
 */
export async function prepareRoom(options: RoomAccountOptions): Promise<MysqlAddress> {
  const { administrator, own, makeOwn = false } = options;
  if (own && !makeOwn) return own.schema === '' ? { ...own, schema: schemaOf(administrator, options.room) } : own;
  if (!administrator) throw new Error(`the database of ${options.room} has no address`);
  const account = own ? named(own, administrator, options.room) : derived(administrator, options);
  const { user, password, schema } = account;
  return asAdministrator(administrator, options, async (run) => {
    await run(`create database if not exists ${schema} character set utf8mb4 collate utf8mb4_bin`);
    try {
      await run(`create user if not exists '${user}'@'%' identified by ${quoted(password)}`);
    } catch (error) {
      // It may make schemas, as hosted databases often allow, but no accounts.
      if (!own && (error as { errno?: number }).errno === CREATE_USER_DENIED) return { ...administrator, schema };
      throw error;
    }
    await run(`alter user '${user}'@'%' identified by ${quoted(password)}`);
    await run(`grant ${SCHEMA_RIGHTS}, ${ROW_RIGHTS} on \`${literal(schema)}\`.* to '${user}'@'%'`);
    return account;
  });
}

/** An account named like its schema, with a password that is derived. */
function derived(administrator: MysqlAddress, { room, secret }: RoomAccountOptions): MysqlAddress {
  const schema = schemaOf(administrator, room);
  if (schema.length > MAX_ACCOUNT_LENGTH) throw new Fault('INVALID_INPUT', `${administrator.variable}: the schema ${schema} would be longer than ${MAX_ACCOUNT_LENGTH} letters: choose a shorter name than ${administrator.schema}.`);
  return { ...administrator, user: schema, password: Buffer.from(secret).toString('base64url'), schema };
}

/** The account that MYSQL_DSN_<ROOM> asks for. */
function named(own: MysqlAddress, administrator: MysqlAddress, room: string): MysqlAddress {
  const { variable, user, password } = own;
  if (!/^\w+$/.test(user) || user.length > MAX_ACCOUNT_LENGTH) throw new Fault('INVALID_INPUT', `${variable}: the account must have at most ${MAX_ACCOUNT_LENGTH} letters, digits and _ to be made.`);
  if (password === '') throw new Fault('INVALID_INPUT', `${variable}: an account without a password is not made; expected mysql://${user}:password@…`);
  if (user === administrator.user) throw new Fault('INVALID_INPUT', `${variable}: it names the account of ${administrator.variable}; a room gets one of its own, such as ${schemaOf(administrator, room)}.`);
  return { ...own, schema: own.schema || schemaOf(administrator, room) };
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** After the migrations: rows of all tables but the append-only ones may be changed. (A right once given on a schema cannot be taken back on one table.) */
export async function secureRoom(options: RoomAccountOptions, address: MysqlAddress): Promise<void> {
  const { administrator, own, makeOwn = false, appendOnly } = options;
  if ((own && !makeOwn) || !administrator || appendOnly.length === 0 || address.user === administrator.user) return;
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
