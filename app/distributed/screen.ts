/** One screen that shows the processes: a table on a terminal, drawn once a second; lines of what changes where it is none. */
import { systemClock } from '#platform/clock/system.ts';
import type { Fleet, FleetProcess } from './fleet.ts';
import { createMeter, drawTable, sayChanges } from './table.ts';
import type { Texts } from './texts.ts';

const CTRL_C = '\x03';
/** Another screen of the terminal, so that what stood there comes back; no cursor on it. */
const ENTER_SCREEN = '\x1b[?1049h\x1b[?25l';
const LEAVE_SCREEN = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

export interface Screen {
  say(line: string): void;
  /** Once a second. */
  tick(): void;
  /** Something has changed. */
  changed(): void;
  close(): void;
}

export interface TableParts {
  texts: Texts;
  news: () => string | null;
  roll(): void;
  quit(): void;
}

export function openTable(fleet: Fleet, { texts, news, roll, quit }: TableParts): Screen {
  const { stdin, stdout } = process;
  const measure = createMeter(systemClock.nowMs);
  const draw = () => {
    const width = stdout.columns || 80;
    const lines = [...drawTable(measure(fleet.processes()), texts, systemClock.nowMs(), width), '', news() ?? fleet.origin, stdin.isTTY ? texts.keys : ''];
    stdout.write(HOME + lines.map((line) => line + CLEAR_LINE).join('\r\n') + CLEAR_BELOW);
  };
  const onKey = (key: Buffer) => {
    const text = key.toString('latin1');
    if (text === 'r') roll();
    if (text === 'q' || text === CTRL_C) quit();
  };
  stdout.write(ENTER_SCREEN);
  if (stdin.isTTY) stdin.setRawMode(true).on('data', onKey).resume();
  draw();
  return {
    say: draw,
    tick: draw,
    changed: () => {},
    close() {
      if (stdin.isTTY) stdin.setRawMode(false).off('data', onKey).pause();
      stdout.write(LEAVE_SCREEN);
    },
  };
}

export function openLines(fleet: Fleet, texts: Texts): Screen {
  let before = new Map<string, FleetProcess>();
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const changed = () => {
    const processes = fleet.processes();
    for (const line of sayChanges(before, processes, texts)) say(line);
    before = new Map(processes.map((process) => [process.name, process]));
  };
  changed();
  return { say, tick: () => {}, changed, close: () => {} };
}
