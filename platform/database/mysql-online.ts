/**
 * A change of a table while others write to it. The server is told how: without a copy (`instant`), or beside the writers
 * (`inplace`, `lock=none`); where it can do neither it refuses, rather than make everybody wait. MySQL, MariaDB and TiDB take
 * the same words: https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html.
 *
 * Even such a change needs the table for itself for a moment. While it waits for open transactions to end, whoever comes
 * after it waits too; so it gives up within a second (LOCK_PATIENCE_S) and comes again.
 */
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { SqlValue } from './database.ts';
import { readStatement } from './statement.ts';

export type Execute = (sql: string, parameters?: SqlValue[]) => Promise<unknown>;

/** Tries to get the table for a moment; with the pauses, in which writers have it, about three minutes. */
export const LOCK_TRIES = 60;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** The table was not had in time; more was written meanwhile than the server keeps in mind (innodb_online_alter_log_max_size). */
const COME_AGAIN = new Set([1205, 1799]);
/** ALGORITHM or LOCK as asked for is not possible here. */
const NOT_SO = new Set([1845, 1846]);

const BESIDE_WRITERS = ', algorithm=inplace, lock=none';

/** The statement with each way to do it, the lightest first. */
function waysOf(sql: string): string[] {
  const { kind, table, name } = readStatement(sql);
  if (kind === 'alter-table') return [`${sql}, algorithm=instant`, sql + BESIDE_WRITERS];
  if (kind === 'create-index') return [`${sql} algorithm=inplace lock=none`];
  // MariaDB has no room for it in its own statement.
  if (kind === 'drop-index') return [`alter table ${table} drop index ${name}${BESIDE_WRITERS}`];
  return [sql];
}

interface Parts {
  execute: Execute;
  clock: Clock;
  /** Made by the same migration: nobody else uses them yet. */
  ownTables: ReadonlySet<string>;
}

export async function changeOnline(sql: string, { execute, clock, ownTables }: Parts): Promise<void> {
  const { table } = readStatement(sql);
  let refusal: unknown;
  for (const way of ownTables.has(table) ? [sql] : waysOf(sql.trim())) {
    try {
      return await patiently(way, table, { execute, clock });
    } catch (error) {
      if (!NOT_SO.has((error as { errno: number }).errno)) throw error;
      refusal = error;
    }
  }
  throw new Fault('UNAVAILABLE', `it cannot be done while others write to ${table} (${(refusal as Error).message}): add a new column, fill it by a backfill, and drop the old one a version later`, { cause: refusal });
}

async function patiently(sql: string, table: string, { execute, clock }: Pick<Parts, 'execute' | 'clock'>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await execute(sql);
      return;
    } catch (error) {
      if (!COME_AGAIN.has((error as { errno: number }).errno)) throw error;
      if (attempt === LOCK_TRIES) throw new Fault('UNAVAILABLE', `${table || 'the table'} was not free for a moment in ${LOCK_TRIES} tries: a transaction stays open on it (information_schema.innodb_trx shows it); end that and start again`, { cause: error });
      await clock.sleep(Math.min(FIRST_PAUSE_MS * attempt, LONGEST_PAUSE_MS));
    }
  }
}
