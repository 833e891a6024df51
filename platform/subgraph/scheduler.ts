/**
 * Runs the tasks of a room on the clock: each tick once across the room's processes, and never two runs of one task at a
 * time in one. Ticks are times by the clock that those processes have in common, so all mean the same tick; one that passed
 * while nobody held the lease is run by the next holder, unless another has come meanwhile.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Lease, Term } from '#platform/outbox/lease.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Task } from './room.ts';
import { RUNS_KEPT, taskRuns, type RunState } from './task-runs.ts';

/** How late a tick may be noticed. */
const NOTICE_MS = 500;
/** Ticks that are nearer to each other could be missed between two looks. */
export const SHORTEST_TICK_MS = 2 * NOTICE_MS;

export interface Scheduler {
  start(): void;
  /** Aborts what runs and waits for its end. */
  stop(): Promise<void>;
  /** Runs a task now, unless it runs already here; false when there is none of this name. It counts as no tick. */
  runNow(name: string): Promise<boolean>;
}

export interface SchedulerParts {
  database: Database;
  lease: Pick<Lease, 'alone' | 'term' | 'nowMs'>;
  clock: Clock;
  log: Logger;
}

export function createScheduler(room: string, tasks: readonly Task[], { database, lease, clock, log }: SchedulerParts): Scheduler {
  const runs = taskRuns(database);
  const ticking = tasks.filter(({ look }) => !look);
  for (const { name, everyMs } of ticking) if (everyMs < SHORTEST_TICK_MS) throw new Error(`the task ${name} of ${room} ticks more often than every ${SHORTEST_TICK_MS} ms: make it a look`);
  const running = new Map<string, Promise<void>>();
  /** The last tick of each task that was decided, by us or by others. */
  const decided = new Map<string, number>();
  const begunMs = lease.nowMs();
  let ends: (() => void)[] = [];
  let stopping = new AbortController();

  /** Alone, a task first runs when its time has passed once; among others all must agree, and tasks take turns. */
  const phaseOf = ({ name, everyMs }: Task) => (lease.alone ? begunMs : spread(`${room} ${name}`)) % everyMs;
  const tickOf = (task: Task) => task.everyMs * Math.floor((lease.nowMs() - phaseOf(task)) / task.everyMs) + phaseOf(task);

  /** One run of a task at a time; never rejects. */
  function run(task: Task, work: () => Promise<unknown>): Promise<void> {
    const under = running.get(task.name);
    if (under) return under;
    const begun = work()
      .then(() => {}, (error: unknown) => log.error({ err: error, room, task: task.name }, 'a task failed; it runs again at its time'))
      .finally(() => running.delete(task.name));
    running.set(task.name, begun);
    return begun;
  }

  /** Rejects when the task failed, not when it was broken off. */
  async function body(task: Task, signal: AbortSignal): Promise<void> {
    try {
      await task.run(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async function tick(task: Task, tickMs: number, term: Term): Promise<void> {
    const tick = { task: task.name, tickMs, epoch: term.epoch };
    const ours = await runs.claim(tick, tickMs - RUNS_KEPT * task.everyMs, lease.nowMs());
    decided.set(task.name, tickMs);
    if (!ours) return;
    const signal = AbortSignal.any([stopping.signal, term.over]);
    const ended = (state: Exclude<RunState, 'RUNNING'>, error?: unknown) => runs.finish(tick, state, error, lease.nowMs());
    // Asked once more, since the process may have been paused after its claim.
    if (lease.term()?.epoch !== term.epoch) return ended('STOPPED');
    try {
      await body(task, signal);
    } catch (error) {
      await ended('FAILED', error);
      throw error;
    }
    await ended(signal.aborted ? 'STOPPED' : 'DONE');
  }

  function notice(): void {
    const term = lease.term();
    if (!term) return;
    for (const task of ticking) {
      const tickMs = tickOf(task);
      if (tickMs <= (decided.get(task.name) ?? -Infinity)) continue;
      // What comes while the former run goes on is passed over.
      if (running.has(task.name)) decided.set(task.name, tickMs);
      else void run(task, () => tick(task, tickMs, term));
    }
  }

  function look(task: Task): void {
    const term = lease.term();
    if (term) void run(task, () => body(task, AbortSignal.any([stopping.signal, term.over])));
  }

  return {
    start() {
      stopping = new AbortController();
      if (lease.alone) for (const task of ticking) decided.set(task.name, tickOf(task));
      ends = tasks.filter((task) => task.look).map((task) => clock.every(task.everyMs, () => look(task)));
      if (ticking.length > 0) ends.push(clock.every(NOTICE_MS, notice));
    },
    async stop() {
      for (const end of ends.splice(0)) end();
      stopping.abort(new Error('the room stops'));
      await Promise.all(running.values());
    },
    async runNow(name) {
      const task = tasks.find((each) => each.name === name);
      if (!task) return false;
      await run(task, () => body(task, stopping.signal));
      return true;
    },
  };
}

/** Some number for a text, the same in every process (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/). */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
