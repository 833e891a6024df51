/** The model that this process answers with: the newest published one whose file is whole. */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { readVersions } from './model-rows.ts';
import { BrokenModel, readModel } from './model/model-file.ts';
import { createRanker, type Model, type Ranker } from './model/model.ts';

export interface ShelvedModel {
  readonly id: string;
  readonly model: Model;
  readonly ranker: Ranker;
  /** Numbers of products. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Kept with it: lists of a product. */
  readonly made: Map<string, readonly string[]>;
}

/** So many versions are tried, newest first; their files are kept. */
export const VERSIONS_KEPT = 4;

export interface ModelShelf {
  readonly current: ShelvedModel | null;
  /** Takes the newest; a file that is missing or broken is told of, and the one before it stays. */
  refresh(): Promise<void>;
}

export function createModelShelf({ database, blobs, log }: Pick<RoomDeps, 'database' | 'blobs' | 'log'>): ModelShelf {
  let current: ShelvedModel | null = null;
  let refreshing: Promise<void> = Promise.resolve();
  const refused = new Set<string>();

  async function look(): Promise<void> {
    for (const { id, blobKey } of await readVersions(database, VERSIONS_KEPT, 'PUBLISHED')) {
      if (current?.id === id) return;
      const shelved = blobKey === null ? null : await open(id, blobKey);
      if (!shelved) continue;
      current = shelved;
      refused.clear();
      return;
    }
  }

  async function open(id: string, key: string): Promise<ShelvedModel | null> {
    const tell = (err: unknown) => {
      if (!refused.has(id)) log.warn({ err, model: id }, 'a published model cannot be used here; the one before it stays');
      refused.add(id);
      return null;
    };
    const bytes = await blobs.get(key);
    if (!bytes) return tell(new Error('its file is not there, or not what it was: replicas need the same BLOBS_DIR'));
    try {
      const model = readModel(bytes);
      return { id, model, ranker: createRanker(model), numbers: new Map(model.items.map((item, number) => [item, number])), made: new Map() };
    } catch (error) {
      if (error instanceof BrokenModel) return tell(error);
      throw error;
    }
  }

  return {
    get current() {
      return current;
    },
    refresh() {
      refreshing = refreshing.then(look, look);
      return refreshing;
    },
  };
}
