/** One try of a transaction on one connection, and the running of it again when only its neighbours were in the way. */
import type { EntityManager } from '@mikro-orm/sql';
import type { PoolConnection } from 'mysql2';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { SqlRow, SqlValue, Transaction } from './database.ts';
import { isConflict, isGone } from './mysql-faults.ts';
import type { MysqlPool, Outcome } from './mysql-pool.ts';
import { TransactionLimitPassed, withinLimit } from './transaction-limit.ts';

/** A transaction that was rolled back for a deadlock, a lock not had in time or a lost connection is run again, so often in all. */
export const MAX_TRIES = 10;
const FIRST_PAUSE_MS = 8;
const LONGEST_PAUSE_MS = 400;

export interface TransactionsOptions {
  room: string;
  pool: MysqlPool;
  clock: Clock;
  /** Scatters the pauses between tries, so that those who met do not meet again. */
  ids: Pick<Ids, 'integer'>;
  openEm(transaction: MysqlTransaction): EntityManager;
  onHeld(heldMs: number): void;
}

export async function runTransaction<T>(options: TransactionsOptions, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { pool, clock, ids } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(options, work);
    } catch (error) {
      if (attempt === MAX_TRIES || !canSucceedAgain(error)) throw pool.faultOf(error);
      await clock.sleep(1 + ids.integer(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)));
    }
  }
}

/** A server that does not answer at all is not asked ten times: its silence has been waited out once. */
const canSucceedAgain = (error: unknown) => isConflict(error) || (isGone(error) && (error as { code?: string }).code !== 'PROTOCOL_SEQUENCE_TIMEOUT');

async function once<T>(options: TransactionsOptions, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { room, pool, clock, openEm, onHeld } = options;
  const connection = await pool.take();
  const begunMs = clock.nowMs();
  const tx = new MysqlTransaction(pool, connection, openEm);
  let result: T;
  try {
    await pool.run(connection, 'begin');
    result = await withinLimit(tx.complete(work), room, clock);
  } catch (error) {
    tx.end();
    await rollBack(pool, connection, tx.broken ?? error);
    throw tx.broken ?? error;
  }
  tx.end();
  try {
    await pool.run(connection, 'commit');
  } catch (error) {
    pool.discard(connection);
    // Whether it was done is not known, so it must not be done again; a repeat with the same idempotency key tells.
    if (isGone(error)) throw new Fault('UNAVAILABLE', `The connection to the database of ${room} was lost during a commit: look whether it was done, or repeat with the same key.`, { cause: error });
    throw error;
  }
  pool.release(connection);
  onHeld(clock.nowMs() - begunMs);
  tx.runAfterCommit();
  return result;
}

async function rollBack(pool: MysqlPool, connection: PoolConnection, cause: unknown): Promise<void> {
  // After the limit a statement may still be under way on the connection.
  if (isGone(cause) || cause instanceof TransactionLimitPassed) return pool.discard(connection);
  try {
    await pool.run(connection, 'rollback');
    pool.release(connection);
  } catch (error) {
    if (!isGone(error)) throw error;
    pool.discard(connection);
  }
}

export class MysqlTransaction implements Transaction {
  readonly forUpdate = ' for update';
  readonly #pool: MysqlPool;
  readonly #connection: PoolConnection;
  readonly #openEm: (transaction: MysqlTransaction) => EntityManager;
  #em: EntityManager | undefined;
  #ended = false;
  #broken: unknown = null;
  #afterCommit: (() => void)[] = [];

  constructor(pool: MysqlPool, connection: PoolConnection, openEm: (transaction: MysqlTransaction) => EntityManager) {
    this.#pool = pool;
    this.#connection = connection;
    this.#openEm = openEm;
  }

  get em(): EntityManager {
    this.#refuseWhenEnded();
    return (this.#em ??= this.#openEm(this));
  }

  /** What the server ended this transaction for, however the work has taken it; else null. */
  get broken(): unknown {
    return this.#broken;
  }

  async query<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.run(sql, parameters)).rows as Row[];
  }

  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<{ changed: number }> {
    return { changed: (await this.run(sql, parameters)).changed };
  }

  /**
   * Changes nothing on a row that is there but to leave a mark in the answer (the `insertId`): the count of rows is 1 in
   * both cases. Unlike a caught duplicate it locks the row for writing at once, so two who go on to write it do not deadlock;
   * unlike `insert ignore` it hides no other error.
   */
  async insertIfAbsent(table: string, row: Record<string, SqlValue>): Promise<boolean> {
    const names = Object.keys(row);
    const [first] = names;
    const sql =
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')}) ` +
      `on duplicate key update ${first} = if(last_insert_id(1) = 1, ${first}, ${first})`;
    return Number((await this.run(sql, Object.values(row))).insertId) === 0;
  }

  afterCommit(work: () => void): void {
    this.#afterCommit.push(work);
  }

  /** A statement of this transaction. After a deadlock the server has rolled back: what came next would be written for good. */
  async run(sql: string, parameters: readonly SqlValue[]): Promise<Outcome> {
    this.#refuseWhenEnded();
    if (this.#broken !== null) throw this.#broken;
    try {
      return await this.#pool.run(this.#connection, sql, parameters);
    } catch (error) {
      if (isConflict(error) || isGone(error)) this.#broken ??= error;
      throw this.#broken ?? this.#pool.faultOf(error);
    }
  }

  async complete<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const result = await work(this);
    await this.#em?.flush();
    if (this.#broken !== null) throw this.#broken;
    return result;
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
