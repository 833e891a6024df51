/** The processes as text: a table for a terminal, or a line for each change. */
import { stripVTControlCharacters } from 'node:util';
import type { FleetProcess } from './fleet.ts';
import type { State } from './seat.ts';
import type { Texts } from './texts.ts';
import { usageOf } from './usage.ts';

export interface Row extends FleetProcess {
  memoryBytes: number | null;
  /** Of one core, since the last look; null before there are two. */
  cpuPercent: number | null;
}

/** Adds what the processes use; keeps what it saw, for the next time. */
export function createMeter(nowMs: () => number): (processes: readonly FleetProcess[]) => Row[] {
  let seen = new Map<number, { cpuMs: number; atMs: number }>();
  return (processes) => {
    const next: typeof seen = new Map();
    const rows = processes.map((process): Row => {
      const usage = process.pid === null ? null : usageOf(process.pid);
      if (!usage) return { ...process, memoryBytes: null, cpuPercent: null };
      const atMs = nowMs();
      const before = seen.get(process.pid!);
      next.set(process.pid!, { cpuMs: usage.cpuMs, atMs });
      return { ...process, memoryBytes: usage.memoryBytes, cpuPercent: before && atMs > before.atMs ? (100 * (usage.cpuMs - before.cpuMs)) / (atMs - before.atMs) : null };
    });
    seen = next;
    return rows;
  };
}

const COLOURS: Record<State, string> = { starting: '36', ready: '32', degraded: '33', restarting: '31', stopped: '90' };
const GAP = '  ';

/** The table, a line an element, none wider than `width` columns. */
export function drawTable(rows: readonly Row[], texts: Texts, nowMs: number, width: number): string[] {
  const cells = rows.map((row) => [
    row.name, String(row.pid ?? '–'), String(row.port ?? '–'), texts.states[row.state], String(row.restarts),
    row.startedMs === null ? '–' : sayDuration(nowMs - row.startedMs),
    row.memoryBytes === null ? '–' : `${Math.round(row.memoryBytes / 1024 / 1024)} MB`,
    row.cpuPercent === null ? '–' : `${Math.round(row.cpuPercent)} %`,
    row.trouble ?? '',
  ]);
  const widths = texts.columns.map((title, column) => Math.max(widthOf(title), ...cells.map((line) => widthOf(line[column]!))));
  const isNumber = (column: number) => column === 1 || column === 2 || (column >= 4 && column <= 7);
  const lineOf = (line: readonly string[], state: State | null) => {
    const parts = line.map((cell, column) => (column === line.length - 1 ? cell : pad(cell, widths[column]!, isNumber(column))));
    const text = cut(parts.join(GAP), width);
    return state === null ? `\x1b[1m${text}\x1b[0m` : text.replace(texts.states[state], (word) => `\x1b[${COLOURS[state]}m${word}\x1b[0m`);
  };
  return [lineOf(texts.columns, null), ...cells.map((line, index) => lineOf(line, rows[index]!.state))];
}

/** What is new since `before`, a line a process. */
export function sayChanges(before: ReadonlyMap<string, FleetProcess>, processes: readonly FleetProcess[], texts: Texts): string[] {
  return processes.flatMap((process) => {
    const { name, state, pid, port, trouble } = process;
    const former = before.get(name);
    if (former && former.state === state && former.pid === pid) return [];
    const where = [pid && `pid ${pid}`, port && `port ${port}`].filter(Boolean).join(', ');
    const why = state === 'degraded' || state === 'restarting' ? trouble : null;
    return [`${name}: ${texts.states[state]}${where && ` (${where})`}${why ? `: ${why}` : ''}`];
  });
}

export function sayDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min` : `${Math.floor(seconds / 86_400)} d`;
}

/** Columns of a terminal: signs of East Asian scripts take two (UAX #11). */
function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (isWide(sign.codePointAt(0)!) ? 2 : 1), 0);
}

const isWide = (code: number): boolean => (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60);

const pad = (text: string, width: number, right: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
};

/** Text of a log must not draw on the screen. */
function cut(text: string, width: number): string {
  let room = width;
  let out = '';
  for (const sign of stripVTControlCharacters(text).replace(/[\x00-\x1f\x7f]/g, ' ')) {
    room -= widthOf(sign);
    if (room < 0) break;
    out += sign;
  }
  return out;
}
