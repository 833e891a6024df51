/**
 * Schemas and accounts of the rooms, made with MYSQL_DSN, which no room ever sees. Their passwords are derived from a
 * secret of the supervisor's own: SESSION_SECRET is known to all rooms.
 */
import type { Clock } from '#platform/clock/clock.ts';
import { prepareRoom, secureRoom, type RoomAccountOptions } from '#platform/database/mysql-accounts.ts';
import { readMysqlAddresses, roomVariable, writeMysqlAddress, type MysqlAddress } from '#platform/database/mysql-address.ts';
import { deriveSecret } from '#platform/subgraph/secrets.ts';

export interface Accounts {
  /** Makes schema and account of a room where they are missing, with the right to migrate: what to put into its environment. */
  prepare(room: string): Promise<Record<string, string>>;
  /** Takes back the right to change rows of these tables, now that the schema stands. */
  secure(room: string, appendOnly: readonly string[]): Promise<void>;
}

export interface AccountsOptions {
  /** MYSQL_DSN and MYSQL_DSN_<ROOM>; where a room has its own, that is given to it and nothing is made. */
  engines: Readonly<Record<string, string>>;
  secret: Uint8Array;
  clock: Clock;
}

export function openAccounts({ engines, secret, clock }: AccountsOptions): Accounts {
  const addresses = readMysqlAddresses(engines);
  const made = new Map<string, MysqlAddress>();
  const optionsOf = (room: string, appendOnly: readonly string[]): RoomAccountOptions => ({
    room, appendOnly, clock,
    administrator: addresses.get('MYSQL_DSN') ?? null,
    own: addresses.get(roomVariable(room)) ?? null,
    secret: deriveSecret(secret, `mysql/${room}`),
  });
  return {
    async prepare(room) {
      const address = await prepareRoom(optionsOf(room, []));
      made.set(room, address);
      return { [roomVariable(room)]: writeMysqlAddress(address) };
    },
    async secure(room, appendOnly) {
      await secureRoom(optionsOf(room, appendOnly), made.get(room)!);
    },
  };
}
