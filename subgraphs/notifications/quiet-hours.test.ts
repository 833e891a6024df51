import { expect, test } from 'vitest';
import { clockTime, isTimeZone, quietUntil, readClockTime, type QuietHours } from './quiet-hours.ts';

const night = (timeZone: string, from = '22:00', to = '07:00'): QuietHours => ({ fromMinute: readClockTime(from)!, toMinute: readClockTime(to)!, timeZone });
const until = (hours: QuietHours, now: string): string | null => {
  const ms = quietUntil(hours, Date.parse(now));
  return ms === null ? null : new Date(ms).toISOString().replace('.000', '');
};

test('a night goes over midnight, by the clock on the reader\'s wall', () => {
  expect(until(night('Europe/Berlin'), '2026-06-10T19:59:59Z')).toBeNull();
  expect(until(night('Europe/Berlin'), '2026-06-10T20:00:00Z')).toBe('2026-06-11T05:00:00Z');
  expect(until(night('Europe/Berlin'), '2026-06-11T04:59:59Z')).toBe('2026-06-11T05:00:00Z');
  expect(until(night('Europe/Berlin'), '2026-06-11T05:00:00Z')).toBeNull();
  expect(until(night('Asia/Shanghai'), '2026-06-10T20:00:00Z')).toBe('2026-06-10T23:00:00Z');
});

test('an afternoon is within one day, equal times are the whole day', () => {
  expect(until(night('UTC', '13:00', '15:00'), '2026-06-10T14:00:00Z')).toBe('2026-06-10T15:00:00Z');
  expect(until(night('UTC', '13:00', '15:00'), '2026-06-10T15:00:00Z')).toBeNull();
  expect(until(night('UTC', '08:00', '08:00'), '2026-06-10T09:00:00Z')).toBe('2026-06-11T08:00:00Z');
});

test('in the nights when clocks change it ends at the reader\'s 07:00, not nine hours later', () => {
  // Forward: Berlin 2026-03-29 02:00 → 03:00, so 07:00 is 05:00 UTC.
  expect(until(night('Europe/Berlin'), '2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00Z');
  // Back: Berlin 2026-10-25 03:00 → 02:00, so 07:00 is 06:00 UTC.
  expect(until(night('Europe/Berlin'), '2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00Z');
  expect(until(night('America/New_York'), '2026-11-01T03:00:00Z')).toBe('2026-11-01T12:00:00Z');
});

test('an end that the clock leaves out comes just after the gap; one that comes twice never lies in the past', () => {
  expect(until(night('Europe/Berlin', '22:00', '02:30'), '2026-03-29T00:30:00Z')).toBe('2026-03-29T01:30:00Z');
  // 02:10 for the first time, and for the second.
  expect(until(night('Europe/Berlin', '22:00', '02:30'), '2026-10-25T00:10:00Z')).toBe('2026-10-25T00:30:00Z');
  expect(until(night('Europe/Berlin', '22:00', '02:30'), '2026-10-25T01:10:00Z')).toBe('2026-10-25T01:30:00Z');
});

test('zones off by half an hour and before 1970 count as well', () => {
  expect(until(night('Asia/Kolkata'), '2026-06-10T17:00:00Z')).toBe('2026-06-11T01:30:00Z');
  expect(until(night('Australia/Lord_Howe'), '2026-04-04T14:00:00Z')).toBe('2026-04-04T20:30:00Z');
});

test('names of zones and times of the clock are checked', () => {
  expect(['Europe/Berlin', 'Asia/Shanghai', 'UTC'].every(isTimeZone)).toBe(true);
  expect(['Mars/Olympus', '', '+01:00', 'x'.repeat(100)].some(isTimeZone)).toBe(false);
  expect(['24:00', '7:00', '07:60', ''].map(readClockTime)).toEqual([null, null, null, null]);
  expect(clockTime(readClockTime('07:05')!)).toBe('07:05');
});
