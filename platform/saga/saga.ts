/**
 * A saga is a table of steps (Garcia-Molina and Salem, 1987). The runner keeps its state as rows in the room's database,
 * writes an undo down before it sends the ask, knows answers by key, and goes on after a crash from the rows alone.
 *
 * Before the pivot a refusal or a late answer undoes the steps asked so far, last first. The pivot decides; after it
 * only forward: a step is asked again until it is done, and after `MAX_ATTEMPTS` the saga is STUCK, a task for a person.
 */
import type { Transaction } from '#platform/database/database.ts';
import type { Reply } from '#platform/inbox/inbox.ts';

export interface Ask {
  /** The room that is asked. */
  room: string;
  /** The command's type, e.g. `hold-stock`. */
  command: string;
  input: Record<string, unknown>;
  /** The aggregate the command is about, when it is not the saga's own id. */
  subject?: string;
}

export interface SagaStep<State> {
  /** Names the step in the key `sagaId/name`, traces, metrics and the admin page. */
  name: string;
  /** Null: nothing to ask for this saga (no coupon, say); the step is done at once. */
  ask(state: State): Ask | null;
  /** Null or absent: nothing to take back. */
  undo?(state: State): Ask | null;
  /** How long an answer may take, in ms: then undo before the pivot, ask again after it. */
  withinMs: number;
  /** True for one step: when it is done the saga can only go forward. */
  pivot?: boolean;
}

export type SagaState = 'RUNNING' | 'DONE' | 'UNDOING' | 'UNDONE' | 'STUCK';
export type StepState = 'PENDING' | 'ASKED' | 'WAITING' | 'DONE' | 'REFUSED' | 'UNDOING' | 'UNDONE' | 'SKIPPED' | 'STUCK';

/** What just happened, told to the owner inside the transaction that records it. */
export type SagaChange =
  | { kind: 'step-done'; step: string; pivot: boolean; reply: Extract<Reply, { outcome: 'done' }> | null }
  | { kind: 'step-waiting'; step: string; reply: Extract<Reply, { outcome: 'waiting' }> }
  | { kind: 'step-refused'; step: string; code: string; message: string; data?: Record<string, unknown> }
  | { kind: 'undoing'; reason: { code: string; message: string } }
  | { kind: 'done' }
  | { kind: 'undone' }
  | { kind: 'stuck'; step: string; error: string };

export interface SagaDefinition<State extends Record<string, unknown>> {
  name: string;
  steps: readonly SagaStep<State>[];
  /** Changes the owner's own rows with the saga's (status, time-line, events). Returned fields are merged into the state. */
  onChange(tx: Transaction, sagaId: string, state: State, change: SagaChange): Promise<Partial<State> | void>;
}

export interface SagaView {
  state: SagaState;
  steps: { name: string; state: StepState; attempts: number; error: string | null }[];
}

export interface Sagas {
  /** Begins a saga in the transaction that makes its aggregate; `sagaId` is the aggregate's id and holds no `/`. Its first ask leaves with the commit. */
  start<State extends Record<string, unknown>>(tx: Transaction, definition: SagaDefinition<State>, sagaId: string, state: State): Promise<void>;
  /**
   * Asks a running saga to turn back. False when it has passed its pivot, has ended or is turning back already, or is not
   * there; then nothing has changed.
   */
  cancel(tx: Transaction, sagaId: string, reason: { code: string; message: string }): Promise<boolean>;
  view(sagaIds: readonly string[]): Promise<Map<string, SagaView>>;
  /** Lets a STUCK saga try its step again. */
  resume(sagaId: string): Promise<boolean>;
}
