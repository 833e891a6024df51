/**
 * The database of one room. Rooms write SQL that SQLite, MySQL, MariaDB and TiDB all take: `?` parameters, no
 * `returning`, no `on conflict`/`on duplicate key` (use `insertIfAbsent`), text ids, times as integers in
 * milliseconds, booleans as 0 and 1, JSON as text. A conditional `update … where …` decides, its `changed` tells.
 *
 * Hot paths use `query` and `execute`; elsewhere the EntityManager of MikroORM is at hand (`em`).
 */
import type { EntityManager } from '@mikro-orm/sql';

export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

export interface Reader {
  /** Rows of a select. Outside a transaction it reads the last committed state and waits for nobody. */
  query<Row = SqlRow>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
}

/**
 * A write transaction. Inside it nothing may be awaited but its own methods: on SQLite the whole database has one
 * writer, and using the outer `Database` (or its `em()`) inside a transaction waits for itself for ever.
 */
export interface Transaction extends Reader {
  execute(sql: string, parameters?: readonly SqlValue[]): Promise<{ changed: number }>;
  /** Inserts the row unless one with the same primary or unique key is there; tells whether it was inserted. */
  insertIfAbsent(table: string, row: Record<string, SqlValue>): Promise<boolean>;
  /** ` for update` where rows are locked one by one, '' where a transaction already is the only writer. */
  readonly forUpdate: '' | ' for update';
  /** MikroORM's unit of work inside this transaction. It is flushed before the commit. */
  readonly em: EntityManager;
  /** Runs after the commit is durable, in order; never after a rollback. For waking relays and live pushes. */
  afterCommit(work: () => void): void;
}

export interface Database extends Reader {
  readonly room: string;
  readonly dialect: 'sqlite' | 'mysql';
  /**
   * Runs `work` in one durable write transaction: a rejection rolls everything back and is thrown on. Where several write
   * at once, one that was in the way of others (a deadlock) is rolled back and run again from its beginning, a few times: so
   * `work` does nothing outside the transaction that it must not do twice, and reads before it writes only `for update`.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** A fresh EntityManager for reading outside a transaction. */
  em(): EntityManager;
  /** Throws when the database cannot answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A migration: statements run once, in order, in one transaction on SQLite; on MySQL, where a change of a table cannot be
 * rolled back, each by itself, going on after the last one done. `name` sorts and never changes.
 */
export interface Migration {
  name: string;
  /**
   * `expand`, where nothing is said: processes of the version before go on beside it. `contract`: it takes away what only they
   * used, so it comes a version after the last use; older processes do not start on it. See contractions.ts.
   */
  kind?: 'expand' | 'contract';
  /** The same statements for every engine, or a list a dialect where they differ. */
  up: readonly string[] | { sqlite: readonly string[]; mysql: readonly string[] };
  /** After `up`. */
  backfills?: readonly Backfill[];
}

/**
 * Rows that are there get what a new column holds: on MySQL in batches, with pauses, while others write. It may be begun
 * again after a crash, so `where` leaves out what is done.
 */
export interface Backfill {
  table: string;
  /** The column of the primary key, in whose order it goes. */
  key: string;
  /** `size = length(name)` */
  set: string;
  /** `size is null` */
  where: string;
}

/** `?, ?, ?` for an `in (…)` list. */
export const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
