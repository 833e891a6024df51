/**
 * Opaque positions in a list: the order, the sort key and the id of the last item seen, so that a page starts behind
 * it even when items came or went meanwhile (keyset paging; https://relay.dev/graphql/connections.htm).
 */
import { invalidInput } from '#platform/errors.ts';

export interface Position {
  key: number;
  id: string;
}

/** Longer texts are no cursors of ours. */
const CURSOR_MAX = 300;
export const PAGE_MAX = 100;

export const encodeCursor = (order: string, { key, id }: Position): string => Buffer.from(JSON.stringify([order, key, id])).toString('base64url');

/** Throws INVALID_INPUT on `after` for a text that `encodeCursor` did not make for this order. */
export function decodeCursor(order: string, after: string | null | undefined): Position | null {
  if (after == null) return null;
  const position = after.length <= CURSOR_MAX ? parsed(after) : null;
  if (!position) throw invalidInput('after', 'is not a cursor of this list');
  if (position[0] !== order) throw invalidInput('after', 'is a cursor of a list in another order');
  return { key: position[1], id: position[2] };
}

function parsed(text: string): [string, number, string] | null {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const [order, key, id] = Array.isArray(value) && value.length === 3 ? value : [];
  return typeof order === 'string' && typeof key === 'number' && typeof id === 'string' ? [order, key, id] : null;
}

/** Throws INVALID_INPUT on `first` outside 1 to 100: more is refused, not cut. */
export function checkFirst(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_MAX) throw invalidInput('first', `must be from 1 to ${PAGE_MAX}`);
  return first;
}

/** Ascending by key, then by id. */
export const comparePositions = (a: Position, b: Position): number => a.key - b.key || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Where the page behind `after` starts in `items`, which are in ascending order. */
export function pageStart<Item extends { id: string }>(items: readonly Item[], keyOf: (item: Item) => number, after: Position | null): number {
  if (!after) return 0;
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle]!;
    if (comparePositions({ key: keyOf(item), id: item.id }, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
