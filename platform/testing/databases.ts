/** Databases for tests: SQLite files in the test's folder, or, where TEST_ENGINES names mysql, schemas of the test's own. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '#platform/clock/system.ts';
import type { Database, Migration } from '#platform/database/database.ts';
import type { MysqlAddress } from '#platform/database/mysql-address.ts';
import { openSqlite } from '#platform/database/sqlite.ts';
import { systemIds } from '#platform/ids/system.ts';
import { engineAddress } from '#tests/engines.ts';

export interface TestDatabaseOptions {
  room: string;
  /** The test's own folder; on MySQL its name tells schemas apart. */
  place: string;
  entities?: readonly any[];
  migrations: readonly Migration[];
  appendOnly?: readonly string[];
  onStatement?: (room: string, sql: string) => void;
}

/** Schemas to be dropped, by place. */
const rooms = new Map<string, Set<string>>();

/** Its clock is the machine's: putting a test's forward must not end a transaction for taking too long. */
export async function openTestDatabase(options: TestDatabaseOptions): Promise<Database> {
  const dsn = engineAddress('mysql');
  return dsn === null ? openTestSqlite(options) : openTestMysql(dsn, options);
}

export function openTestSqlite({ room, place, entities = [], migrations, onStatement }: TestDatabaseOptions): Promise<Database> {
  return openSqlite({ room, file: join(place, `${room}.sqlite`), entities, migrations, clock: systemClock, ...(onStatement && { onStatement }) });
}

export async function openTestMysql(dsn: string, { room, place, entities = [], migrations, appendOnly = [], onStatement }: TestDatabaseOptions): Promise<Database> {
  const { openMysqlRoom } = await import('#platform/database/mysql-room.ts');
  rooms.set(place, (rooms.get(place) ?? new Set()).add(room));
  return openMysqlRoom(
    { room, administrator: await administratorAt(dsn, place), own: null, secret: createHash('sha256').update(place).digest(), appendOnly, clock: systemClock },
    { room, entities, migrations, clock: systemClock, ids: systemIds, ...(onStatement && { onStatement }) },
  );
}

/** After every database of the place is closed. Files go with the folder. */
export async function dropTestDatabases(place: string): Promise<void> {
  const dsn = engineAddress('mysql');
  if (dsn === null) return;
  const { removeRoom } = await import('#platform/database/mysql-accounts.ts');
  for (const room of rooms.get(place) ?? []) await removeRoom(await administratorAt(dsn, place), { room, clock: systemClock });
  rooms.delete(place);
}

/** For a whole mall that reads its configuration: the variables that put its rooms' databases where `openTestDatabase` would. */
export function testDatabaseVariables(place: string, names: readonly string[]): Record<string, string> {
  const dsn = engineAddress('mysql');
  if (dsn === null) return {};
  rooms.set(place, new Set(names));
  const url = new URL(dsn);
  url.pathname = testPrefix(place);
  return { MYSQL_DSN: url.href };
}

/** Schemas of one place begin alike: `test_1a2b3c4d_orders`. */
export const testPrefix = (place: string): string => `test_${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;

async function administratorAt(dsn: string, place: string): Promise<MysqlAddress> {
  const { readMysqlAddress } = await import('#platform/database/mysql-address.ts');
  return { ...readMysqlAddress('MYSQL_DSN', dsn), schema: testPrefix(place) };
}
