/**
 * The rows of task runs, in the room's database: the insert of (task, tick) decides who runs it, and only the present
 * holder of the lease, known by its epoch, gets so far. A run whose process died, or was paused past its lease, is never
 * made again: the next holder says LOST when the task ticks next, and the task goes on with that tick. So a tick runs once at most, and what
 * the former process still writes of it is refused.
 */
import type { Database } from '#platform/database/database.ts';
import { BACKGROUND } from '#platform/outbox/lease.ts';

/** Rows that are kept of a task. */
export const RUNS_KEPT = 500;
const MAX_ERROR_LENGTH = 2_000;

/** STOPPED: broken off because the process stopped or lost the lease. */
export type RunState = 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED' | 'LOST';

export interface Tick {
  task: string;
  /** Unix ms by the clock that the room's processes have in common. */
  tickMs: number;
  /** Of the term it is run in. */
  epoch: number;
}

export function taskRuns(database: Database) {
  return {
    /**
     * True when the tick is ours to run: nobody has begun it, and our term is the present one. What former holders have begun
     * and not ended is LOST by then; rows before `keepFromMs` go.
     */
    claim: ({ task, tickMs, epoch }: Tick, keepFromMs: number, nowMs: number): Promise<boolean> =>
      database.transaction(async (tx) => {
        const [lease] = await tx.query<{ epoch: number }>(`select epoch from platform_lease where name = ?${tx.forUpdate}`, [BACKGROUND]);
        if (Number(lease?.epoch) !== epoch) return false;
        await tx.execute("update platform_task_run set state = 'LOST', ended_at_ms = ? where task = ? and state = 'RUNNING' and epoch < ?", [nowMs, task, epoch]);
        if (!(await tx.insertIfAbsent('platform_task_run', { task, tick_ms: tickMs, epoch, state: 'RUNNING', begun_at_ms: nowMs, ended_at_ms: null, error: null }))) return false;
        await tx.execute('delete from platform_task_run where task = ? and tick_ms < ?', [task, keepFromMs]);
        return true;
      }),

    async finish({ task, tickMs, epoch }: Tick, state: Exclude<RunState, 'RUNNING'>, error: unknown, nowMs: number): Promise<void> {
      const words = error === undefined ? null : String(error).slice(0, MAX_ERROR_LENGTH);
      await database.transaction((tx) =>
        tx.execute("update platform_task_run set state = ?, ended_at_ms = ?, error = ? where task = ? and tick_ms = ? and epoch = ? and state = 'RUNNING'", [
          state, nowMs, words, task, tickMs, epoch,
        ]),
      );
    },
  };
}
