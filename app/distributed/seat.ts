/** A place in the mall that always has its process: one that dies is started again, one that is to go is replaced first. */
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import { sayEnd, startLife, type Life } from './life.ts';
import type { Place } from './roles.ts';
import type { Trouble } from './trouble.ts';

/** The first new start comes at once, those after it with growing pauses, until it has run for a while. */
export const FIRST_PAUSE_MS = 500;
export const LONGEST_PAUSE_MS = 15_000;
const STEADY_AFTER_MS = 10_000;
/** One that was never ready is not tried for ever: something has to be mended. */
export const FIRST_ATTEMPTS = 5;
/** How long a successor may take until it serves. */
export const SUCCEED_WITHIN_MS = 90_000;

export type State = 'starting' | 'ready' | 'degraded' | 'restarting' | 'stopped';

export interface SeatOptions {
  place: Place;
  trouble: Trouble;
  clock: Clock;
  /** What its process is given, for a port that it should take: 0 for any. A successor may be of a newer version, which migrates. */
  environment(port: number, successor: boolean): Promise<Record<string, string | undefined>>;
  /** A process listens to what it is told. */
  greeted(life: Life): void;
  /** Before a process counts as serving. */
  opened(life: Life): Promise<void>;
  /** Resolves when all others have found what serves now, so that somebody may go. */
  known(): Promise<void>;
  changed(): void;
}

export interface Seat {
  readonly place: Place;
  readonly state: State;
  /** The process that holds it now; null between two. */
  readonly life: Life | null;
  readonly restarts: number;
  /** All its processes: also one that is on its way in or out. */
  lives(): Life[];
  start(): void;
  /** Resolves when it serves. @throws Fault UNAVAILABLE when its first process could not be started. */
  ready(): Promise<void>;
  /** Resolves when its first process serves, or has ended. */
  settled(): Promise<void>;
  /** A successor is started, and the process told to go once it serves. @throws Fault UNAVAILABLE when that fails: then the old one serves on. */
  replace(): Promise<void>;
  stop(): Promise<void>;
}

/** For a rejection that its own caller hears of too. */
const toldElsewhere = (): void => undefined;

export function openSeat({ place, trouble, clock, environment, greeted, opened, known, changed }: SeatOptions): Seat {
  const { name, targets } = place;
  const lives = new Set<Life>();
  let life: Life | null = null;
  let port = 0;
  let restarts = 0;
  let everReady = false;
  let stopping = false;
  let replacing: Promise<void> | null = null;
  const stopped = new AbortController();
  const firstEnd = Promise.withResolvers<void>();
  const firstReady = Promise.withResolvers<void>();
  firstReady.promise.catch(toldElsewhere);

  async function begin(atPort: number, successor = false): Promise<Life> {
    const one: Life = startLife({ name, targets, trouble, clock, changed, greeted: () => greeted(one), environment: await environment(atPort, successor) });
    lives.add(one);
    void one.ended.then(() => lives.delete(one));
    if (stopping) await one.stop('stop');
    return one;
  }

  async function serves(one: Life): Promise<void> {
    await one.serves;
    await opened(one);
    port = one.port ?? 0;
    everReady = true;
    firstReady.resolve();
    changed();
  }

  /** Whoever sits here is followed to the end, then the next one begins. */
  async function keep(): Promise<void> {
    let failures = 0;
    while (!stopping) {
      life = await begin(port);
      changed();
      serves(life).catch((error: unknown) => error instanceof Fault || firstReady.reject(error));
      const last = await follow(life);
      firstEnd.resolve();
      life = null;
      if (stopping) break;
      // Somebody else may have taken the port by now.
      if (last.servesSinceMs === null) port = 0;
      failures = last.servesSinceMs !== null && clock.nowMs() - last.servesSinceMs > STEADY_AFTER_MS ? 0 : failures + 1;
      if (!everReady && failures >= FIRST_ATTEMPTS) {
        firstReady.reject(new Fault('UNAVAILABLE', `${name} could not be started, ${failures} times; the last one ended ${sayEnd(await last.ended)}: ${trouble.last() ?? 'it said nothing'}`));
        break;
      }
      restarts += 1;
      changed();
      if (failures > 1) await clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 2), LONGEST_PAUSE_MS), stopped.signal).catch(toldElsewhere);
    }
    changed();
  }

  /** Resolves when nobody sits here any more: a process that went may have a successor by then. */
  async function follow(first: Life): Promise<Life> {
    let one = first;
    for (;;) {
      await one.ended;
      await replacing?.catch(toldElsewhere);
      if (!life || life === one) return one;
      one = life;
    }
  }

  async function replace(): Promise<void> {
    const old = life;
    if (!old || stopping) return;
    const successor = await begin(0, true);
    const late = new Fault('UNAVAILABLE', `${name}: the new process was not ready within ${SUCCEED_WITHIN_MS / 1_000} s: ${trouble.last() ?? 'it said nothing'}`);
    const cancel = clock.after(SUCCEED_WITHIN_MS, () => successor.kill('SIGKILL'));
    try {
      await serves(successor);
    } catch (error) {
      throw error instanceof Fault ? late : error;
    } finally {
      cancel();
    }
    life = successor;
    changed();
    await known();
    await old.stop('serve');
  }

  return {
    place,
    get life() { return life; },
    get restarts() { return restarts; },
    get state() {
      if (!life) return stopping || (!everReady && restarts === 0) ? 'stopped' : 'restarting';
      if (life.servesSinceMs === null || life.health === 'unknown') return restarts > 0 ? 'restarting' : 'starting';
      return life.health === 'well' && life.degraded.length === 0 ? 'ready' : 'degraded';
    },
    lives: () => [...lives],
    start: () => void keep(),
    async ready() {
      await firstReady.promise;
    },
    settled: () => Promise.race([firstReady.promise.catch(toldElsewhere), firstEnd.promise]),
    replace: () => (replacing ??= replace().finally(() => void (replacing = null))),
    async stop() {
      stopping = true;
      stopped.abort();
      firstReady.reject(new Fault('UNAVAILABLE', `${name} was stopped before it was ready.`));
      await Promise.all([...lives].map((one) => one.stop('stop')));
      changed();
    },
  };
}
