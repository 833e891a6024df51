/**
 * Expand first, contract later. While a version is rolled out its processes and those of the version before stand on one
 * schema, so a migration only adds what those can pass over (`expand`). What takes away, forbids or renames (`contract`)
 * comes a version later, when nobody uses it any more, and is marked: an older process that meets it does not start.
 */
import type { Migration } from './database.ts';
import { readColumn, readStatement, type Column } from './statement.ts';

/** Letters of a statement in a message. */
const SHOWN = 120;

/** The statements of a migration for one engine. */
export const statementsOf = (migration: Migration, dialect: 'sqlite' | 'mysql'): readonly string[] => ('sqlite' in migration.up ? migration.up[dialect] : migration.up);

/** Every statement of an unmarked migration that a process of the version before could not live with, and why. */
export function unmarkedContractions(migrations: readonly Migration[], dialect: 'sqlite' | 'mysql'): { name: string; problem: string }[] {
  const columns = new Map<string, Column>();
  const found: { name: string; problem: string }[] = [];
  for (const migration of migrations) {
    const ownTables = new Set<string>();
    for (const sql of statementsOf(migration, dialect)) {
      const problem = problemOf(sql, columns, ownTables);
      if (problem && migration.kind !== 'contract') found.push({ name: migration.name, problem: `${problem} (${sql.replace(/\s+/g, ' ').slice(0, SHOWN)})` });
    }
  }
  return found;
}

/** Keeps `columns` (`table.column`) and `ownTables`, those that the migration itself has made, up to date. */
function problemOf(sql: string, columns: Map<string, Column>, ownTables: Set<string>): string | null {
  const { kind, table, unique, clauses } = readStatement(sql);
  if (kind === 'create-table') {
    ownTables.add(table);
    for (const column of clauses.map(readColumn)) if (column) columns.set(`${table}.${column.name}`, column);
    return null;
  }
  const problems = kind === 'alter-table' ? clauses.map((clause) => problemOfClause(clause, table, columns)) : [];
  if (ownTables.has(table)) return null;
  if (kind === 'create-index') return unique ? 'a unique index may refuse rows that the version before writes' : null;
  if (kind === 'other-change') return 'it takes away or forbids what the version before may use';
  return problems.find((problem) => problem !== null) ?? null;
}

function problemOfClause(clause: string, table: string, columns: Map<string, Column>): string | null {
  const add = /^add (?:column )?(?:if not exists )?(.*)$/is.exec(clause)?.[1];
  if (add !== undefined) {
    if (/^(index|key|fulltext)\b/i.test(add)) return null;
    const column = readColumn(add);
    if (!column) return 'a key or a constraint may refuse rows that the version before writes';
    columns.set(`${table}.${column.name}`, column);
    if (column.unique) return `${column.name} is unique, so it may refuse rows that the version before writes`;
    return column.mayBeNull || column.hasDefault || column.isMade ? null : `${column.name} has neither a default nor may it be null, so the version before can add no rows`;
  }
  if (/^drop (index|key) /i.test(clause) || /^alter (?:column )?\w+ set default /i.test(clause)) return null;
  const modified = /^modify (?:column )?(.*)$/is.exec(clause)?.[1];
  const after = modified === undefined ? null : readColumn(modified);
  if (!after) return 'it takes away, renames or forbids what the version before may use';
  const before = columns.get(`${table}.${after.name}`);
  columns.set(`${table}.${after.name}`, after);
  return before && holds(before, after) ? null : `${after.name} may hold less than before`;
}

/** Smallest first. */
const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
/** Characters at least, of four bytes. */
const TEXTS: Record<string, number> = { tinytext: 63, text: 16_383, mediumtext: 4_194_303, longtext: 1_073_741_823 };

/** Whether whatever fits `before` fits `after`. */
function holds(before: Column, after: Column): boolean {
  if (before.mayBeNull && !after.mayBeNull) return false;
  if (before.hasDefault && !after.hasDefault) return false;
  if (before.type === after.type) return true;
  const [older, newer] = [before.type, after.type].map((type) => INTEGERS.indexOf(type.replace(/^integer$/, 'int'))) as [number, number];
  if (older >= 0 && newer >= 0) return newer >= older;
  const [shorter, longer] = [lengthOf(before.type), lengthOf(after.type)];
  return shorter !== null && longer !== null && longer >= shorter;
}

const lengthOf = (type: string): number | null => TEXTS[type] ?? (/^varchar\((\d+)\)$/.exec(type) ? Number(/\d+/.exec(type)![0]) : null);
