/** Whether the databases of a process's rooms answer, for health: told once in the log, with what mends it. */
import type { Clock } from '#platform/clock/clock.ts';
import type { HostedRoom } from '#platform/subgraph/host.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createTeller } from '#platform/telemetry/teller.ts';

export interface Databases {
  /** Asks them all. */
  answer(rooms: Iterable<HostedRoom>): Promise<boolean>;
  /** What was found when they were last asked, a line each, without addresses. */
  ailments(): string[];
}

export function createDatabases({ clock, log }: { clock: Clock; log: Logger }): Databases {
  const teller = createTeller('database', { clock, log });
  let silent: readonly string[] = [];
  return {
    async answer(rooms) {
      const found: string[] = [];
      const ask = async (room: HostedRoom) => {
        try {
          await room.ping();
        } catch (error) {
          found.push(room.name);
          teller.trouble(`The database of ${room.name} does not serve: ${(error as Error).message}`);
        }
      };
      await Promise.all([...rooms].map(ask));
      silent = found.toSorted();
      if (silent.length === 0) teller.well('The databases of all rooms serve again.');
      return silent.length === 0;
    },
    ailments: () => silent.map((name) => `${name}: its database does not serve; its part of the shop is closed`),
  };
}
