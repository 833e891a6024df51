/** A list ready to be paged: rows in ascending order of a key, and what the whole list says of itself. */
import { checkFirst, decodeCursor, encodeCursor, pageStart } from './cursor.ts';
import type { FacetCount } from './facets.ts';
import type { ShelfRow } from './shelf.ts';

export interface ResultList {
  /** Names the order in cursors. */
  order: string;
  rows: readonly ShelfRow[];
  keyOf(row: ShelfRow): number;
  /** Counted on first use. */
  facets(): readonly FacetCount[];
  /** For a search: what was searched instead. */
  corrected: string | null;
  generation: string;
}

export interface Page {
  rows: readonly ShelfRow[];
  cursors: readonly string[];
  hasNextPage: boolean;
}

/** Throws INVALID_INPUT on `first` or `after`. */
export function page(list: ResultList, first: number, after: string | null | undefined): Page {
  const start = pageStart(list.rows, list.keyOf, decodeCursor(list.order, after));
  const rows = list.rows.slice(start, start + checkFirst(first));
  return {
    rows,
    cursors: rows.map((row) => encodeCursor(list.order, { key: list.keyOf(row), id: row.id })),
    hasNextPage: start + rows.length < list.rows.length,
  };
}
