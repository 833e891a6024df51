/** What the reliability core remembers, and for how long. */
import type { Clock } from '#platform/clock/clock.ts';
import { placeholders, type Database } from '#platform/database/database.ts';
import type { Task } from './room.ts';

const DAY_MS = 86_400_000;
export const IDEMPOTENCY_KEYS_DAYS = 7;
export const INBOX_DAYS = 14;
/** A restored mall on an empty Kafka sends again what it sent so long before (app/backup/README.md): longer than a message waits there. */
export const SENT_OUTBOX_MINUTES = 15;
export const FINISHED_SAGAS_DAYS = 90;
/** The row of a command is as old as the saga that may still undo it. */
export const COMMANDS_DAYS = FINISHED_SAGAS_DAYS;

const MINUTE_MS = 60_000;
const EVERY_MS = 60 * MINUTE_MS;
const BATCH = 500;
/** Batches a run: the rest waits for the next hour. */
const MAX_BATCHES = 200;

export function retentionTasks(database: Database, clock: Clock): Task[] {
  const task = (name: string, table: string, key: string, time: string, keptMs: number, everyMs = EVERY_MS): Task => ({
    name: `retention-${name}`,
    everyMs,
    async run(signal) {
      const beforeMs = clock.nowMs() - keptMs;
      for (let batch = 0; batch < MAX_BATCHES && !signal.aborted; batch++) {
        const rows = await database.query<{ id: string }>(`select ${key} as id from ${table} where ${time} < ? order by ${time} limit ${BATCH}`, [beforeMs]);
        if (rows.length === 0) return;
        const ids = rows.map(({ id }) => id);
        await database.transaction((tx) => tx.execute(`delete from ${table} where ${time} < ? and ${key} in (${placeholders(ids.length)})`, [beforeMs, ...ids]));
      }
    },
  });
  return [
    task('idempotency-keys', 'platform_idempotency', 'id', 'at_ms', IDEMPOTENCY_KEYS_DAYS * DAY_MS),
    task('inbox', 'platform_inbox', 'message_id', 'at_ms', INBOX_DAYS * DAY_MS),
    task('commands', 'platform_command', 'command_key', 'at_ms', COMMANDS_DAYS * DAY_MS),
    task('sent-outbox', 'platform_outbox', 'id', 'sent_at_ms', SENT_OUTBOX_MINUTES * MINUTE_MS, MINUTE_MS),
    task('finished-sagas', 'platform_saga', 'id', 'ended_at_ms', FINISHED_SAGAS_DAYS * DAY_MS),
  ];
}
