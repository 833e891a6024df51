/**
 * Rows of one product, together. They usually follow each other; where a product's rows are scattered over the file a
 * first pass has counted its pieces, and the rows wait in memory, up to a limit, until the last of them has come.
 */
import { FileFault } from './faults.ts';
import { readRows, type Row } from './read-rows.ts';

/** Products of one file. */
export const PRODUCTS_MAX = 500_000;
/** Rows of one product: its variants and pictures many times over. */
export const ROWS_PER_PRODUCT_MAX = 2_000;
/** Rows that wait for the rest of their product, over the whole file. */
export const SCATTERED_ROWS_MAX = 50_000;

export interface Counted {
  /** Products in the file. */
  products: number;
  /** Pieces of those products whose rows are not all together. */
  pieces: ReadonlyMap<string, number>;
}

/** The first pass. @throws FileFault when the file cannot be read or has too many products. */
export async function countProducts(file: string): Promise<Counted> {
  const { rows } = await readRows(file);
  const pieces = new Map<string, number>();
  let current: string | null = null;
  for await (const { handle } of rows) {
    if (handle === current) continue;
    current = handle;
    pieces.set(handle, (pieces.get(handle) ?? 0) + 1);
    if (pieces.size > PRODUCTS_MAX) throw new FileFault(`${file} has more than ${PRODUCTS_MAX} products; split it.`);
  }
  const products = pieces.size;
  for (const [handle, count] of pieces) if (count === 1) pieces.delete(handle);
  return { products, pieces };
}

/** The second pass: the rows of a product at a time, in the order in which products are complete. */
export async function* groupRows(rows: AsyncIterable<Row>, pieces: ReadonlyMap<string, number>): AsyncGenerator<Row[]> {
  const waiting = new Map<string, { rows: Row[]; pieces: number }>();
  let waitingRows = 0;
  let group: Row[] = [];

  const finish = (): Row[] | null => {
    const handle = group[0]?.handle;
    if (handle === undefined) return null;
    const all = pieces.get(handle) ?? 1;
    if (all === 1) return group;
    const before = waiting.get(handle) ?? { rows: [], pieces: 0 };
    before.pieces++;
    before.rows.push(...group);
    if (before.pieces === all) {
      waiting.delete(handle);
      waitingRows -= before.rows.length - group.length;
      return before.rows;
    }
    waiting.set(handle, before);
    waitingRows += group.length;
    if (waitingRows > SCATTERED_ROWS_MAX) {
      throw new FileFault(`line ${group[0]!.line}: more than ${SCATTERED_ROWS_MAX} rows stand apart from the rest of their product; sort the file by handle.`);
    }
    return null;
  };

  for await (const row of rows) {
    if (row.handle !== group[0]?.handle) {
      const complete = finish();
      if (complete) yield complete;
      group = [];
    }
    group.push(row);
    if (group.length > ROWS_PER_PRODUCT_MAX) throw new FileFault(`line ${row.line}: more than ${ROWS_PER_PRODUCT_MAX} rows of one product.`);
  }
  const complete = finish();
  if (complete) yield complete;
  for (const { rows: rest } of waiting.values()) yield rest;
}
