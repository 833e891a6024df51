/** One process from its start to its end. */
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Others } from '../modules.ts';
import type { FromProcess, ToProcess } from './line.ts';
import type { Trouble } from './trouble.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];
/** How often health is looked at, and how long an answer may take. */
const LOOK_EVERY_MS = 1_000;
/** Until it is well for the first time. */
const FIRST_LOOKS_EVERY_MS = 100;
const LOOK_WITHIN_MS = 900;
/** Looks in a row without an answer until a process counts as degraded. */
const SILENCES = 3;
/** Once told to stop: longer than the longest request it lets end (app/mall.ts), and what comes after it. */
export const STOP_WITHIN_MS = 15_000;
export const HANDOVER_WITHIN_MS = 30_000;

/** `silent`: its port is open, and nobody answers. */
export type Health = 'unknown' | 'well' | 'unwell' | 'silent';

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LifeOptions {
  name: string;
  targets: string;
  environment: Record<string, string | undefined>;
  trouble: Trouble;
  clock: Clock;
  /** Told once it listens to what it is told. */
  greeted(): void;
  /** Told after every change of what can be seen. */
  changed(): void;
}

export interface Life {
  readonly pid: number;
  readonly startedMs: number;
  /** Since when it serves; null before. */
  readonly servesSinceMs: number | null;
  /** Where it serves, on this machine; null before it does, and once it has ended. */
  readonly port: number | null;
  readonly health: Health;
  /** What is worse than it should be, by its own account. */
  readonly degraded: readonly string[];
  /** By room, tables whose rows it may add and read only. */
  readonly appendOnly: Readonly<Record<string, readonly string[]>>;
  /** Resolves when it has been well for the first time. @throws Fault UNAVAILABLE when it ends before. */
  readonly serves: Promise<void>;
  readonly ended: Promise<End>;
  /** The newest version of addresses all of which it has found well. */
  readonly found: number;
  /** Whether it was told to stop: then its end is no accident. */
  readonly leaving: boolean;
  tell(message: ToProcess, socket?: Socket): void;
  kill(signal: NodeJS.Signals): void;
  /** Ends it gracefully, and with SIGKILL when it takes too long. */
  stop(others: Others): Promise<void>;
}

export function startLife({ name, targets, environment, trouble, clock, greeted, changed }: LifeOptions): Life {
  const log = trouble.openLog();
  // In a process group of its own: Ctrl-C is for the supervisor, who then stops everybody in order.
  const child = spawn(process.execPath, [...NODE_OPTIONS, MAIN, `--target=${targets}`, '--supervised'], {
    cwd: ROOT, env: environment, stdio: ['ignore', 'ignore', log, 'ipc'], detached: true,
  });
  closeSync(log);
  const served = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<End>();
  let alive = true;
  let servesSinceMs: number | null = null;
  let port: number | null = null;
  let health: Health = 'unknown';
  let degraded: string[] = [];
  let appendOnly: Record<string, string[]> = {};
  let leaving = false;
  let doomed = false;
  let found = 0;
  let silences = 0;
  let endLooking = () => {};
  const startedMs = clock.nowMs();

  function over(end: End): void {
    if (!alive) return;
    alive = false;
    endLooking();
    ended.resolve(end);
    served.reject(new Fault('UNAVAILABLE', `${name} ended (${sayEnd(end)}) before it was ready: ${trouble.last() ?? 'it said nothing'}`));
    changed();
  }

  async function look(): Promise<void> {
    const seen = await askHealth(port!, clock);
    silences = seen.health === 'silent' ? silences + 1 : 0;
    if (seen.health === 'silent' && silences < SILENCES) return;
    if (doomed || !alive) return;
    ({ health, degraded } = seen);
    if (health === 'well' && servesSinceMs === null) {
      servesSinceMs = clock.nowMs();
      lookEvery(LOOK_EVERY_MS);
      served.resolve();
    }
    changed();
  }

  function hear(message: FromProcess): void {
    if (message.kind === 'hello') return greeted();
    if (message.kind === 'found') return void (found = Math.max(found, message.version));
    ({ port, appendOnly } = message);
    changed();
    void look();
    lookEvery(FIRST_LOOKS_EVERY_MS);
  }

  function lookEvery(periodMs: number): void {
    let looking = false;
    endLooking();
    endLooking = clock.every(periodMs, () => {
      if (looking) return;
      looking = true;
      void look().finally(() => (looking = false));
    });
  }

  child.on('message', (message) => hear(message as FromProcess));
  child.on('exit', (code, signal) => over({ code, signal }));
  child.on('error', () => over({ code: null, signal: null }));
  // Who waits for it hears of a failure; nobody has to.
  served.promise.catch((): void => undefined);

  return {
    pid: child.pid ?? 0,
    startedMs,
    get servesSinceMs() { return servesSinceMs; },
    get port() { return alive ? port : null; },
    get health() { return health; },
    get degraded() { return degraded; },
    get appendOnly() { return appendOnly; },
    get found() { return found; },
    get leaving() { return leaving; },
    serves: served.promise,
    ended: ended.promise,
    tell(message, socket) {
      if (!child.connected) return void socket?.destroy();
      // A channel that breaks at this moment tells of it by the end of the process.
      child.send(message, socket, {}, (error) => error && socket?.destroy());
    },
    kill(signal) {
      child.kill(signal);
      if (signal === 'SIGSTOP' || signal === 'SIGCONT') return;
      // Whoever waits for it to be well from now on waits for its successor.
      endLooking();
      doomed = true;
      health = 'unknown';
      changed();
    },
    async stop(others) {
      leaving = true;
      if (!alive) return;
      this.tell({ kind: 'stop', others });
      const cancel = clock.after(others === 'serve' ? HANDOVER_WITHIN_MS : STOP_WITHIN_MS, () => child.kill('SIGKILL'));
      await ended.promise;
      cancel();
    },
  };
}

export const sayEnd = ({ code, signal }: End): string => (signal ? `by ${signal}` : code === null ? 'it could not be started' : `with code ${code}`);

async function askHealth(port: number, clock: Clock): Promise<{ health: Health; degraded: string[] }> {
  const stop = new AbortController();
  const cancel = clock.after(LOOK_WITHIN_MS, () => stop.abort());
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: stop.signal });
    const { degraded = [] } = (await answer.json()) as { degraded?: string[] };
    return { health: answer.ok ? 'well' : 'unwell', degraded };
  } catch {
    // Whatever keeps an answer from coming; a process that has ended is told of by its end.
    return { health: 'silent', degraded: [] };
  } finally {
    cancel();
  }
}
