/**
 * Migrations through MikroORM's migrator. The platform's own set and the room's stand side by side in one table, told
 * apart by their names (`platform-…`, `<room>-…`), so each can grow without the other.
 */
import type { MigrationObject } from '@mikro-orm/core';
import { Migration as MikroMigration, Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/sql';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import { statementsOf, unmarkedContractions } from './contractions.ts';
import type { Database, Migration, SqlValue } from './database.ts';
import { runInSteps } from './mysql-migration.ts';

export const MIGRATIONS_TABLE = 'gomall_migration';
/** Names of contracting migrations, written before they run, for versions that do not know them. */
const CONTRACTIONS_TABLE = 'gomall_migration_contract';

type Dialect = Database['dialect'];
/** Rows of a select. */
type Query = (sql: string, parameters?: SqlValue[]) => Promise<Record<string, SqlValue>[]>;

export interface MigrateOptions {
  room: string;
  dialect: Dialect;
  migrations: readonly Migration[];
  clock: Clock;
}

export function migrationSettings({ dialect, room, migrations, clock }: MigrateOptions) {
  return {
    tableName: MIGRATIONS_TABLE,
    // On MySQL each change of a table is a commit; see mysql-migration.ts.
    transactional: dialect === 'sqlite',
    allOrNothing: dialect === 'sqlite',
    snapshot: false,
    silent: true,
    disableForeignKeys: false,
    migrationsList: migrations.map((migration) => toMikro(migration, { dialect, room, clock })),
  };
}

/**
 * Whether there is anything to run. A database that has seen migrations unknown to this version serves it too, unless one of
 * them took something away: that is refused with UNAVAILABLE. Changes nothing.
 */
export async function pendingMigrations({ room, migrations }: Pick<MigrateOptions, 'room' | 'migrations'>, query: Query): Promise<{ pending: string[]; isNew: boolean }> {
  const executed = new Set(await namesIn(MIGRATIONS_TABLE, query));
  const known = new Set(migrations.map(({ name }) => name));
  const newer = [...executed].filter((name) => !known.has(name));
  const contractions = newer.length > 0 ? new Set(await namesIn(CONTRACTIONS_TABLE, query)) : null;
  const lost = newer.filter((name) => contractions!.has(name));
  if (lost.length > 0) {
    throw new Fault('UNAVAILABLE', `The database of ${room} was written by a newer version that has taken away what this one needs (${lost.join(', ')}): start that version or a later one, or restore the copy made before it.`);
  }
  return { pending: [...known].filter((name) => !executed.has(name)), isNew: executed.size === 0 };
}

/** Runs what has not been run; one process at a time. Throws UNAVAILABLE that says which migration and which of its steps. */
export async function migrate(orm: MikroORM<any>, { dialect, migrations }: MigrateOptions, query: Query, pending: readonly string[]): Promise<void> {
  const wrong = unmarkedContractions(migrations, dialect).filter(({ name }) => pending.includes(name));
  if (wrong.length > 0) {
    throw new Error(`migrations that are not marked \`kind: 'contract'\` would break processes of the version before:\n${wrong.map(({ name, problem }) => `${name}: ${problem}`).join('\n')}`);
  }
  for (const { name } of migrations.filter(({ name, kind }) => kind === 'contract' && pending.includes(name))) {
    await query(`create table if not exists ${CONTRACTIONS_TABLE} (name varchar(128) not null primary key)`);
    if (!(await namesIn(CONTRACTIONS_TABLE, query)).includes(name)) await query(`insert into ${CONTRACTIONS_TABLE} (name) values (?)`, [name]);
  }
  await new Migrator(orm.em as never).up();
}

/** Empty where there is no such table yet. */
async function namesIn(table: string, query: Query): Promise<string[]> {
  try {
    return (await query(`select name from ${table}`)).map((row) => String(row.name));
  } catch (error) {
    if (/no such table|doesn't exist/i.test((error as Error).message)) return [];
    throw error;
  }
}

function toMikro(migration: Migration, { dialect, room, clock }: Omit<MigrateOptions, 'migrations'>): MigrationObject {
  return {
    name: migration.name,
    class: class extends MikroMigration {
      override async up(): Promise<void> {
        if (dialect === 'sqlite') {
          for (const statement of statementsOf(migration, dialect)) this.addSql(statement);
          for (const { table, set, where } of migration.backfills ?? []) this.addSql(`update ${table} set ${set} where ${where}`);
          return;
        }
        let at = '';
        try {
          await runInSteps(migration, (sql, parameters) => this.execute(sql, parameters), { clock, onStep: (step, of) => void (at = `step ${step} of ${of}`) });
        } catch (error) {
          throw stopped(error, `The migration ${migration.name} of ${room} stopped at ${at || 'its beginning'}`);
        }
      }
    } as never,
  };
}

/** What was done stays done: the next start goes on at the same step. */
function stopped(error: unknown, where: string): Fault {
  const { message, errno, fatal } = error as Error & { errno?: number; fatal?: boolean };
  return new Fault('UNAVAILABLE', `${where}: ${message}. Nothing of this process was started; mend that and start again, it goes on at that step.`, { cause: error, ...(errno === undefined && !fatal ? {} : { retryAfterMs: 1_000 }) });
}
