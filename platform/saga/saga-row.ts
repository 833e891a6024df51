/** A saga as it lies in its row: loaded and saved whole, so that a change is one read and one write. */
import type { SqlRow, Reader, Transaction } from '#platform/database/database.ts';
import type { Ask, SagaDefinition, SagaState, StepState } from './saga.ts';

export interface StepRecord {
  name: string;
  state: StepState;
  /** Asks since the last answer that counted, undo asks when the step is UNDOING. */
  attempts: number;
  /** A refused ask that is made anew has a key of its own: this number is in it. */
  round: number;
  undoRound: number;
  /** Written down before the ask is sent. */
  undo: Ask | null;
  /** What is due next: an answer, or asking once more. */
  due: 'answer' | 'ask';
  error: string | null;
}

export interface SagaRow {
  id: string;
  name: string;
  state: SagaState;
  data: Record<string, unknown>;
  steps: StepRecord[];
  dueAtMs: number | null;
  endedAtMs: number | null;
}

const COLUMNS = 'id, name, state, data, steps, due_at_ms, ended_at_ms';

export function newSaga(definition: SagaDefinition<any>, id: string, data: Record<string, unknown>): SagaRow {
  const steps = definition.steps.map(
    ({ name }): StepRecord => ({ name, state: 'PENDING', attempts: 0, round: 0, undoRound: 0, undo: null, due: 'answer', error: null }),
  );
  return { id, name: definition.name, state: 'RUNNING', data, steps, dueAtMs: null, endedAtMs: null };
}

export async function insertSaga(tx: Transaction, saga: SagaRow, nowMs: number): Promise<boolean> {
  return tx.insertIfAbsent('platform_saga', {
    id: saga.id, name: saga.name, state: saga.state, data: JSON.stringify(saga.data), steps: JSON.stringify(saga.steps),
    due_at_ms: saga.dueAtMs, begun_at_ms: nowMs, ended_at_ms: saga.endedAtMs,
  });
}

export async function saveSaga(tx: Transaction, saga: SagaRow): Promise<void> {
  await tx.execute('update platform_saga set state = ?, data = ?, steps = ?, due_at_ms = ?, ended_at_ms = ? where id = ?', [
    saga.state, JSON.stringify(saga.data), JSON.stringify(saga.steps), saga.dueAtMs, saga.endedAtMs, saga.id,
  ]);
}

export async function loadSaga(tx: Transaction, id: string): Promise<SagaRow | null> {
  const [row] = await tx.query(`select ${COLUMNS} from platform_saga where id = ?${tx.forUpdate}`, [id]);
  return row ? fromRow(row) : null;
}

export async function readSagas(reader: Reader, ids: readonly string[]): Promise<SagaRow[]> {
  const rows = await reader.query(`select ${COLUMNS} from platform_saga where id in (${ids.map(() => '?').join(', ')})`, ids);
  return rows.map(fromRow);
}

function fromRow(row: SqlRow): SagaRow {
  return {
    id: row.id as string,
    name: row.name as string,
    state: row.state as SagaState,
    data: JSON.parse(row.data as string),
    steps: JSON.parse(row.steps as string),
    dueAtMs: row.due_at_ms === null ? null : Number(row.due_at_ms),
    endedAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
  };
}
