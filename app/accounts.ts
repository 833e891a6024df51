/**
 * `node app/accounts.ts`: the step before rooms that run with no more than an account of their own. With MYSQL_DSN, which may
 * make schemas and accounts, it makes those that each MYSQL_DSN_<ROOM> names (or, without one, those that the room would
 * make itself), brings their tables up to date and narrows their rights. May be run again at any time, and is before an update.
 */
import { Buffer } from 'node:buffer';
import { systemClock } from '#platform/clock/system.ts';
import { roomVariable } from '#platform/database/mysql-address.ts';
import { Fault } from '#platform/errors.ts';
import { systemIds } from '#platform/ids/system.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { chooseDatabases } from './engines.ts';
import { ROOM_NAMES, ROOMS } from './modules.ts';

/**
 * Room by room, so that a fault is told with what is done already.
 * @throws ConfigError when MYSQL_DSN is missing, or SESSION_SECRET where passwords are derived from it; Fault UNAVAILABLE.
 */
export async function prepareAccounts(config: Config, tell: (line: string) => void): Promise<void> {
  if (!config.engines.MYSQL_DSN) throw new ConfigError(['MYSQL_DSN is missing: the account that makes the schemas and accounts of the rooms']);
  const derived = ROOM_NAMES.filter((name) => !config.engines[roomVariable(name)]);
  if (derived.length > 0 && config.sessionSecret === null) throw new ConfigError([`SESSION_SECRET is missing: the passwords of ${derived.join(', ')} are derived from it, unless MYSQL_DSN_<ROOM> gives them`]);
  const openDatabase = chooseDatabases({ config, clock: systemClock, ids: systemIds }, Buffer.from(config.sessionSecret ?? ''), true);
  for (const [room, load] of Object.entries(ROOMS)) {
    const database = await openDatabase(await load());
    await database.close();
    tell(`${room}: schema, account and tables are there`);
  }
}

if (import.meta.main) {
  try {
    await prepareAccounts(readConfig([]), (line) => void process.stdout.write(`${line}\n`));
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof Fault;
    process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
