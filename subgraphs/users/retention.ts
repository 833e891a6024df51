/** What this room forgets, and when. */
import { placeholders } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { SESSION_IDLE_MS } from './sessions.ts';

const DAY_MS = 86_400_000;
/** Ended sessions are kept a while for people who ask where they were signed in. */
export const SESSIONS_KEPT_MS = 7 * DAY_MS;
/** A spent token older than the idle life would have run out unspent too: it no longer tells of a thief. */
export const SPENT_TOKENS_KEPT_MS = SESSION_IDLE_MS;
export const LETTERS_KEPT_MS = 30 * DAY_MS;
/** Rows of one transaction: short enough that nobody waits for it. */
export const RETENTION_BATCH = 500;
/** Batches of one run and kind; the next run goes on. */
export const RETENTION_BATCHES = 40;

export async function forgetOld({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, signal: AbortSignal): Promise<void> {
  const nowMs = clock.nowMs();
  const sweep = async (select: string, parameters: number[], remove: (list: string) => string[]): Promise<void> => {
    for (let batch = 0; batch < RETENTION_BATCHES && !signal.aborted; batch += 1) {
      const rows = await database.query<{ id: string }>(`${select} limit ${RETENTION_BATCH}`, parameters);
      if (rows.length === 0) return;
      const keys = rows.map((row) => row.id);
      await database.transaction(async (tx) => {
        for (const statement of remove(placeholders(keys.length))) await tx.execute(statement, keys);
      });
    }
  };
  await sweep(
    'select id from account_sessions where expires_at_ms < ? or ended_at_ms < ?',
    [nowMs - SESSIONS_KEPT_MS, nowMs - SESSIONS_KEPT_MS],
    (list) => [`delete from refresh_tokens where session_id in (${list})`, `delete from account_sessions where id in (${list})`],
  );
  await sweep('select token_hash as id from refresh_tokens where spent_at_ms < ?', [nowMs - SPENT_TOKENS_KEPT_MS], (list) => [
    `delete from refresh_tokens where token_hash in (${list})`,
  ]);
  await sweep('select id from account_letters where due_at_ms is null and created_at_ms < ?', [nowMs - LETTERS_KEPT_MS], (list) => [
    `delete from account_letters where id in (${list})`,
  ]);
}
