/** `npm run backup` and `npm run restore`, told apart by the first word. */
import { readFileSync } from 'node:fs';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { ConfigError, readConfig } from '../config.ts';
import { runBackup } from './run.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort(new Error(`told to stop by ${signal}`)));

const err = (text: string) => void process.stderr.write(text);
try {
  process.exitCode = await runBackup(process.argv.slice(2), {
    config: readConfig([]),
    clock: systemClock,
    ids: systemIds,
    version,
    signal: ending.signal,
    out: (text) => void process.stdout.write(text),
    err,
    isTerminal: process.stderr.isTTY === true,
  });
} catch (error) {
  err(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
