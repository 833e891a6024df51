/**
 * A migration where every change of a table is a commit of its own: the step that is begun is written down first, so that
 * a migration whose process was killed goes on where it was.
 */
import type { SqlValue } from './database.ts';

type Execute = (sql: string, parameters?: SqlValue[]) => Promise<unknown>;

const STEPS = 'gomall_migration_step';
/** There is such a table, column, row, index, or foreign key: https://mariadb.com/kb/en/mariadb-error-codes/. */
const ALREADY_THERE = new Set([1050, 1060, 1061, 1062, 1826]);

export async function runInSteps(name: string, statements: readonly string[], execute: Execute): Promise<void> {
  await execute(`create table if not exists ${STEPS} (name varchar(128) not null primary key, begun integer not null)`);
  const [row] = (await execute(`select begun from ${STEPS} where name = ?`, [name])) as { begun: number }[];
  const interrupted = row === undefined ? null : Number(row.begun);
  for (let step = interrupted ?? 0; step < statements.length; step++) {
    await execute(`insert into ${STEPS} (name, begun) values (?, ?) on duplicate key update begun = ?`, [name, step, step]);
    try {
      await execute(statements[step]!);
    } catch (error) {
      // Done, and killed before the next was begun.
      if (step === interrupted && ALREADY_THERE.has((error as { errno: number }).errno)) continue;
      throw error;
    }
  }
}
