/** Fills a column of rows that are there, a few at a time, so that nobody waits long for one of them. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Backfill, SqlValue } from './database.ts';
import { isConflict } from './mysql-faults.ts';
import type { Execute } from './mysql-online.ts';

export const BATCH_ROWS = 2_000;
/** Between batches: the writers' turn. */
export const BATCH_PAUSE_MS = 10;
/** Others may hold rows of a batch; each try waits for them as long as any statement does (LOCK_WAIT_S). */
const BATCH_TRIES = 30;

export async function backfill({ table, key, set, where }: Backfill, { execute, clock }: { execute: Execute; clock: Clock }): Promise<void> {
  let last: SqlValue | undefined;
  for (;;) {
    const after = last === undefined ? '' : `where ${key} > ? `;
    const from = last === undefined ? [] : [last];
    const page = (await execute(`select max(page.k) as k, count(*) as n from (select ${key} as k from ${table} ${after}order by ${key} limit ${BATCH_ROWS}) page`, from)) as { k: SqlValue; n: number }[];
    const { k: until, n: rows } = page[0]!;
    if (Number(rows) === 0) return;
    await batch(`update ${table} set ${set} where ${last === undefined ? '' : `${key} > ? and `}${key} <= ? and (${where})`, [...from, until], { execute, clock });
    last = until;
    await clock.sleep(BATCH_PAUSE_MS);
  }
}

async function batch(sql: string, parameters: SqlValue[], { execute, clock }: { execute: Execute; clock: Clock }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await execute(sql, parameters);
      return;
    } catch (error) {
      if (attempt === BATCH_TRIES || !isConflict(error)) throw error;
      await clock.sleep(BATCH_PAUSE_MS * attempt);
    }
  }
}
