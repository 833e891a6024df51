/** A backup of DATA_DIR is one of the whole mall only where rooms and messages are in it. */
import type { Config } from '../config.ts';

/** Why the folder alone is not the mall; null where it is. */
export function elsewhere({ engines }: Pick<Config, 'engines'>): string | null {
  const named = Object.keys(engines).filter((name) => name.startsWith('MYSQL_DSN') || name === 'KAFKA_BROKERS');
  if (named.length === 0) return null;
  return `With ${named.join(' and ')} the mall's data is not in DATA_DIR alone: app/backup/README.md says how it is saved and restored there.`;
}
