/** What is known of every model that was trained: a row each, with where its file is. */
import type { Reader, Transaction } from '#platform/database/database.ts';
import type { OfflineScore } from './model/model.ts';

/** TRAINING: under way. PUBLISHED: served, or was. REFUSED: no better. FAILED: did not come to an end. */
export type ModelState = 'TRAINING' | 'PUBLISHED' | 'REFUSED' | 'FAILED';

export interface ModelVersion {
  id: string;
  state: ModelState;
  blobKey: string | null;
  begunMs: number;
  endedMs: number | null;
  /** 0 to 1. */
  progress: number;
  interactions: number;
  offline: OfflineScore | null;
  reason: string | null;
}

interface VersionRow {
  id: string; state: string; blob_key: string | null; begun_ms: number; ended_ms: number | null; progress: number; interactions: number; scores: string | null; reason: string | null;
}

const COLUMNS = 'id, state, blob_key, begun_ms, ended_ms, progress, interactions, scores, reason';
const REASON_MAX = 500;

/** Newest first. */
export async function readVersions(reader: Reader, limit: number, state?: ModelState): Promise<ModelVersion[]> {
  const rows = await reader.query<VersionRow>(`select ${COLUMNS} from model_version ${state ? 'where state = ?' : ''} order by begun_ms desc, id desc limit ${limit}`, state ? [state] : []);
  return rows.map((row) => ({
    id: row.id,
    state: row.state as ModelState,
    blobKey: row.blob_key,
    begunMs: row.begun_ms,
    endedMs: row.ended_ms,
    progress: row.progress / 1_000,
    interactions: row.interactions,
    offline: row.scores === null ? null : JSON.parse(row.scores),
    reason: row.reason,
  }));
}

/** Who trains says so here: one training at a time, whatever the number of processes. False while another's claim stands. */
export async function claim(tx: Transaction, id: string, nowMs: number, untilMs: number): Promise<boolean> {
  const { changed } = await tx.execute("update training_claim set model_id = ?, until_ms = ? where name = 'training' and until_ms < ?", [id, untilMs, nowMs]);
  if (changed === 0) return false;
  // Whose claim ran out has died in the middle.
  await tx.execute("update model_version set state = 'FAILED', ended_ms = ?, reason = 'the process that trained it has gone' where state = 'TRAINING'", [nowMs]);
  await tx.execute("insert into model_version (id, state, begun_ms, progress, interactions) values (?, 'TRAINING', ?, 0, 0)", [id, nowMs]);
  return true;
}

/** Tells how far it is and keeps the claim; false when another has taken it over. */
export async function advance(tx: Transaction, id: string, share: number, interactions: number, untilMs: number): Promise<boolean> {
  const { changed } = await tx.execute("update training_claim set until_ms = ? where name = 'training' and model_id = ?", [untilMs, id]);
  if (changed === 0) return false;
  await tx.execute("update model_version set progress = ?, interactions = ? where id = ? and state = 'TRAINING'", [Math.round(share * 1_000), interactions, id]);
  return true;
}

export interface Ending {
  state: Exclude<ModelState, 'TRAINING'>;
  reason: string | null;
  blobKey?: string;
  offline?: OfflineScore;
}

/** Gives the claim back; false when another has taken it over, and then nothing is written. */
export async function end(tx: Transaction, id: string, nowMs: number, { state, reason, blobKey, offline }: Ending): Promise<boolean> {
  const { changed } = await tx.execute("update training_claim set until_ms = 0 where name = 'training' and model_id = ?", [id]);
  if (changed === 0) return false;
  await tx.execute(
    "update model_version set state = ?, ended_ms = ?, progress = case when ? = 'FAILED' then progress else 1000 end, blob_key = ?, scores = ?, reason = ? where id = ? and state = 'TRAINING'",
    [state, nowMs, state, blobKey ?? null, offline ? JSON.stringify(offline) : null, reason?.slice(0, REASON_MAX) ?? null, id],
  );
  return true;
}
