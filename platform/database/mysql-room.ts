import type { Database } from './database.ts';
import { prepareRoom, secureRoom, type RoomAccountOptions } from './mysql-accounts.ts';
import { openMysql, type MysqlOptions } from './mysql.ts';

/** A room's database with what it stands on: schema and account are made where they are missing. Throws UNAVAILABLE. */
export async function openMysqlRoom(account: RoomAccountOptions, options: Omit<MysqlOptions, 'address'>): Promise<Database> {
  const address = await prepareRoom(account);
  const database = await openMysql({ ...options, address });
  try {
    await secureRoom(account, address);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
