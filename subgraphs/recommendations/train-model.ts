/** Trains a model of what there is, and publishes it when it is better than popularity and than the one that is served. */
import { JUDGED_MIN, type Trained } from './model/train.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { readAll } from './interaction-rows.ts';
import { modelPublished } from './messages.ts';
import { readModel } from './model/model-file.ts';
import type { OfflineScore } from './model/model.ts';
import { advance, claim, end, readVersions, type Ending } from './model-rows.ts';
import { VERSIONS_KEPT, type ModelShelf } from './model-shelf.ts';
import { trainApart, type TrainedFile } from './train-apart.ts';

type Deps = Pick<RoomDeps, 'database' | 'outbox' | 'blobs' | 'tensors' | 'clock' | 'ids' | 'log'>;

/** A claim that is not renewed for so long is of a process that has gone. */
const CLAIM_MS = 120_000;
const TELL_EVERY_MS = 1_000;

/** Answers the id of the training that was begun, or null when one is under way; `done` is its end, and never rejects. */
export async function beginTraining(deps: Deps, shelf: ModelShelf, signal: AbortSignal): Promise<{ id: string; done: Promise<void> } | null> {
  const { database, clock, ids } = deps;
  const id = ids.uuid();
  if (!(await database.transaction((tx) => claim(tx, id, clock.nowMs(), clock.nowMs() + CLAIM_MS)))) return null;
  return { id, done: train(deps, shelf, id, signal) };
}

async function train(deps: Deps, shelf: ModelShelf, id: string, signal: AbortSignal): Promise<void> {
  const { database, outbox, clock, log } = deps;
  let ending: Ending;
  try {
    ending = await decide(deps, shelf, id, signal);
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, model: id }, 'a training failed; the model that is served stays');
    ending = { state: 'FAILED', reason: signal.aborted ? 'the process was stopped' : (error as Error).message };
  }
  try {
    await database.transaction(async (tx) => {
      const ended = await end(tx, id, clock.nowMs(), ending);
      if (ended && ending.state === 'PUBLISHED') await outbox.add(tx, modelPublished({ modelId: id, ndcg: ending.offline!.ndcg, recall: ending.offline!.recall }));
    });
    await shelf.refresh();
    if (ending.state === 'PUBLISHED') await forgetFiles(deps);
  } catch (error) {
    // Its claim runs out by itself, and the next training says that this one has gone.
    log.warn({ err: error, model: id }, 'the end of a training could not be written down');
  }
}

async function decide(deps: Deps, shelf: ModelShelf, id: string, signal: AbortSignal): Promise<Ending> {
  const { blobs, database, tensors, log } = deps;
  const interactions = await readAll(deps, signal);
  const [former] = await readVersions(database, 1, 'PUBLISHED');
  const formerFile = former?.blobKey && shelf.current?.id === former.id ? await blobs.get(former.blobKey) : null;
  const progress = keepClaim(deps, id, interactions.item.length);
  let trained: TrainedFile | { tooLittle: string };
  try {
    trained = await trainApart(
      { interactions, seed: 1, backend: tensors, former: formerFile },
      { signal, progress: progress.tell, engine: (engine, reason) => log.info({ engine, reason, model: id }, 'training a model') },
    );
  } finally {
    await progress.stop();
  }
  if ('tooLittle' in trained) return { state: 'REFUSED', reason: trained.tooLittle };
  const { offline, beside, file } = trained;
  const objection = objectionTo(offline, beside, shelf.current && former ? former.offline : null);
  if (objection) return { state: 'REFUSED', reason: objection, offline };
  readModel(file);
  return { state: 'PUBLISHED', reason: null, offline, blobKey: await blobs.put(file) };
}

/** Why a model is not published; null: it is. */
export function objectionTo(offline: OfflineScore, beside: Trained['beside'], former: OfflineScore | null): string | null {
  const four = (value: number) => value.toFixed(4);
  if (offline.judged < JUDGED_MIN) return `it was judged on ${offline.judged} only`;
  if (offline.ndcg <= offline.popularityNdcg) return `NDCG@10 is ${four(offline.ndcg)}, popularity's ${four(offline.popularityNdcg)}`;
  if (beside && beside.own <= beside.former) return `on what neither has seen NDCG@10 is ${four(beside.own)}, that of the version before ${four(beside.former)}`;
  // Little has happened since: then it must be better than the former was in its time.
  if (!beside && former && offline.ndcg <= former.ndcg) return `NDCG@10 is ${four(offline.ndcg)}, that of the version before ${four(former.ndcg)}`;
  return null;
}

/** Renews the claim and writes the progress down, a second apart at least. */
function keepClaim({ database, clock, log }: Deps, id: string, interactions: number) {
  let share = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    writing = writing
      .then(() => database.transaction((tx) => advance(tx, id, share, interactions, clock.nowMs() + CLAIM_MS)))
      .then(() => undefined, (error: unknown) => log.warn({ err: error }, 'the progress of a training could not be written down'));
  };
  const stop = clock.every(TELL_EVERY_MS, write);
  write();
  return {
    tell: (told: number) => void (share = told),
    stop: () => {
      stop();
      return writing;
    },
  };
}

/** Files of versions that nobody goes back to. */
async function forgetFiles({ database, blobs }: Deps): Promise<void> {
  const published = await readVersions(database, 100, 'PUBLISHED');
  const kept = new Set(published.slice(0, VERSIONS_KEPT).map(({ blobKey }) => blobKey));
  for (const { id, blobKey } of published.slice(VERSIONS_KEPT)) {
    if (blobKey === null) continue;
    if (!kept.has(blobKey)) await blobs.delete(blobKey);
    await database.transaction((tx) => tx.execute('update model_version set blob_key = null where id = ?', [id]));
  }
}
