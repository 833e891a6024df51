/** Quiet hours by the reader's own clock, in any time zone, also on the days when clocks change. Plain functions. */
export interface QuietHours {
  /** Minutes after midnight by the wall clock; `from` > `to` goes over midnight, equal means the whole day. */
  fromMinute: number;
  toMinute: number;
  /** IANA name. */
  timeZone: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** When the quiet hours end that are on at `nowMs` (Unix ms); null when none are. */
export function quietUntil({ fromMinute, toMinute, timeZone }: QuietHours, nowMs: number): number | null {
  const wallMs = nowMs + offsetAt(timeZone, nowMs);
  const midnightMs = Math.floor(wallMs / DAY_MS) * DAY_MS;
  const minute = (wallMs - midnightMs) / MINUTE_MS;
  const on = fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
  if (!on) return null;
  const day = minute < toMinute ? midnightMs : midnightMs + DAY_MS;
  return instantOf(timeZone, day + toMinute * MINUTE_MS, nowMs);
}

/** `22:00` as minutes after midnight; null when it is no such time. */
export function readClockTime(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

export const clockTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export function isTimeZone(name: string): boolean {
  if (name.length > 64 || !/^[A-Za-z]/.test(name)) return false;
  try {
    return formatOf(name) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The first moment after `afterMs` at which the wall clock shows `wallMs` (ms since the epoch as if it were UTC). A time
 * that is left out in spring is taken as so much after the clocks were put forward as it is after the gap's beginning.
 */
function instantOf(timeZone: string, wallMs: number, afterMs: number): number {
  const before = offsetAt(timeZone, wallMs - DAY_MS);
  const after = offsetAt(timeZone, wallMs + DAY_MS);
  const fitting = [wallMs - before, wallMs - after].filter((ms) => ms > afterMs && ms + offsetAt(timeZone, ms) === wallMs).toSorted((a, b) => a - b);
  return fitting[0] ?? wallMs - before;
}

/** What the zone's wall clock is ahead of UTC at a moment, in ms. */
function offsetAt(timeZone: string, atMs: number): number {
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const wallMs = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!);
  return wallMs - Math.floor(atMs / 1_000) * 1_000;
}

/** Formats are dear to make: the zones of readers are few. */
const formats = new Map<string, Intl.DateTimeFormat>();
const FORMATS_KEPT = 100;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    if (formats.size >= FORMATS_KEPT) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}
