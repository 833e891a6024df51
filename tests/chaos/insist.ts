/** Calls that are made again, with the same key, until they are answered; each attempt is in the history. */
import { pause } from '../crash/doomed-mall.ts';
import { NoAnswer, type Answer } from './door.ts';
import type { Entry, History, Operation } from './history.ts';

/** From one attempt to the next: doubled each time, and spread, so that shoppers do not come all at once. */
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** A shopper who has got no answer for so long goes home; the checker does not forgive it. */
const PATIENCE_MS = 120_000;

/** What a shop may say while a part of it is gone. */
export const FORESEEN: ReadonlySet<string> = new Set(['UNAVAILABLE', 'LIMITED', 'REFUSED', 'CUT_OFF', 'TIMED_OUT']);

export interface Call {
  history: History;
  who: string;
  op: Operation;
  key: string;
  /** What the history says of the call itself. */
  said?: Pick<Entry, 'scope' | 'token' | 'amountMinor'>;
  attempt(): Promise<Answer>;
  /** What the history says of an answer. */
  read(value: any): Pick<Entry, 'order' | 'code'> & { kind: 'ok' | 'fail' };
  random: () => number;
}

/** The answer's value; null when patience has come to its end. */
export async function insist({ history, who, op, key, said, attempt, read, random }: Call): Promise<any> {
  const begunMs = performance.now();
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const startMs = performance.now();
    const since = () => Math.round(performance.now() - startMs);
    history.add({ who, op, key, kind: 'invoke', ...said });
    try {
      const { value, missing } = await attempt();
      history.add({ who, op, key, ms: since(), ...read(value), ...(missing.length > 0 && { missing }) });
      return value;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      history.add({ who, op, key, kind: 'info', ms: since(), code: error.code, ...(!FORESEEN.has(error.code) && { why: error.message }) });
    }
    if (performance.now() - begunMs > PATIENCE_MS) return null;
    await pause(pauseMs * (0.5 + random()));
  }
}
