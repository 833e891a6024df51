/** One SQLite file: a writing connection behind a gate, and a reading one that sees the last commit and waits for nobody. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Fault } from '#platform/errors.ts';
import type { SqlValue } from './database.ts';

/** Prepared statements kept a connection; the oldest goes first. */
const STATEMENT_CACHE_SIZE = 500;
/** How long a statement waits for another process (a backup, an import) that holds the file. */
const BUSY_TIMEOUT_MS = 5_000;

export class SqliteConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #onStatement: (sql: string) => void;

  constructor(file: string, options: { readOnly: boolean; onStatement: (sql: string) => void }) {
    this.#database = new DatabaseSync(file, { readOnly: options.readOnly });
    this.#onStatement = options.onStatement;
    this.#database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
    if (!options.readOnly) this.#database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
  }

  all(sql: string, parameters: readonly SqlValue[]): unknown[] {
    this.#onStatement(sql);
    const statement = this.#prepare(sql);
    try {
      return statement.all(...parameters);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_OUT_OF_RANGE') throw faultOf(error);
      return this.#allExact(statement, parameters);
    }
  }

  run(sql: string, parameters: readonly SqlValue[]): { changes: number; lastInsertRowid: number | bigint } {
    this.#onStatement(sql);
    try {
      const { changes, lastInsertRowid } = this.#prepare(sql).run(...parameters);
      return { changes: Number(changes), lastInsertRowid };
    } catch (error) {
      throw faultOf(error);
    }
  }

  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw faultOf(error);
    }
  }

  /** False after SQLite has rolled back by itself, as it does when the disk is full. */
  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  /** Integers past 2^53 come as bigint; reading all integers so is slow, hence only where one was met. */
  #allExact(statement: StatementSync, parameters: readonly SqlValue[]): unknown[] {
    statement.setReadBigInts(true);
    try {
      const rows = statement.all(...parameters) as Record<string, unknown>[];
      for (const row of rows) {
        for (const [name, value] of Object.entries(row)) {
          if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) row[name] = Number(value);
        }
      }
      return rows;
    } finally {
      statement.setReadBigInts(false);
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    let statement: StatementSync;
    try {
      statement = this.#database.prepare(sql);
    } catch (error) {
      throw faultOf(error);
    }
    if (this.#statements.size >= STATEMENT_CACHE_SIZE) this.#statements.delete(this.#statements.keys().next().value!);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Result codes of SQLite (https://www.sqlite.org/rescode.html) that a caller can do something about. */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

function faultOf(error: unknown): unknown {
  const code = (error as { errcode?: number }).errcode;
  if (code === undefined) return error;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return new Fault('UNAVAILABLE', 'The disk is full: free some space; nothing was half done.', { cause: error });
    case SQLITE_BUSY:
      return new Fault('UNAVAILABLE', 'The database is held by another process; try again.', { cause: error, retryAfterMs: 1_000 });
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return new Fault('UNAVAILABLE', 'The database file cannot be written: check disk and permissions of DATA_DIR.', { cause: error });
    default:
      return error;
  }
}

/** First come, first served: one holder at a time. */
export class Gate {
  #held = false;
  readonly #waiting: (() => void)[] = [];

  enter(): Promise<void> | void {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held = false;
  }
}
