/** A place of its own on the engines that the tests were given: schemas, topics and keys that nobody else has, and a folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOM_NAMES } from '#app/modules.ts';
import { systemClock } from '#platform/clock/system.ts';
import { removeRoom } from '#platform/database/mysql-accounts.ts';
import { readMysqlAddress } from '#platform/database/mysql-address.ts';
import { systemIds } from '#platform/ids/system.ts';
import { removeTopics } from '#platform/testing/buses.ts';
import { engineAddress, type EngineName } from '../engines.ts';

export interface OwnPlace {
  /** By variable, for `openFleet`. */
  engines: Record<string, string>;
  dataDir: string;
  /** After all that uses it is closed. */
  remove(): Promise<void>;
}

export function takePlace(): OwnPlace {
  const name = `fleet_${systemIds.uuid().slice(-8)}`;
  const mysql = new URL(addressOf('mysql'));
  mysql.pathname = name;
  const kafka = `${addressOf('kafka')}?prefix=${name}`;
  const consul = engineAddress('consul');
  const dataDir = mkdtempSync(join(tmpdir(), 'gomall-fleet-'));
  return {
    engines: { MYSQL_DSN: mysql.href, REDIS_ADDRESS: `${addressOf('redis')}?prefix=${name}`, KAFKA_BROKERS: kafka, ...(consul && { CONSUL_ADDRESS: `${consul}?prefix=${name}` }) },
    dataDir,
    async remove() {
      const administrator = readMysqlAddress('MYSQL_DSN', mysql.href);
      for (const room of ROOM_NAMES) await removeRoom(administrator, { room, clock: systemClock });
      await removeTopics(kafka);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function addressOf(engine: EngineName): string {
  const address = engineAddress(engine);
  if (address === null) throw new Error(`this suite runs on real engines: TEST_ENGINES has to name ${engine}`);
  return address;
}
