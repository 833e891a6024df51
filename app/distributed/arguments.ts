/** What stands behind `npm run distributed --`. */
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { placesFor } from './roles.ts';

export interface DistributedArguments {
  command: 'start' | 'rolling';
  replicas: Record<string, number>;
  basePort: number | undefined;
}

const USAGE = `npm run distributed [-- --replicas orders=2,products=2] [--base-port 8100]   the whole mall as processes
npm run distributed -- rolling                                              replaces them one after the other, while it sells`;

/** The last base port leaves room for all processes. */
const MAX_BASE_PORT = 65_000;

/** @throws ConfigError with a line for every fault. */
export function readArguments(argv: readonly string[]): DistributedArguments {
  const { values, positionals } = parse(argv);
  const [command = 'start', ...more] = positionals;
  const faults: string[] = [];
  if ((command !== 'start' && command !== 'rolling') || more.length > 0) faults.push(`${positionals.join(' ')}: no such command\n${USAGE}`);
  const replicas: Record<string, number> = {};
  for (const part of (values.replicas ?? '').split(',').filter(Boolean)) {
    const [, name, count] = /^\s*([a-z]+)=(\d{1,4})\s*$/.exec(part) ?? [];
    if (name) replicas[name] = Number(count);
    else faults.push(`--replicas: "${part}" is not NAME=NUMBER, e.g. orders=2`);
  }
  try {
    placesFor(replicas);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.push(`--replicas: ${error.message}`);
  }
  const base = values['base-port'];
  if (base !== undefined && !(/^\d{1,5}$/.test(base) && Number(base) >= 1_024 && Number(base) <= MAX_BASE_PORT)) faults.push(`--base-port: "${base}" is no port from 1024 to ${MAX_BASE_PORT}`);
  if (faults.length > 0) throw new ConfigError(faults);
  return { command: command as DistributedArguments['command'], replicas, basePort: base === undefined ? undefined : Number(base) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: { replicas: { type: 'string' }, 'base-port': { type: 'string' } } });
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new ConfigError([`${(error as Error).message}\n${USAGE}`]);
  }
}
