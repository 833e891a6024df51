/** `npm run backup` and `npm run restore` from their words to the exit code. */
import { parseArgs } from 'node:util';
import type { Clock } from '#platform/clock/clock.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Config } from '../config.ts';
import { DataDirHeld } from '../data-dir.ts';
import { BackupFault } from './faults.ts';
import { makeBackup, type Backup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

const BACKUP_USAGE = `Usage: npm run backup [-- <folder>]

Saves the mall of DATA_DIR into a new folder (default: backups/<time>), whether the mall runs or not; it goes on selling.
`;
const RESTORE_USAGE = `Usage: npm run restore -- <folder> [options]

Makes DATA_DIR, which is empty, what the mall was when that backup was taken. The mall does not run.

  --replace        set aside what is in DATA_DIR
  --other-secret   go on although SESSION_SECRET is not the one of the backup
`;

export interface BackupShell {
  config: Config;
  clock: Clock;
  ids: Ids;
  version: string;
  signal: AbortSignal;
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal, where progress stays on one line. */
  isTerminal: boolean;
}

/** @returns The exit code: 0 when it is done, 1 when it could not be, 2 for wrong arguments, 130 when it was told to stop. */
export async function runBackup(argv: readonly string[], shell: BackupShell): Promise<0 | 1 | 2 | 130> {
  const [word, ...rest] = argv;
  const usage = word === 'restore' ? RESTORE_USAGE : BACKUP_USAGE;
  try {
    if (word === 'restore') await restore(rest, shell);
    else await save(rest, shell);
    return 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') || error instanceof UsageFault) {
      shell.err(`${(error as Error).message}\n\n${usage}`);
      return 2;
    }
    if (shell.signal.aborted) {
      shell.err('\nStopped; nothing was kept.\n');
      return 130;
    }
    if (!(error instanceof BackupFault || error instanceof DataDirHeld)) throw error;
    shell.err(`\n${error.message}\n`);
    return 1;
  }
}

class UsageFault extends Error {}

async function save(argv: readonly string[], shell: BackupShell): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return shell.out(BACKUP_USAGE);
  if (positionals.length > 1) throw new UsageFault(`One folder at a time; "${positionals.slice(1).join(' ')}" is too much.`);
  const folder = positionals[0] ?? `backups/${new Date(shell.clock.nowMs()).toISOString().replace(/\.\d+/, '').replaceAll(':', '-')}`;
  const line = progressLine(shell);
  const backup = await makeBackup({ ...shell, folder, progress: line.show });
  line.end();
  shell.out(savedText(backup, shell.config));
}

function savedText({ folder, manifest, fromRunning, bytes }: Backup, { dataDir, sessionSecret }: Config): string {
  const kept = manifest.files.some(({ path }) => path === 'session-secret');
  const secret =
    kept && sessionSecret === null
      ? 'It holds secrets: accounts, addresses, and the key that sign-ins and cards are sealed with. Keep it where only you can read it.'
      : 'It holds accounts and addresses: keep it where only you can read it. SESSION_SECRET is not in it: keep that too, elsewhere.';
  return `Saved ${dataDir}${fromRunning ? ' of the running mall' : ''} as it was at ${manifest.takenAt}: ${manifest.files.length} files, ${megabytes(bytes)} MB, in\n  ${folder}\n${secret}\n`;
}

async function restore(argv: readonly string[], shell: BackupShell): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv], allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, replace: { type: 'boolean' }, 'other-secret': { type: 'boolean' } },
  });
  if (values.help) return shell.out(RESTORE_USAGE);
  const [folder, ...more] = positionals;
  if (!folder) throw new UsageFault('Name the backup to restore.');
  if (more.length > 0) throw new UsageFault(`One backup at a time; "${more.join(' ')}" is too much.`);
  const line = progressLine(shell);
  const { manifest, aside } = await restoreBackup({
    ...shell, folder, replace: values.replace ?? false, otherSecret: values['other-secret'] ?? false,
    progress: (done, all) => line.show('files checked and copied', done, all),
  });
  line.end();
  const set = aside ? `What was there is in ${aside}; remove it once all is well.\n` : '';
  shell.out(`${shell.config.dataDir} is the mall as it was at ${manifest.takenAt}. Sign-ins revoked since are valid again.\n${set}Start it as usual.\n`);
}

/** One line on a terminal; elsewhere one a tenth, for logs. */
function progressLine({ err, isTerminal }: BackupShell): { show(doing: string, done: number, all: number): void; end(): void } {
  let last = '';
  let isOpen = false;
  return {
    show(doing, done, all) {
      const percent = all === 0 ? 100 : Math.floor((done * 100) / all);
      const text = `${doing}: ${isTerminal ? percent : percent - (percent % 10)} %`;
      if (text === last) return;
      last = text;
      err(isTerminal ? `\r${text}\u001b[K` : `${text}\n`);
      isOpen = isTerminal;
    },
    end() {
      if (isOpen) err('\n');
    },
  };
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
