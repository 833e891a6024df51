/** Runs the tasks of a room on the clock: never two runs of one task at a time, and only where the room's lease is held. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Task } from './room.ts';

export interface Scheduler {
  start(): void;
  /** Aborts what runs and waits for its end. */
  stop(): Promise<void>;
  /** Runs a task now, unless it runs already; false when there is none of this name. */
  runNow(name: string): Promise<boolean>;
}

export function createScheduler(room: string, tasks: readonly Task[], parts: { clock: Clock; log: Logger; leads(): boolean }): Scheduler {
  const { clock, log, leads } = parts;
  const running = new Map<string, Promise<void>>();
  let ends: (() => void)[] = [];
  let stopping = new AbortController();

  function run(task: Task): Promise<void> {
    const under = running.get(task.name);
    if (under) return under;
    const work = (async () => {
      try {
        await task.run(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) log.error({ err: error, room, task: task.name }, 'a task failed; it runs again at its time');
      } finally {
        running.delete(task.name);
      }
    })();
    running.set(task.name, work);
    return work;
  }

  return {
    start() {
      stopping = new AbortController();
      ends = tasks.map((task) =>
        clock.every(task.everyMs, () => {
          if (leads()) void run(task);
        }),
      );
    },
    async stop() {
      for (const end of ends.splice(0)) end();
      stopping.abort(new Error('the room stops'));
      await Promise.all(running.values());
    },
    async runNow(name) {
      const task = tasks.find((each) => each.name === name);
      if (!task) return false;
      await run(task);
      return true;
    },
  };
}
