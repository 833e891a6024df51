/**
 * What both adapters keep: instances by module, and which of them are well. Health is looked at from here, where the calls
 * start, and not taken on trust: a process that hangs or is cut off is left out within two seconds (`SILENCES` looks in a
 * row without an answer), one that refuses connections or says that it is not ready at once. A look for which this process
 * itself had no time says nothing: a busy router must not take its rooms for dead.
 */
import { request } from 'undici';
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createTeller } from '#platform/telemetry/teller.ts';
import { createClocks, inWords } from './clocks.ts';
import type { Instance, Registration, Watching } from './discovery.ts';

export const PROBE_EVERY_MS = 600;
export const PROBE_WITHIN_MS = 500;
export const SILENCES = 2;
/** Our own timer came so much too late: we were busy. */
const OWN_DELAY_MS = 100;

/** What a look finds: ready, not ready (or nobody there), or no answer in time; and what time it is there. */
interface Look {
  found: 'well' | 'unwell' | 'silent';
  date: string | null;
}

export interface RosterOptions {
  clock: Clock;
  log: Logger;
}

export interface Roster {
  /** All instances of a module there are, well or not. */
  set(module: string, instances: readonly Registration[]): void;
  watch(module: string): Watching;
  /** Of clocks that are apart, a line for each module. */
  ailments(): string[];
  close(): void;
}

/** One address with its health path, which several modules may share. */
interface Place {
  url: string;
  well: boolean;
  /** Counts refusals, so that a look that began before one does not undo it. */
  refusals: number;
  /** Looks in a row without an answer. */
  silences: number;
  looking: boolean;
}

interface Module {
  registrations: readonly Registration[];
  current: readonly Instance[];
  listeners: Set<() => void>;
}

export function createRoster({ clock, log }: RosterOptions): Roster {
  const clocks = createClocks(clock, createTeller('clocks', { clock, log }));
  const modules = new Map<string, Module>();
  const places = new Map<string, Place>();
  const closed = new AbortController();
  const cancel = clock.every(PROBE_EVERY_MS, () => places.forEach((place) => void look(place)));

  function moduleOf(name: string): Module {
    let module = modules.get(name);
    if (!module) modules.set(name, (module = { registrations: [], current: [], listeners: new Set() }));
    return module;
  }

  const urlOf = ({ address, healthPath }: Registration) => address + healthPath;

  /** Tells those whose choice has changed. */
  function refresh(): void {
    for (const module of modules.values()) {
      const current = module.registrations.filter((each) => places.get(urlOf(each))?.well);
      const same = current.length === module.current.length && current.every(({ id }) => module.current.some((each) => each.id === id));
      module.current = current;
      if (!same) for (const listener of [...module.listeners]) listener();
    }
  }

  async function look(place: Place): Promise<void> {
    if (place.looking || closed.signal.aborted) return;
    place.looking = true;
    const { refusals } = place;
    const stop = new AbortController();
    const abort = () => stop.abort();
    closed.signal.addEventListener('abort', abort, { once: true });
    const begunMs = clock.nowMs();
    const cancelTimer = clock.after(PROBE_WITHIN_MS, abort);
    const { found, date } = await lookByHttp(place.url, stop.signal);
    cancelTimer();
    closed.signal.removeEventListener('abort', abort);
    place.looking = false;
    if (closed.signal.aborted || !places.has(place.url)) return;
    clocks.seen(place.url, date, begunMs);
    if (found === 'well' && refusals !== place.refusals) return;
    if (found === 'silent' && clock.nowMs() - begunMs > PROBE_WITHIN_MS + OWN_DELAY_MS) return;
    place.silences = found === 'silent' ? place.silences + 1 : 0;
    if (found === 'silent' && place.silences < SILENCES) return;
    place.well = found === 'well';
    refresh();
  }

  return {
    set(name, registrations) {
      moduleOf(name).registrations = [...registrations];
      const wanted = new Set([...modules.values()].flatMap((each) => each.registrations.map(urlOf)));
      for (const url of places.keys()) if (!wanted.has(url) && places.delete(url)) clocks.forget(url);
      for (const url of wanted) {
        if (places.has(url)) continue;
        const place: Place = { url, well: false, refusals: 0, silences: 0, looking: false };
        places.set(url, place);
        void look(place);
      }
      refresh();
    },
    watch(name) {
      const module = moduleOf(name);
      return {
        current: () => module.current,
        changed(listener) {
          module.listeners.add(listener);
          return () => void module.listeners.delete(listener);
        },
        refused(instance) {
          const registration = module.registrations.find(({ id }) => id === instance.id);
          const place = registration && places.get(urlOf(registration));
          if (!place) return;
          place.refusals += 1;
          place.well = false;
          refresh();
        },
      };
    },
    ailments() {
      const apart = clocks.apart();
      return [...modules].flatMap(([name, { registrations }]) =>
        [...new Set(registrations.map(urlOf).filter((url) => apart.has(url)))].map((url) => `clocks: that of a process of ${name} is ${inWords(apart.get(url)!)} this one's; set the clocks of the machines (NTP), or their requests are refused`),
      );
    },
    close() {
      cancel();
      closed.abort();
      for (const module of modules.values()) module.listeners.clear();
    },
  };
}

async function lookByHttp(url: string, signal: AbortSignal): Promise<Look> {
  try {
    // Not `fetch`, which costs twice as much and loads what nothing else here needs.
    const { statusCode, headers, body } = await request(url, { signal });
    await body.dump();
    return { found: statusCode >= 200 && statusCode < 300 ? 'well' : 'unwell', date: headers.date === undefined ? null : String(headers.date) };
  } catch {
    // Whatever else keeps an answer from coming: nobody is there.
    return { found: signal.aborted ? 'silent' : 'unwell', date: null };
  }
}
