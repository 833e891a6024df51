/** Reads a product CSV row by row, with the line each begins on; memory does not grow with the file. */
import { createReadStream } from 'node:fs';
import { parse, type CsvError } from 'csv-parse';
import { readHeader, type Column, type Columns } from './columns.ts';
import { FileFault, type RowFault } from './faults.ts';
import { LineCounter } from './line-counter.ts';

/** A row longer than this is taken for a quotation mark that is never closed. */
export const ROW_BYTES_MAX = 1 << 20;

export interface Row {
  line: number;
  /** The product the row belongs to, lower-cased; '' when it names none. */
  handle: string;
  /** The cell's text without spaces at the ends; '' when it is empty or the column is not there. */
  cell(column: Column): string;
  /** What is wrong with the row itself: it cannot be read, or has too many cells. */
  fault: RowFault | null;
}

export interface Rows {
  columns: Columns;
  rows: AsyncGenerator<Row>;
}

/** @throws FileFault when the file cannot be opened or its header is not one. */
export async function readRows(file: string): Promise<Rows> {
  const records = readRecords(file);
  const first = await records.next();
  if (first.done) throw new FileFault(`${file} is empty.`);
  if (first.value.error) throw new FileFault(`line 1: ${first.value.error}`);
  const columns = readHeader(first.value.cells);
  return { columns, rows: toRows(records, columns) };
}

interface Record {
  line: number;
  cells: string[];
  error?: string;
}

async function* toRows(records: AsyncGenerator<Record>, columns: Columns): AsyncGenerator<Row> {
  for await (const { line, cells, error } of records) {
    const cell = (column: Column): string => cells[columns.at.get(column) ?? -1]?.trim() ?? '';
    const extra = cells.slice(columns.width).some((text) => text.trim() !== '');
    const problem = error ?? (extra ? `the row has ${cells.length} cells, the header ${columns.width}: is a text with a comma not in quotation marks?` : null);
    yield { line, handle: cell('handle').toLowerCase(), cell, fault: problem ? { line, column: null, message: problem } : null };
  }
}

/**
 * Rows as lists of cells. Stray quotation marks are taken as they stand (the cells then tell what is wrong); one that is
 * opened and never closed swallows the rest of the file: that row comes last, with its error.
 */
async function* readRecords(file: string): AsyncGenerator<Record> {
  const lines = new LineCounter();
  let broken: { error: CsvError | undefined; raw: string; bytes: number } | null = null;
  const parser = parse({
    bom: true,
    info: true,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: ROW_BYTES_MAX,
    on_skip(error: CsvError | undefined, raw: string | undefined) {
      broken ??= { error, raw: raw ?? '', bytes: Number((error as { bytes?: number } | undefined)?.bytes ?? 0) };
      return undefined;
    },
  });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, raw, info } of source.pipe(lines).pipe(parser) as AsyncIterable<{ record: string[]; raw: string; info: { bytes: number } }>) {
      // The parser is ahead of us: what it gave up on further down waits for its turn.
      if (broken && (broken as { bytes: number }).bytes < info.bytes) break;
      if (record.some((cell) => cell.trim() !== '')) yield { line: lines.startOf(raw, info.bytes), cells: record };
    }
  } catch (error) {
    throw new FileFault(`${file} cannot be read: ${(error as Error).message}`, error);
  } finally {
    source.destroy();
  }
  if (broken) yield brokenRecord(broken, lines);
}

function brokenRecord({ error, raw, bytes }: { error: CsvError | undefined; raw: string; bytes: number }, lines: LineCounter): Record {
  const cells = raw.slice(0, 4096).split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const known = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(error?.code ?? '');
  const problem = known ? 'a quotation mark is opened and never closed' : `the row cannot be read (${error?.code ?? 'unknown'})`;
  // The parser says where the row begins, not where it ends.
  return { line: lines.startOf('', bytes) + (/^[\r\n]*/.exec(raw)![0].match(/\r\n|\n|\r/g)?.length ?? 0), cells, error: `${problem}; nothing from here on was loaded.` };
}
