/**
 * Runs sagas. Every change is one transaction: read the row, decide, tell the owner, add the next ask to the outbox, save
 * the row. Nothing about a saga is in memory, so after a crash it goes on with the next reply or when its time is due.
 */
import type { Message, Outbox } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, Transaction } from '#platform/database/database.ts';
import { replyEnvelope } from '#platform/inbox/commands.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import { validated } from '#platform/inbox/receive.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { readKey, writeKey, type AskKey } from './keys.ts';
import { insertSaga, loadSaga, newSaga, readSagas, saveSaga, type SagaRow, type StepRecord } from './saga-row.ts';
import type { Ask, SagaChange, SagaDefinition, Sagas, SagaStep, SagaView } from './saga.ts';

/** Asks of a step after the pivot, or of an undo, before a person has to look. */
export const MAX_ATTEMPTS = 12;
/** How long an undo may take before it is asked again. */
export const UNDO_WITHIN_MS = 30_000;
export const SWEEP_MS = 500;
/** Sagas whose time has come that are handled in one sweep. */
const SWEEP_LIMIT = 200;
/** Steps that one change may pass over, so that a definition cannot loop. */
const MAX_STEPS = 64;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

export interface RunnerOptions {
  database: Database;
  outbox: Outbox;
  clock: Clock;
  log: Logger;
  /** Only the holder of the room's lease looks at timers. */
  leads(): boolean;
  /** Told each end, for metrics. */
  onEnd?(saga: string, state: SagaRow['state']): void;
}

export interface SagaRunner extends Sagas {
  /** Makes a definition known; before any reply comes. */
  define(definition: SagaDefinition<any>): void;
  /** A message from a replies topic; what is not about a saga of this room is passed over. */
  onReply(message: Message): Promise<void>;
  /** Handles every saga whose time has come; answers how many. */
  sweep(): Promise<number>;
  /** When the next saga is due, Unix ms; null when none is. */
  nextDueMs(): Promise<number | null>;
}

export function createSagaRunner(options: RunnerOptions): SagaRunner {
  const { database, outbox, clock, log } = options;
  const definitions = new Map<string, SagaDefinition<any>>();

  function definitionOf(saga: SagaRow): SagaDefinition<any> {
    const definition = definitions.get(saga.name);
    if (!definition) throw new Error(`${database.room} has no saga ${saga.name}`);
    return definition;
  }

  function stepOf(saga: SagaRow, record: StepRecord): SagaStep<any> {
    const step = definitionOf(saga).steps.find(({ name }) => name === record.name);
    if (!step) throw new Error(`the saga ${saga.name} has no step ${record.name}`);
    return step;
  }

  async function tell(tx: Transaction, saga: SagaRow, change: SagaChange): Promise<void> {
    const fields = await definitionOf(saga).onChange(tx, saga.id, saga.data, change);
    if (fields) Object.assign(saga.data, fields);
  }

  const passedPivot = (saga: SagaRow): boolean =>
    saga.steps.some((record) => (record.state === 'DONE' || record.state === 'SKIPPED') && stepOf(saga, record).pivot === true);

  async function send(tx: Transaction, saga: SagaRow, record: StepRecord, ask: Ask, undo: boolean, withinMs: number): Promise<void> {
    const base = { sagaId: saga.id, step: record.name };
    const key = writeKey({ ...base, undo, round: undo ? record.undoRound : record.round });
    // An undo comes before the pivot, so its ask was never made anew: the key without a number is the one.
    const data = undo ? { key, undoes: writeKey({ ...base, undo: false, round: 0 }), input: ask.input } : { key, input: ask.input };
    record.attempts++;
    record.due = 'answer';
    saga.dueAtMs = clock.nowMs() + withinMs;
    await outbox.add(tx, { topic: `gomall.${ask.room}.commands`, type: ask.command, version: 1, subject: ask.subject ?? saga.id, data });
  }

  /** Asks the next step, or ends. */
  async function advance(tx: Transaction, saga: SagaRow): Promise<void> {
    for (let passed = 0; passed <= MAX_STEPS; passed++) {
      const record = saga.steps.find(({ state }) => state === 'PENDING');
      if (!record) return end(tx, saga, 'DONE', { kind: 'done' });
      const step = stepOf(saga, record);
      const ask = step.ask(saga.data);
      if (ask) {
        record.undo = step.undo?.(saga.data) ?? null;
        record.state = 'ASKED';
        return send(tx, saga, record, ask, false, step.withinMs);
      }
      record.state = 'SKIPPED';
      await tell(tx, saga, { kind: 'step-done', step: record.name, pivot: step.pivot === true, reply: null });
    }
  }

  async function end(tx: Transaction, saga: SagaRow, state: 'DONE' | 'UNDONE', change: SagaChange): Promise<void> {
    saga.state = state;
    saga.dueAtMs = null;
    saga.endedAtMs = clock.nowMs();
    await tell(tx, saga, change);
    tx.afterCommit(() => options.onEnd?.(saga.name, state));
  }

  async function turnBack(tx: Transaction, saga: SagaRow, reason: { code: string; message: string }): Promise<void> {
    saga.state = 'UNDOING';
    await tell(tx, saga, { kind: 'undoing', reason });
    await undoNext(tx, saga);
  }

  /** Takes back the last step that may have had an effect, or ends. */
  async function undoNext(tx: Transaction, saga: SagaRow): Promise<void> {
    for (const record of saga.steps.toReversed()) {
      if (record.state !== 'ASKED' && record.state !== 'WAITING' && record.state !== 'DONE') continue;
      if (!record.undo) {
        record.state = 'UNDONE';
        continue;
      }
      record.state = 'UNDOING';
      record.attempts = 0;
      return send(tx, saga, record, record.undo, true, UNDO_WITHIN_MS);
    }
    await end(tx, saga, 'UNDONE', { kind: 'undone' });
  }

  /** Forward after the pivot, or an undo: asks again later, and after `MAX_ATTEMPTS` calls for a person. */
  async function tryAgain(tx: Transaction, saga: SagaRow, record: StepRecord, error: string): Promise<void> {
    record.error = error;
    if (record.attempts < MAX_ATTEMPTS) {
      record.due = 'ask';
      saga.dueAtMs = clock.nowMs() + Math.min(FIRST_PAUSE_MS * 2 ** (record.attempts - 1), LONGEST_PAUSE_MS);
      return;
    }
    record.state = 'STUCK';
    saga.state = 'STUCK';
    saga.dueAtMs = null;
    log.error({ saga: saga.name, sagaId: saga.id, step: record.name, error }, 'a saga is stuck and needs a person');
    await tell(tx, saga, { kind: 'stuck', step: record.name, error });
    tx.afterCommit(() => options.onEnd?.(saga.name, 'STUCK'));
  }

  async function askAgain(tx: Transaction, saga: SagaRow, record: StepRecord): Promise<void> {
    if (saga.state === 'UNDOING') return send(tx, saga, record, record.undo!, true, UNDO_WITHIN_MS);
    const step = stepOf(saga, record);
    const ask = step.ask(saga.data);
    if (!ask) throw new Error(`the step ${record.name} of ${saga.name} asked before and has nothing to ask now`);
    record.state = 'ASKED';
    await send(tx, saga, record, ask, false, step.withinMs);
  }

  async function answered(tx: Transaction, saga: SagaRow, record: StepRecord, key: AskKey, reply: Reply): Promise<void> {
    if (key.undo) await undoAnswered(tx, saga, record, key, reply);
    else await askAnswered(tx, saga, record, key, reply);
  }

  async function askAnswered(tx: Transaction, saga: SagaRow, record: StepRecord, key: AskKey, reply: Reply): Promise<void> {
    const open = record.state === 'ASKED' || record.state === 'WAITING';
    // What comes late, when the step is being taken back, is the business of the undo in the other room.
    const late = record.state === 'STUCK' && reply.outcome === 'done' && passedPivot(saga);
    if (key.round !== record.round || (!open && !late) || (open && saga.state !== 'RUNNING')) return;
    if (reply.outcome === 'waiting') return wait(tx, saga, record, reply);
    if (reply.outcome === 'done') {
      record.state = 'DONE';
      record.error = null;
      saga.state = 'RUNNING';
      await tell(tx, saga, { kind: 'step-done', step: record.name, pivot: stepOf(saga, record).pivot === true, reply });
      return advance(tx, saga);
    }
    const { code, message, data } = reply;
    if (passedPivot(saga)) {
      record.round++;
      return tryAgain(tx, saga, record, `${code}: ${message}`);
    }
    record.state = 'REFUSED';
    record.error = `${code}: ${message}`;
    await tell(tx, saga, { kind: 'step-refused', step: record.name, code, message, ...(data && { data }) });
    await turnBack(tx, saga, { code, message });
  }

  async function wait(tx: Transaction, saga: SagaRow, record: StepRecord, reply: Extract<Reply, { outcome: 'waiting' }>): Promise<void> {
    const untilMs = Math.max(reply.untilMs, clock.nowMs() + 1);
    if (record.state === 'WAITING' && saga.dueAtMs === untilMs) return;
    record.state = 'WAITING';
    record.due = 'answer';
    saga.dueAtMs = untilMs;
    await tell(tx, saga, { kind: 'step-waiting', step: record.name, reply });
  }

  async function undoAnswered(tx: Transaction, saga: SagaRow, record: StepRecord, key: AskKey, reply: Reply): Promise<void> {
    const stuck = record.state === 'STUCK' && reply.outcome === 'done';
    if (key.round !== record.undoRound || (record.state !== 'UNDOING' && !stuck)) return;
    if (reply.outcome === 'waiting') {
      saga.dueAtMs = Math.max(reply.untilMs, clock.nowMs() + 1);
      record.due = 'answer';
      return;
    }
    if (reply.outcome === 'refused') {
      record.undoRound++;
      return tryAgain(tx, saga, record, `${reply.code}: ${reply.message}`);
    }
    record.state = 'UNDONE';
    saga.state = 'UNDOING';
    await undoNext(tx, saga);
  }

  async function onTime(tx: Transaction, saga: SagaRow): Promise<void> {
    const record = saga.steps.find(({ state }) => state === 'ASKED' || state === 'WAITING' || state === 'UNDOING');
    if (!record) throw new Error(`the saga ${saga.id} is due and has no step under way`);
    if (record.due === 'ask') return askAgain(tx, saga, record);
    const late = 'TIMED_OUT: no answer came in time';
    if (saga.state === 'UNDOING' || passedPivot(saga)) return tryAgain(tx, saga, record, late);
    const reason = { code: 'TIMED_OUT', message: 'No answer came in time.' };
    record.error = late;
    await tell(tx, saga, { kind: 'step-refused', step: record.name, ...reason });
    await turnBack(tx, saga, reason);
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
      await advance(tx, saga);
      await saveSaga(tx, saga);
    },

    async cancel(tx, sagaId, reason) {
      const saga = await loadSaga(tx, sagaId);
      if (!saga || saga.state !== 'RUNNING' || passedPivot(saga)) return false;
      await turnBack(tx, saga, reason);
      await saveSaga(tx, saga);
      return true;
    },

    async view(sagaIds) {
      if (sagaIds.length === 0) return new Map();
      return new Map((await readSagas(database, sagaIds)).map((saga): [string, SagaView] => [saga.id, viewOf(saga)]));
    },

    resume: (sagaId) =>
      change(sagaId, async (tx, saga) => {
        const record = saga.steps.find(({ state }) => state === 'STUCK');
        if (saga.state !== 'STUCK' || !record) return false;
        const forward = passedPivot(saga);
        saga.state = forward ? 'RUNNING' : 'UNDOING';
        record.state = forward ? 'ASKED' : 'UNDOING';
        record.attempts = 0;
        await askAgain(tx, saga, record);
        return true;
      }),

    async onReply(message) {
      const { key: text, reply } = validated(replyEnvelope, message.data, message.type);
      const key = readKey(text);
      if (!key) return;
      await change(key.sagaId, async (tx, saga) => {
        const record = saga.steps.find(({ name }) => name === key.step);
        if (record) await answered(tx, saga, record, key, reply);
      });
    },

    async sweep() {
      if (!options.leads()) return 0;
      const nowMs = clock.nowMs();
      const due = await database.query<{ id: string }>(`select id from platform_saga where due_at_ms <= ? order by due_at_ms limit ${SWEEP_LIMIT}`, [nowMs]);
      for (const { id } of due) {
        try {
          await change(id, async (tx, saga) => {
            if (saga.dueAtMs === null || saga.dueAtMs > nowMs) return false;
            await onTime(tx, saga);
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
