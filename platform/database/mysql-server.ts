/** Which server answers, and how a session of ours is set up there, so that MySQL, MariaDB and TiDB behave alike. */
import { Fault } from '#platform/errors.ts';

export interface MysqlServer {
  kind: 'MySQL' | 'MariaDB' | 'TiDB';
  version: string;
}

/** The oldest that have CHECK constraints, generated columns and utf8mb4 as we use them and are still cared for by their makers. */
const OLDEST = { MySQL: [8, 0], MariaDB: [10, 6], TiDB: [7, 5] } as const;

/** A statement waits for a lock so long before its transaction is run again. */
export const LOCK_WAIT_S = 3;

/** Without a limit of time for statements (migrations), with `null`. */
export const STATEMENT_LIMIT_MS = 8_000;

/** A change of a table waits so long for the transactions that are open on it, as everybody waits who comes after it. The least that MySQL knows. */
export const LOCK_PATIENCE_S = 1;

/** `text` is `version()`; throws UNAVAILABLE for a server older than we can use. */
export function readServer(text: string): MysqlServer {
  const tidb = /TiDB-v?([\d.]+|None)/i.exec(text);
  const maria = /([\d.]+)-MariaDB/i.exec(text);
  const kind = tidb ? 'TiDB' : maria ? 'MariaDB' : 'MySQL';
  const version = tidb?.[1] ?? maria?.[1] ?? /^[\d.]+/.exec(text)?.[0] ?? text;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST[kind];
  // A TiDB built from source does not know its number.
  if (!Number.isNaN(major) && (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))) {
    throw new Fault('UNAVAILABLE', `The server is ${kind} ${version}; ${kind} ${OLDEST[kind].join('.')} or newer is needed: upgrade it, or point MYSQL_DSN at another one.`);
  }
  return { kind, version };
}

/**
 * READ COMMITTED: each statement sees what is committed by then, as the one writer of SQLite does, so a row that was waited
 * for is seen after the wait; and gaps between rows are not locked, so inserts do not block each other. (Under REPEATABLE
 * READ a plain select after a wait still reads the past, and MariaDB from 11.6 on refuses the write after it.) Decisions
 * rest on conditional updates and `for update`, never on two reads being alike.
 */
export function sessionStatements(kind: MysqlServer['kind'], statementLimitMs: number | null): string[] {
  const modes = 'STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
  const limit = kind === 'MariaDB' ? `max_statement_time = ${(statementLimitMs ?? 0) / 1_000}` : `max_execution_time = ${statementLimitMs ?? 0}`;
  return [
    'set session transaction isolation level read committed',
    `set session sql_mode = '${modes}', innodb_lock_wait_timeout = ${LOCK_WAIT_S}, time_zone = '+00:00', ${limit}`,
    ...(statementLimitMs === null ? [`set session lock_wait_timeout = ${LOCK_PATIENCE_S}`] : []),
  ];
}
