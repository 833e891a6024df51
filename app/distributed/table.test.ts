import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { drawTable, sayChanges, type Row } from './table.ts';
import { TEXTS } from './texts.ts';

const row = (more: Partial<Row> = {}): Row => ({ name: 'orders', state: 'ready', pid: 4_711, port: 8_090, restarts: 0, startedMs: 0, trouble: null, memoryBytes: 170 * 1024 * 1024, cpuPercent: 2.4, ...more });
const gone = row({ name: 'cart', state: 'restarting', pid: null, port: null, startedMs: null, memoryBytes: null, cpuPercent: null, restarts: 12, trouble: 'it fell' });
const draw = (rows: Row[], width = 120, language: 'en' | 'zh' = 'en') => drawTable(rows, TEXTS[language], 3_700_000, width).map(stripVTControlCharacters);

test('a line a process, numbers to the right, a dash for what is not known', () => {
  expect(draw([row(), gone])).toEqual([
    'process   pid  port  state       restarts         up  memory  cpu  last trouble',
    'orders   4711  8090  ready              0  1 h 1 min  170 MB  2 %  ',
    'cart        –     –  restarting        12          –       –    –  it fell',
  ]);
});

test('signs that take two columns keep the columns straight, and no line is wider than the terminal', () => {
  const lines = draw([row({ trouble: '数据库没有应答'.repeat(20) })], 80, 'zh');
  const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
  const columnOf = (line: string, text: string) => widthOf(line.slice(0, line.indexOf(text)));
  expect(lines.map(widthOf).every((width) => width <= 80)).toBe(true);
  expect(columnOf(lines[0]!, '状态')).toBe(columnOf(lines[1]!, '就绪'));
});

test('what a log says cannot draw on the screen', () => {
  expect(draw([row({ trouble: 'a\x1b[2Jb\rc' })])[1]).toMatch(/ab c$/);
});

test('where there is no terminal a line tells each change, and nothing else', () => {
  const before = new Map([['orders', row()]]);
  expect(sayChanges(before, [row({ restarts: 1 })], TEXTS.en)).toEqual([]);
  expect(sayChanges(before, [row({ pid: 4_712 }), gone], TEXTS.en)).toEqual(['orders: ready (pid 4712, port 8090)', 'cart: restarting: it fell']);
});
