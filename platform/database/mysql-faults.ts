/** What the errors of a MySQL server and of the way to it mean to us, and what a person can do about them. */
import { connectionProblem, saidBy } from '#platform/connection-problems.ts';
import { Fault } from '#platform/errors.ts';
import type { MysqlAddress } from './mysql-address.ts';

interface ServerError {
  /** https://mariadb.com/kb/en/mariadb-error-codes/, the same numbers in MySQL; 8000 and above: TiDB's own. */
  errno?: number;
  code?: string;
  fatal?: boolean;
  sqlMessage?: string;
}

const ACCESS_DENIED = new Set([1045, 1698]);
const NO_RIGHT_ON_TABLE = new Set([1142, 1143]);
const NO_RIGHT = new Set([1044, 1227, 1370]);
const NO_SUCH_SCHEMA = 1049;
const TOO_MANY_CONNECTIONS = new Set([1040, 1203, 1226]);
const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;
/** Written by another since it was read: MariaDB; TiDB's two write conflicts. */
const WRITE_CONFLICTS = new Set([1020, 9007, 8002]);
const DISK_FULL = new Set([1021, 1114]);
const READ_ONLY = new Set([1290, 1792, 1836]);
const TOOK_TOO_LONG = new Set([1969, 3024]);
/** Shut down, connection killed, idle too long; TiDB: its store or its placement driver does not answer. */
const SERVER_GONE = new Set([1053, 1077, 1078, 1079, 1927, 4031, 9001, 9002, 9005]);
const WAY_GONE = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT',
]);

const RETRY_SOON_MS = 1_000;

/** The transaction was rolled back only because of its neighbours: run again it can succeed. */
export function isConflict(error: unknown): boolean {
  const { errno } = error as ServerError;
  return errno === DEADLOCK || errno === LOCK_WAIT_TIMEOUT || WRITE_CONFLICTS.has(errno!);
}

/** The connection is of no use any more; what was not committed is rolled back by the server. */
export function isGone(error: unknown): boolean {
  const { errno, code, fatal } = error as ServerError;
  return fatal === true || SERVER_GONE.has(errno!) || WAY_GONE.has(code!);
}

/** A Fault where there is something to be done about it, else the error itself (as MySQL's duplicate keys and wrong SQL). */
export function mysqlFault(error: unknown, address: MysqlAddress, room: string): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const words = explain(error as ServerError, address, room);
  if (words === null) return error;
  return new Fault('UNAVAILABLE', words, { cause: error, ...((isConflict(error) || isGone(error)) && { retryAfterMs: RETRY_SOON_MS }) });
}

function explain(error: ServerError, address: MysqlAddress, room: string): string | null {
  const { errno, code, sqlMessage } = error;
  const place = `${address.host}:${address.port}`;
  const { variable, user, schema } = address;
  if (ACCESS_DENIED.has(errno!)) return `${place} refuses the account ${user}: no such account there, or a wrong password. Check ${variable}.`;
  if (errno === NO_SUCH_SCHEMA) return `${place} has no schema ${schema}: create it (character set utf8mb4, collation utf8mb4_bin), or give MYSQL_DSN an account that may.`;
  if (NO_RIGHT_ON_TABLE.has(errno!)) return `The account ${user} may not do this (${sqlMessage ?? errno}): the table is append-only, or the account lacks a right.`;
  if (NO_RIGHT.has(errno!)) return `The account ${user} lacks a right on ${place} (${sqlMessage ?? errno}). Check ${variable}; README.md of platform/database lists the rights.`;
  if (TOO_MANY_CONNECTIONS.has(errno!)) return `${place} takes no more connections: raise its max_connections, or run fewer processes.`;
  if (DISK_FULL.has(errno!)) return `The disk of ${place} is full: free some space there; nothing was half done.`;
  if (READ_ONLY.has(errno!)) return `${place} is read-only (a replica, or a maintenance): point ${variable} at the writing server.`;
  if (TOOK_TOO_LONG.has(errno!)) return `A statement of ${room} took too long and was stopped.`;
  if (isConflict(error)) return `Others are writing the same rows of ${room}; try again.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no host ${address.host} to be found. Check ${variable}.`;
  if (code === 'ECONNREFUSED') return `Nothing answers at ${place}: start the database server, or check ${variable}.`;
  if (code === 'ETIMEDOUT' || code === 'PROTOCOL_SEQUENCE_TIMEOUT') return `${place} does not answer in time as a database server: it hangs, is overloaded, a firewall is in between, or this is the port of something else. Check ${variable}.`;
  if (code === 'HANDSHAKE_SSL_ERROR' || code === 'HANDSHAKE_NO_SSL_SUPPORT' || code?.startsWith('ERR_TLS') || /CERT|SELF_SIGNED/.test(code ?? '')) {
    const said = saidBy(error);
    const certificate = /CERT|certificate|SELF_SIGNED|ALTNAME/i.test(said) ? connectionProblem(said, { host: address.host, tls: true }) : null;
    if (certificate?.lasting) return `No encrypted connection: ${place} ${certificate.words} (tls=skip-verify in ${variable} trusts whoever answers).`;
    return `No encrypted connection to ${place} (${(error as Error).message}): set up TLS there, or leave tls out of ${variable}.`;
  }
  if (isGone(error)) return `The connection to ${place} was lost.`;
  return null;
}
