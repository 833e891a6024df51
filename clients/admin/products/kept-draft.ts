/** A draft outlives a reload and a walk to another page: kept in this tab until it is saved or discarded. */
import { readStoredJson, writeStored } from '../../shared/storage.ts';
import type { Draft } from './draft.ts';

export interface KeptDraft {
  version: number;
  /** As it was read: what the draft is compared with. */
  base: Draft;
  draft: Draft;
}

const nameOf = (id: string): string => `gomall.draft.${id}`;

const isKept = (value: unknown): value is KeptDraft => {
  const kept = value as Partial<KeptDraft> | null;
  return typeof kept === 'object' && kept !== null && typeof kept.version === 'number' && Array.isArray(kept.draft?.variants) && Array.isArray(kept.base?.variants);
};

export const readKept = (id: string): KeptDraft | null => readStoredJson(nameOf(id), isKept, 'session');
export const keep = (id: string, kept: KeptDraft | null): void => writeStored(nameOf(id), kept && JSON.stringify(kept), 'session');
