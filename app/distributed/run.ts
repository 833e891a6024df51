import { systemClock } from '#platform/clock/system.ts';
import { Fault } from '#platform/errors.ts';
import { systemIds } from '#platform/ids/system.ts';
import { ConfigError, inheritedEnvironment, readConfig } from '../config.ts';
import { DataDirHeld, holdDataDir } from '../data-dir.ts';
import { readArguments, type DistributedArguments } from './arguments.ts';
import { openFleet } from './fleet.ts';
import { askForRolling, readNote, removeNote, writeNote } from './rolling.ts';
import { openLines, openTable } from './screen.ts';
import { languageOf, TEXTS } from './texts.ts';

const LOOK_EVERY_MS = 1_000;

/** Says what is wrong and sets the exit code; never rejects. */
export async function runDistributed(argv: readonly string[]): Promise<void> {
  // Timers of the clock keep no process alive, and there may be a moment without children.
  const untilDone = setInterval(() => undefined, 60_000);
  try {
    const given = readArguments(argv);
    process.exitCode = given.command === 'rolling' ? await askRunning() : await run(given);
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof DataDirHeld || error instanceof Fault;
    process.stderr.write(`\n${expected ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  } finally {
    clearInterval(untilDone);
  }
}

async function askRunning(): Promise<number> {
  const { dataDir } = readConfig([]);
  const texts = TEXTS[languageOf(inheritedEnvironment().LANG)];
  try {
    holdDataDir(dataDir, systemIds).release();
    throw new Fault('UNAVAILABLE', `Nothing runs on ${dataDir}: start it with npm run distributed, or set DATA_DIR to the folder of the one that runs.`);
  } catch (error) {
    if (!(error instanceof DataDirHeld)) throw error;
  }
  const begunMs = performance.now();
  const note = await askForRolling(dataDir, systemClock);
  if (!note) throw new Fault('UNAVAILABLE', `Nobody answers on ${dataDir}: what runs there was not started by npm run distributed.`);
  if (note.state === 'failed') throw new Fault('UNAVAILABLE', `${texts.rollingFailed}: ${note.problem ?? ''}`);
  process.stdout.write(`${texts.rolled(seconds(begunMs))}\n`);
  return 0;
}

/** Resolves with the exit code once all processes have ended. */
async function run({ replicas, basePort }: DistributedArguments): Promise<number> {
  const config = readConfig([]);
  const environment = inheritedEnvironment();
  const texts = TEXTS[languageOf(environment.LANG)];
  const ended = Promise.withResolvers<number>();
  let closing = false;
  let news: string | null = null;
  let show = () => {};
  const fleet = await openFleet({
    engines: config.engines, dataDir: config.dataDir, replicas, port: config.port, sessionSecret: config.sessionSecret,
    ...(basePort !== undefined && { basePort }),
    environment: { ...environment, SEED: config.seed, PUBLIC_URL: config.port === 0 ? undefined : config.publicUrl },
    changed: () => show(),
  });
  removeNote(config.dataDir);

  const close = async (code: number) => {
    // A second time means now.
    if (closing) {
      for (const pid of fleet.pids()) process.kill(pid, 'SIGKILL');
      return ended.resolve(1);
    }
    closing = true;
    say(texts.closing);
    await fleet.close();
    removeNote(config.dataDir);
    ended.resolve(code);
  };
  const roll = async () => {
    if (closing) return;
    say(texts.rolling);
    writeNote(config.dataDir, { state: 'running' });
    const begunMs = performance.now();
    try {
      await fleet.rollingRestart();
      say(texts.rolled(seconds(begunMs)));
      writeNote(config.dataDir, { state: 'done' });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      say(`${texts.rollingFailed}: ${error.message}`);
      writeNote(config.dataDir, { state: 'failed', problem: error.message });
    }
  };
  const screen = process.stdout.isTTY ? openTable(fleet, { texts, news: () => news, roll: () => void roll(), quit: () => void close(0) }) : openLines(fleet, texts);
  function say(line: string): void {
    news = line;
    screen.say(line);
  }
  show = screen.changed;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void close(0));
  const endLooking = systemClock.every(LOOK_EVERY_MS, () => {
    screen.tick();
    if (!closing && readNote(config.dataDir)?.state === 'asked') void roll();
  });
  let problem: unknown;
  fleet.ready().then(
    () => say(texts.open(config.port === 0 ? fleet.origin : config.publicUrl, fleet.processes().length, seconds(0))),
    (error: unknown) => {
      if (closing) return;
      problem = error;
      void close(1);
    },
  );
  const code = await ended.promise;
  endLooking();
  screen.close();
  if (problem) throw problem;
  return code;
}

const seconds = (sinceMs: number): string => ((performance.now() - sinceMs) / 1_000).toFixed(1);
