/**
 * Statements over lists whose texts repeat, so that prepared statements are found again: lists are cut and padded to a
 * few lengths instead of having one statement for every length there can be.
 */
import { placeholders, type Reader, type SqlRow, type SqlValue, type Transaction } from '#platform/database/database.ts';

const LIST_LENGTHS = [1, 4, 20, 100] as const;
const LONGEST_LIST = 100;
/** Rows of one insert; the largest stays below 1,000 parameters for the widest table here. */
const ROW_COUNTS = [50, 10, 1] as const;

/** Runs `sql`, whose `(?)` stands for the list, for at most 100 values at a time. */
export async function queryIn<Row = SqlRow>(reader: Reader, sql: string, values: readonly string[]): Promise<Row[]> {
  if (values.length === 0) return [];
  if (values.length <= LONGEST_LIST) return reader.query<Row>(...padded(sql, values));
  const rows: Row[] = [];
  for (let at = 0; at < values.length; at += LONGEST_LIST) {
    rows.push(...(await reader.query<Row>(...padded(sql, values.slice(at, at + LONGEST_LIST)))));
  }
  return rows;
}

export async function executeIn(tx: Transaction, sql: string, values: readonly string[]): Promise<void> {
  for (let at = 0; at < values.length; at += LONGEST_LIST) await tx.execute(...padded(sql, values.slice(at, at + LONGEST_LIST)));
}

function padded(sql: string, values: readonly string[]): [string, SqlValue[]] {
  const length = LIST_LENGTHS.find((candidate) => candidate >= values.length)!;
  const list: SqlValue[] = [...values];
  while (list.length < length) list.push(values.at(-1)!);
  return [sql.replace('(?)', `(${placeholders(length)})`), list];
}

/** Inserts rows of one shape, many a statement. */
export async function insertRows(tx: Transaction, table: string, columns: readonly string[], rows: readonly SqlValue[][]): Promise<void> {
  const one = `(${placeholders(columns.length)})`;
  let at = 0;
  while (at < rows.length) {
    const count = ROW_COUNTS.find((candidate) => candidate <= rows.length - at)!;
    const sql = `insert into ${table} (${columns.join(', ')}) values ${Array.from({ length: count }, () => one).join(', ')}`;
    await tx.execute(sql, rows.slice(at, at + count).flat());
    at += count;
  }
}
