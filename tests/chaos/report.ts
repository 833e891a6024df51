/** What a fault meant to shoppers: read from the history, told as a row of a table. */
import type { Strike } from './bout.ts';
import type { Entry } from './history.ts';
import type { Ends } from './judge.ts';

export interface FaultReport {
  name: string;
  /** From its beginning until what was taken away was back. */
  lastedMs: number;
  /** From the fault's beginning, and from its end, until an order that was asked for since was seen CONFIRMED; null when none was. */
  boughtAfterBeginMs: number | null;
  boughtAfterEndMs: number | null;
  /** From the fault's beginning until that order: what came instead of answers, by code, and answers with a part missing. */
  seen: Record<string, number>;
  /** Orders of that time that were called off by the shop, by reason, but for stock and cards. */
  calledOff: Record<string, number>;
  /** Of orders that were asked for while it lasted. */
  orders: Record<string, number>;
  slowestMs: number;
}

const NO_FAULT_OF_OURS = ['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'CANCELLED_BY_SHOPPER', 'CANCELLED_BY_SHOP'];

export function reportFault(entries: readonly Entry[], { name, beganMs, endedMs }: Strike, { orders }: Ends): FaultReport {
  const asked = new Map<string, number>();
  const askedAt = new Map<string, number>();
  const confirmedAt = new Map<string, number>();
  for (const { op, kind, key, atMs, order } of entries) {
    if (op === 'place' && kind === 'invoke' && !asked.has(key)) asked.set(key, atMs);
    if (op === 'place' && kind === 'ok' && !askedAt.has(order!.id)) askedAt.set(order!.id, asked.get(key)!);
    if (order?.status === 'CONFIRMED' && !confirmedAt.has(order.id)) confirmedAt.set(order.id, atMs);
  }
  const after = (sinceMs: number): number | null => {
    const times = [...confirmedAt].filter(([id]) => (askedAt.get(id) ?? -1) >= sinceMs).map(([, atMs]) => atMs - sinceMs);
    return times.length > 0 ? Math.min(...times) : null;
  };
  const boughtAfterEndMs = after(endedMs);
  const overMs = endedMs + (boughtAfterEndMs ?? Infinity);
  const meanwhile = entries.filter(({ atMs, op }) => op !== 'fault' && atMs >= beganMs && atMs <= overMs);
  const ordered = [...askedAt].filter(([, atMs]) => atMs >= beganMs && atMs <= overMs).map(([id]) => orders.get(id));
  return {
    name,
    lastedMs: endedMs - beganMs,
    boughtAfterBeginMs: after(beganMs),
    boughtAfterEndMs,
    seen: count([
      ...meanwhile.filter(({ kind, op, key }) => kind === 'info' && (op !== 'watch' || key === 'socket')).map(({ code, op }) => (op === 'watch' ? `socket ${code}` : code!)),
      ...meanwhile.filter(({ missing }) => missing).map(() => 'part missing'),
    ]),
    calledOff: count(ordered.flatMap((end) => (end?.failure && !NO_FAULT_OF_OURS.includes(end.failure) ? [end.failure] : []))),
    orders: count(ordered.map((end) => end?.status ?? 'LOST')),
    slowestMs: Math.max(0, ...meanwhile.filter(({ kind }) => kind === 'ok').map(({ ms }) => ms ?? 0)),
  };
}

function count(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const COLUMNS = ['fault', 'gone', 'bought after begin', 'after end', 'slowest', 'seen', 'called off by the shop', 'orders'] as const;

/** Lines of a table, as wide as needed. */
export function tableOf(reports: readonly FaultReport[]): string {
  const seconds = (ms: number | null) => (ms === null ? 'never' : `${(ms / 1000).toFixed(1)} s`);
  const words = (counts: Record<string, number>) => Object.entries(counts).map(([word, n]) => `${n} ${word}`).join(', ') || '–';
  const rows = reports.map(({ name, lastedMs, boughtAfterBeginMs, boughtAfterEndMs, slowestMs, seen, calledOff, orders }) => [
    name, seconds(lastedMs), seconds(boughtAfterBeginMs), seconds(boughtAfterEndMs), seconds(slowestMs), words(seen), words(calledOff), words(orders),
  ]);
  const widths = COLUMNS.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(COLUMNS), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
