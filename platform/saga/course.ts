/**
 * What a saga does next, given a reply, the time or a wish to turn back: changes its row, tells its owner and adds asks to
 * the outbox, all in the transaction it is given. Nothing here reads or saves the row.
 */
import type { Outbox } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { writeKey, type AskKey } from './keys.ts';
import type { SagaRow, StepRecord } from './saga-row.ts';
import type { Ask, SagaChange, SagaDefinition, SagaStep } from './saga.ts';

/** Asks of a step after the pivot, or of an undo, before a person has to look. */
export const MAX_ATTEMPTS = 12;
/** How long an undo may take before it is asked again. */
export const UNDO_WITHIN_MS = 30_000;
/** Steps of a saga. */
export const MAX_STEPS = 64;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

export interface CourseOptions {
  outbox: Outbox;
  clock: Clock;
  log: Logger;
  definitionOf(saga: SagaRow): SagaDefinition<any>;
  /** Told each end, for metrics. */
  onEnd?(saga: string, state: SagaRow['state']): void;
}

export function createCourse({ outbox, clock, log, definitionOf, onEnd }: CourseOptions) {
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
    tx.afterCommit(() => onEnd?.(saga.name, state));
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
    tx.afterCommit(() => onEnd?.(saga.name, 'STUCK'));
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

  /** `hearByMs`: answers may still be on their way until then, so that none of them is late before. */
  async function onTime(tx: Transaction, saga: SagaRow, hearByMs: number): Promise<void> {
    const record = saga.steps.find(({ state }) => state === 'ASKED' || state === 'WAITING' || state === 'UNDOING');
    if (!record) throw new Error(`the saga ${saga.id} is due and has no step under way`);
    if (record.due === 'ask') return askAgain(tx, saga, record);
    if (clock.nowMs() < hearByMs) return void (saga.dueAtMs = hearByMs);
    const late = 'TIMED_OUT: no answer came in time';
    if (saga.state === 'UNDOING' || passedPivot(saga)) return tryAgain(tx, saga, record, late);
    const reason = { code: 'TIMED_OUT', message: 'No answer came in time.' };
    record.error = late;
    await tell(tx, saga, { kind: 'step-refused', step: record.name, ...reason });
    await turnBack(tx, saga, reason);
  }

  /** Lets the step that is stuck try again; false when none is. */
  async function resume(tx: Transaction, saga: SagaRow): Promise<boolean> {
    const record = saga.steps.find(({ state }) => state === 'STUCK');
    if (saga.state !== 'STUCK' || !record) return false;
    const forward = passedPivot(saga);
    saga.state = forward ? 'RUNNING' : 'UNDOING';
    record.state = forward ? 'ASKED' : 'UNDOING';
    record.attempts = 0;
    await askAgain(tx, saga, record);
    return true;
  }

  return { advance, turnBack, answered, onTime, resume, passedPivot };
}
