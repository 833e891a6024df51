/**
 * A migration where every change of a table is a commit of its own: the step that is begun is written down first, so that
 * a migration whose process was killed goes on where it was. Backfills are steps too.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Migration, SqlValue } from './database.ts';
import { statementsOf } from './contractions.ts';
import { backfill } from './mysql-backfill.ts';
import { changeOnline, type Execute } from './mysql-online.ts';
import { readStatement } from './statement.ts';

const STEPS = 'gomall_migration_step';
/**
 * There is such a table, column, row, index, or foreign key, or what was to be dropped is gone:
 * https://mariadb.com/kb/en/mariadb-error-codes/.
 */
const ALREADY_DONE = new Set([1050, 1051, 1060, 1061, 1062, 1091, 1826]);

export interface StepsOptions {
  clock: Clock;
  /** Told before each step, counted from 1. */
  onStep?: (step: number, of: number) => void;
}

export async function runInSteps(migration: Migration, execute: Execute, { clock, onStep = () => {} }: StepsOptions): Promise<void> {
  const { name } = migration;
  const statements = statementsOf(migration, 'mysql');
  const backfills = migration.backfills ?? [];
  const ownTables = new Set(statements.map(readStatement).filter(({ kind }) => kind === 'create-table').map(({ table }) => table));
  const steps: (() => Promise<void>)[] = [
    ...statements.map((sql) => () => changeOnline(sql, { execute, clock, ownTables })),
    ...backfills.map((rows) => () => backfill(rows, { execute, clock })),
  ];

  await execute(`create table if not exists ${STEPS} (name varchar(128) not null primary key, begun integer not null)`);
  const [row] = (await execute(`select begun from ${STEPS} where name = ?`, [name])) as { begun: number }[];
  const interrupted = row === undefined ? null : Number(row.begun);
  for (let step = interrupted ?? 0; step < steps.length; step++) {
    onStep(step + 1, steps.length);
    await execute(`insert into ${STEPS} (name, begun) values (?, ?) on duplicate key update begun = ?`, [name, step, step] satisfies SqlValue[]);
    try {
      await steps[step]!();
    } catch (error) {
      // Done, and killed before the next was begun.
      if (step === interrupted && ALREADY_DONE.has((error as { errno: number }).errno)) continue;
      throw error;
    }
  }
}
