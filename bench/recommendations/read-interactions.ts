/** Reads a file of interactions: user, item and time a line. What is wrong with a line is told with its number; the others count. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { Interaction } from '#subgraphs/recommendations/model/interactions.ts';

export interface BadRow {
  line: number;
  problem: string;
}

export interface ReadFile {
  rows: Interaction[];
  bad: BadRow[];
}

const COLUMNS = ['user', 'item', 'timestamp'] as const;
const NAME_MAX = 256;
/** Numbers below this are seconds (the year 5138), above it milliseconds. */
const SECONDS_BELOW = 1e11;

/**
 * A CSV with the columns user, item and timestamp: in this order, or in any with others beside them under a header line with these
 * names. Times are seconds or milliseconds since 1970, or RFC 3339.
 * @throws Error when the file cannot be read at all.
 */
export async function readInteractions(file: string): Promise<ReadFile> {
  const rows: Interaction[] = [];
  const bad: BadRow[] = [];
  let columns: readonly number[] | null = null;
  let width: number = COLUMNS.length;
  const parser = parse({ bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true });
  await pipeline(createReadStream(file), parser, async (records) => {
    for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (columns === null) {
        const header = headerOf(record);
        columns = header ?? [0, 1, 2];
        if (header) {
          width = record.length;
          continue;
        }
      }
      const read = readRow(record, columns, width);
      if (typeof read === 'string') bad.push({ line: info.lines, problem: read });
      else rows.push(read);
    }
  });
  return { rows, bad };
}

/** Where the columns are, or null when this is no header. */
function headerOf(record: readonly string[]): number[] | null {
  const names = record.map((name) => name.toLowerCase());
  const places = COLUMNS.map((name) => names.indexOf(name));
  return places.every((place) => place >= 0) ? places : null;
}

function readRow(record: readonly string[], columns: readonly number[], width: number): Interaction | string {
  if (record.length !== width) return `has ${record.length} ${record.length === 1 ? 'column' : 'columns'}, not ${width}`;
  const [user, item, timestamp] = columns.map((column) => record[column]!) as [string, string, string];
  if (!user || !item) return `has no ${user ? 'item' : 'user'}`;
  if (user.length > NAME_MAX || item.length > NAME_MAX) return `has a name of more than ${NAME_MAX} characters`;
  const atMs = readTime(timestamp);
  return atMs === null ? `"${timestamp.slice(0, 40)}" is no time: seconds or milliseconds since 1970, or RFC 3339` : { user, item, atMs };
}

function readTime(text: string): number | null {
  if (/^\d{1,16}(\.\d+)?$/.test(text)) return Number(text) < SECONDS_BELOW ? Number(text) * 1000 : Number(text);
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}
