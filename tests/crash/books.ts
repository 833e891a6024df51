/** What the rooms and the provider have written down, to be read by an audit and by nobody changed: files of SQLite, or schemas on MySQL. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ROOM_NAMES } from '#app/modules.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Reader, SqlValue } from '#platform/database/database.ts';
import { readMysqlAddress } from '#platform/database/mysql-address.ts';
import { MysqlPool } from '#platform/database/mysql-pool.ts';
import { readSandboxBooks, type OrderMoney } from '#subgraphs/payments/audit.ts';
import { SANDBOX_FILE } from '#subgraphs/payments/index.ts';

export const ROOMS: readonly string[] = ROOM_NAMES;

export interface Books {
  reader(room: string): Reader;
  /** What the provider outside says of each order. */
  provider(): Map<string, OrderMoney>;
  close(): Promise<void>;
}

/** Rows of one statement; numbers are numbers on either engine. */
export const rowsOf = (books: Books, room: string, sql: string, ...parameters: SqlValue[]): Promise<Record<string, any>[]> => books.reader(room).query<Record<string, any>>(sql, parameters);

/** The files of an embedded mall, which may be running. */
export function openFiles(dataDir: string): Books {
  const open = new Map(ROOMS.map((room) => [room, new DatabaseSync(join(dataDir, `${room}.sqlite`), { readOnly: true })]));
  return {
    reader: (room) => ({ query: async <Row>(sql: string, parameters: readonly SqlValue[] = []) => open.get(room)!.prepare(sql).all(...parameters) as Row[] }),
    provider: () => readSandboxBooks(providerFile(dataDir)),
    close: async () => open.forEach((database) => database.close()),
  };
}

/** The schemas of a mall at `dsn`, which names what they begin with; the provider's books are in the folder of the process that has payments. */
export function openSchemas(dsn: string, paymentsDir: string): Books {
  const administrator = readMysqlAddress('MYSQL_DSN', dsn);
  const pools = new Map(ROOMS.map((room) => [room, new MysqlPool({ room, address: { ...administrator, schema: `${administrator.schema}_${room}` }, clock: systemClock, size: 1 })]));
  return {
    reader: (room) => ({ query: async <Row>(sql: string, parameters: readonly SqlValue[] = []) => (await pools.get(room)!.read(sql, parameters)) as Row[] }),
    provider: () => readSandboxBooks(providerFile(paymentsDir)),
    close: async () => void (await Promise.all([...pools.values()].map((pool) => pool.close()))),
  };
}

function providerFile(dataDir: string): string {
  const file = join(dataDir, 'payments', SANDBOX_FILE);
  if (!existsSync(file)) throw new Error(`the provider has no books at ${file}`);
  return file;
}
