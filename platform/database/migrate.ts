/**
 * Migrations through MikroORM's migrator. The platform's own set and the room's stand side by side in one table, told
 * apart by their names (`platform-…`, `<room>-…`), so each can grow without the other.
 */
import type { MigrationObject } from '@mikro-orm/core';
import { Migration as MikroMigration, Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/sql';
import { Fault } from '#platform/errors.ts';
import type { Database, Migration } from './database.ts';
import { runInSteps } from './mysql-migration.ts';

export const MIGRATIONS_TABLE = 'gomall_migration';

export function migrationSettings(dialect: Database['dialect'], migrations: readonly Migration[]) {
  return {
    tableName: MIGRATIONS_TABLE,
    // On MySQL each change of a table is a commit; see mysql-migration.ts.
    transactional: dialect === 'sqlite',
    allOrNothing: dialect === 'sqlite',
    snapshot: false,
    silent: true,
    disableForeignKeys: false,
    migrationsList: migrations.map((migration) => toMikro(dialect, migration)),
  };
}

/**
 * Runs what has not been run. `beforeFirst` is called once if there is something to run on a database that holds data
 * already (a copy is made there). A database that has seen a migration unknown to this version is refused.
 */
export async function migrate(orm: MikroORM<any>, room: string, migrations: readonly Migration[], beforeFirst: () => void): Promise<void> {
  const migrator = new Migrator(orm.em as never);
  const executed = new Set((await migrator.getExecuted()).map((row) => row.name));
  const known = new Set(migrations.map((migration) => migration.name));
  const newer = [...executed].filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new Fault('UNAVAILABLE', `The database of ${room} was written by a newer version (${newer.join(', ')}): start that version, or restore the copy made before it.`);
  }
  if (executed.size === known.size) return;
  if (executed.size > 0) beforeFirst();
  await migrator.up();
}

function toMikro(dialect: Database['dialect'], migration: Migration): MigrationObject {
  const statements = 'sqlite' in migration.up ? migration.up[dialect] : migration.up;
  return {
    name: migration.name,
    class: class extends MikroMigration {
      override async up(): Promise<void> {
        if (dialect === 'mysql') await runInSteps(migration.name, statements, (sql, parameters) => this.execute(sql, parameters));
        else for (const statement of statements) this.addSql(statement);
      }
    } as never,
  };
}
