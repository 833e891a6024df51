/**
 * Runs sagas. Every change is one transaction: read the row, decide, tell the owner, add the next ask to the outbox, save
 * the row. Nothing about a saga is in memory, so after a crash it goes on with the next reply or when its time is due.
 */
import type { Message, Outbox } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, Transaction } from '#platform/database/database.ts';
import { replyEnvelope } from '#platform/inbox/commands.ts';
import { validated } from '#platform/inbox/receive.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createCourse, MAX_STEPS } from './course.ts';
import { readKey } from './keys.ts';
import { insertSaga, loadSaga, newSaga, readSagas, saveSaga, type SagaRow } from './saga-row.ts';
import type { SagaDefinition, Sagas, SagaView } from './saga.ts';

export const SWEEP_MS = 500;
/** After a time without hearing anything, answers that were given meanwhile have so long to arrive. */
export const HEAR_WITHIN_MS = 30_000;
/** Sagas whose time has come that are handled in one sweep. */
const SWEEP_LIMIT = 200;

export interface RunnerOptions {
  database: Database;
  outbox: Outbox;
  clock: Clock;
  log: Logger;
  /** Only the holder of the room's lease looks at timers. */
  leads(): boolean;
  /** False while no answer could arrive: time does not run out for anybody then. */
  hears?(): boolean;
  /** Told each end, for metrics. */
  onEnd?(saga: string, state: SagaRow['state']): void;
}

export interface SagaRunner extends Sagas {
  /** Makes a definition known; before any reply comes. */
  define(definition: SagaDefinition<any>): void;
  /** A message from a replies topic; what is not about a saga of this room is passed over. */
  onReply(message: Message): Promise<void>;
  /** Handles every saga whose time has come, until the signal aborts; answers how many there were. */
  sweep(signal?: AbortSignal): Promise<number>;
  /** When the next saga is due, Unix ms; null when none is. */
  nextDueMs(): Promise<number | null>;
}

export function createSagaRunner(options: RunnerOptions): SagaRunner {
  const { database, outbox, clock, log } = options;
  const definitions = new Map<string, SagaDefinition<any>>();
  let hearByMs = 0;
  const course = createCourse({ outbox, clock, log, definitionOf, onEnd: options.onEnd });

  function definitionOf(saga: SagaRow): SagaDefinition<any> {
    const definition = definitions.get(saga.name);
    if (!definition) throw new Error(`${database.room} has no saga ${saga.name}`);
    return definition;
  }

  /** One change of a saga in one transaction; false when there is no such saga, or `work` changed nothing. */
  function change(sagaId: string, work: (tx: Transaction, saga: SagaRow) => Promise<boolean | void>): Promise<boolean> {
    return database.transaction(async (tx) => {
      const saga = await loadSaga(tx, sagaId);
      if (!saga || (await work(tx, saga)) === false) return false;
      await saveSaga(tx, saga);
      return true;
    });
  }

  return {
    define(definition) {
      checkDefinition(definition);
      definitions.set(definition.name, definition);
    },

    async start(tx, definition, sagaId, state) {
      if (!definitions.has(definition.name)) throw new Error(`list the saga ${definition.name} among the sagas of ${database.room}`);
      if (sagaId.includes('/')) throw new Error(`the id of a saga holds no "/": ${sagaId}`);
      const saga = newSaga(definition, sagaId, { ...state });
      if (!(await insertSaga(tx, saga, clock.nowMs()))) throw new Error(`a saga ${sagaId} has begun before`);
      await course.advance(tx, saga);
      await saveSaga(tx, saga);
    },

    async cancel(tx, sagaId, reason) {
      const saga = await loadSaga(tx, sagaId);
      if (!saga || saga.state !== 'RUNNING' || course.passedPivot(saga)) return false;
      await course.turnBack(tx, saga, reason);
      await saveSaga(tx, saga);
      return true;
    },

    async view(sagaIds) {
      if (sagaIds.length === 0) return new Map();
      return new Map((await readSagas(database, sagaIds)).map((saga): [string, SagaView] => [saga.id, viewOf(saga)]));
    },

    resume: (sagaId) => change(sagaId, course.resume),

    async onReply(message) {
      const { key: text, reply } = validated(replyEnvelope, message.data, message.type);
      const key = readKey(text);
      if (!key) return;
      await change(key.sagaId, async (tx, saga) => {
        const record = saga.steps.find(({ name }) => name === key.step);
        if (record) await course.answered(tx, saga, record, key, reply);
      });
    },

    // Two processes that both believe to lead do no harm: the row, read for update, tells whether its time is still to come.
    async sweep(signal) {
      const nowMs = clock.nowMs();
      if (options.hears?.() === false) {
        hearByMs = nowMs + HEAR_WITHIN_MS;
        return 0;
      }
      if (!options.leads()) return 0;
      const due = await database.query<{ id: string }>(`select id from platform_saga where due_at_ms <= ? order by due_at_ms limit ${SWEEP_LIMIT}`, [nowMs]);
      for (const { id } of due) {
        if (signal?.aborted || !options.leads()) break;
        try {
          await change(id, async (tx, saga) => {
            if (saga.dueAtMs === null || saga.dueAtMs > nowMs) return false;
            await course.onTime(tx, saga, hearByMs);
            return true;
          });
        } catch (error) {
          // One saga that cannot go on must not hold up the others; it is due again at the next sweep.
          log.error({ err: error, sagaId: id }, 'a saga could not go on when its time came');
        }
      }
      return due.length;
    },

    async nextDueMs() {
      const [row] = await database.query<{ due: number | null }>('select min(due_at_ms) as due from platform_saga where due_at_ms is not null');
      return row?.due === null || row?.due === undefined ? null : Number(row.due);
    },
  };
}

function checkDefinition({ name, steps }: SagaDefinition<any>): void {
  if (steps.length === 0 || steps.length > MAX_STEPS) throw new Error(`the saga ${name} needs 1 to ${MAX_STEPS} steps`);
  if (steps.filter((step) => step.pivot).length > 1) throw new Error(`the saga ${name} has more than one pivot`);
  const names = new Set(steps.map((step) => step.name));
  if (names.size !== steps.length) throw new Error(`the saga ${name} has two steps of one name`);
  for (const step of names) if (!/^[a-z][a-z0-9-]*$/.test(step) || step === 'undo') throw new Error(`${step} is no name for a step`);
}

function viewOf(saga: SagaRow): SagaView {
  return { state: saga.state, steps: saga.steps.map(({ name, state, attempts, error }) => ({ name, state, attempts, error })) };
}
