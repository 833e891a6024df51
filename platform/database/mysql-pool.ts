/** Connections of one account to one schema: bounded, set up alike, with every wait limited, and values as the port promises. */
import { createPool, type FieldPacket, type Pool, type PoolConnection, type QueryError } from 'mysql2';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { SqlValue } from './database.ts';
import type { MysqlAddress } from './mysql-address.ts';
import { isGone, mysqlFault } from './mysql-faults.ts';
import { readServer, sessionStatements, STATEMENT_LIMIT_MS, type MysqlServer } from './mysql-server.ts';

/** For the handshake of a new connection. */
export const CONNECT_TIMEOUT_MS = 5_000;
/** For a connection while all are busy. */
export const ACQUIRE_TIMEOUT_MS = 8_000;
/** A server that hangs with its port open is left alone so long after it should have stopped the statement itself. */
const SILENCE_MARGIN_MS = 2_000;
/** An idle connection is closed after so long; one is always kept. */
const IDLE_MS = 60_000;
/** For a polite end; then the sockets are closed. */
const END_TIMEOUT_MS = 2_000;

/** Types of columns, as numbered by the protocol, that come as text when a double would not hold them. */
const LONGLONG = 8;
const NEWDECIMAL = 246;

export interface MysqlPoolOptions {
  room: string;
  address: MysqlAddress;
  /** Connections at most. */
  size: number;
  clock: Clock;
  /** Null: statements may take as long as they need (migrations). */
  statementLimitMs?: number | null;
  onStatement?: (sql: string) => void;
}

export interface Outcome {
  rows: Record<string, SqlValue>[];
  /** Rows that fitted the `where`, whether or not they looked different afterwards. */
  changed: number;
  insertId: number | bigint;
}

export class MysqlPool {
  readonly #options: MysqlPoolOptions;
  readonly #pool: Pool;
  readonly #limitMs: number | null;
  readonly #ready = new WeakSet<PoolConnection>();
  readonly #taken = new Set<PoolConnection>();
  #server: MysqlServer | null = null;
  #closed = false;

  constructor(options: MysqlPoolOptions) {
    this.#options = options;
    this.#limitMs = options.statementLimitMs === undefined ? STATEMENT_LIMIT_MS : options.statementLimitMs;
    const { host, port, user, password, schema, tls } = options.address;
    this.#pool = createPool({
      host, port, user, password,
      ...(schema !== '' && { database: schema }),
      ...(tls !== 'off' && { ssl: { rejectUnauthorized: tls === 'verify' } }),
      charset: 'UTF8MB4_BIN',
      connectionLimit: options.size,
      maxIdle: 1,
      idleTimeout: IDLE_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      enableKeepAlive: true,
      // What MikroORM expects of its driver, too.
      supportBigNumbers: true,
      dateStrings: true,
      jsonStrings: true,
    });
  }

  /** A connection that is set up; to be given back by `release` or `discard`. Throws UNAVAILABLE. */
  async take(): Promise<PoolConnection> {
    let connection: PoolConnection | null = null;
    try {
      connection = await this.#acquire();
      this.#taken.add(connection);
      if (!this.#ready.has(connection)) await this.#setUp(connection);
      return connection;
    } catch (error) {
      if (connection) this.discard(connection);
      throw this.faultOf(error);
    }
  }

  release(connection: PoolConnection): void {
    if (this.#taken.delete(connection)) connection.release();
  }

  /** Closes the connection; the server rolls back what was open on it. */
  discard(connection: PoolConnection): void {
    this.#taken.delete(connection);
    connection.destroy();
  }

  /** Runs a statement; the error is the server's own, see `faultOf`. */
  run(connection: PoolConnection, sql: string, parameters: readonly SqlValue[] = []): Promise<Outcome> {
    this.#options.onStatement?.(sql);
    return this.#send(connection, sql, parameters);
  }

  /** A statement outside any transaction. One that met a connection which had died while it was idle is sent again; so reads only. */
  async read(sql: string, parameters: readonly SqlValue[] = []): Promise<Outcome['rows']> {
    for (let again = false; ; again = true) {
      const connection = await this.take();
      try {
        const { rows } = await this.run(connection, sql, parameters);
        this.release(connection);
        return rows;
      } catch (error) {
        if (isGone(error)) this.discard(connection);
        else this.release(connection);
        if (!again && isGone(error) && !tookTooLong(error)) continue;
        throw this.faultOf(error);
      }
    }
  }

  faultOf(error: unknown): unknown {
    return mysqlFault(error, this.#options.address, this.#options.room);
  }

  /** Known once a connection was taken. */
  get server(): MysqlServer {
    if (!this.#server) throw new Error('no connection was taken yet');
    return this.#server;
  }

  /** Refuses whoever comes, and breaks off what is under way. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const connection of this.#taken) this.discard(connection);
    const ended = new Promise<void>((resolve) => this.#pool.end(() => resolve()));
    await Promise.race([ended, this.#options.clock.sleep(END_TIMEOUT_MS)]);
  }

  async #acquire(): Promise<PoolConnection> {
    if (this.#closed) throw new Fault('UNAVAILABLE', 'The database is closed.');
    return new Promise((resolve, reject) => {
      let late = false;
      const stop = this.#options.clock.after(ACQUIRE_TIMEOUT_MS, () => {
        late = true;
        const { size, room } = this.#options;
        reject(new Fault('UNAVAILABLE', `All ${size} connections of ${room} to its database have been busy for ${ACQUIRE_TIMEOUT_MS} ms.`, { retryAfterMs: 1_000 }));
      });
      this.#pool.getConnection((error, connection) => {
        stop();
        if (late) connection?.release();
        else if (error) reject(this.#closed ? new Fault('UNAVAILABLE', 'The database is closed.') : error);
        else resolve(connection);
      });
    });
  }

  async #setUp(connection: PoolConnection): Promise<void> {
    // An error of an idle connection is met by whoever takes it next.
    connection.on('error', () => {});
    if (!this.#server) {
      const { rows } = await this.#send(connection, 'select version() as version', []);
      this.#server = readServer(String(rows[0]!.version));
    }
    for (const sql of sessionStatements(this.#server.kind, this.#limitMs)) await this.#send(connection, sql, []);
    this.#ready.add(connection);
  }

  #send(connection: PoolConnection, sql: string, parameters: readonly SqlValue[]): Promise<Outcome> {
    const values = parameters.map(sendable);
    return new Promise((resolve, reject) => {
      const query = { sql, values, ...(this.#limitMs !== null && { timeout: this.#limitMs + SILENCE_MARGIN_MS }) };
      connection.query(query, (error: QueryError | null, result: any, fields: FieldPacket[]) => {
        if (error) return reject(error);
        if (Array.isArray(result)) return resolve({ rows: exact(result, fields), changed: 0, insertId: 0 });
        resolve({ rows: [], changed: result.affectedRows, insertId: result.insertId });
      });
    });
  }
}

const tookTooLong = (error: unknown) => (error as QueryError).code === 'PROTOCOL_SEQUENCE_TIMEOUT';

/** The driver would spread an object into the statement. */
function sendable(value: SqlValue): SqlValue {
  if (typeof value === 'object' && value !== null) {
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    throw new TypeError('a value of a statement is neither text, number, bytes nor null');
  }
  if (value === undefined || typeof value === 'boolean') throw new TypeError(`a value of a statement is ${value}`);
  return value;
}

/** Integers as numbers, past 2^53 as bigint; sums, which come as decimals, likewise; decimals with a fraction as numbers. */
function exact(rows: Record<string, any>[], fields: FieldPacket[]): Outcome['rows'] {
  for (const field of fields) {
    if (field.columnType !== LONGLONG && field.columnType !== NEWDECIMAL) continue;
    const { name } = field;
    for (const row of rows) if (typeof row[name] === 'string') row[name] = numberOf(row[name]);
  }
  return rows;
}

function numberOf(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) || text.includes('.') ? value : BigInt(text);
}
