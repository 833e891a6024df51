/** The embedded asker: a direct call to the room in this process, checked and bounded in time all the same. */
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import { ASK_TIMEOUT_MS, type AskAnswer, type AskContract, type Asker } from './ask.ts';

/** Outputs are checked the first so many times, then once in `CHECK_EVERY`: in one process the compiler has seen both ends. */
const CHECK_FIRST = 100;
const CHECK_EVERY = 100;

export interface AskRegistry extends Asker {
  /** Makes the answers of a room known. */
  answer(answers: readonly AskAnswer[]): void;
  /** What is answered here by this name. */
  find(name: string): AskContract<unknown, unknown> | undefined;
}

export interface AskOptions {
  clock: Clock;
  /** Tests: checks every output. */
  checkAlways?: boolean;
}

export function createEmbeddedAsks({ clock, checkAlways = false }: AskOptions): AskRegistry {
  const known = new Map<string, { answer: AskAnswer; calls: number }>();

  return {
    answer(answers) {
      for (const answer of answers) {
        if (known.has(answer.contract.name)) throw new Error(`two rooms answer ${answer.contract.name}`);
        known.set(answer.contract.name, { answer, calls: 0 });
      }
    },

    find: (name) => known.get(name)?.answer.contract,

    async ask(contract, input) {
      const entry = known.get(contract.name);
      if (!entry) throw new Fault('UNAVAILABLE', `Nobody answers ${contract.name} now.`);
      const parsed = contract.input.safeParse(input);
      if (!parsed.success) throw new Fault('INTERNAL', `${contract.name} was asked wrongly.`, { cause: parsed.error });
      const output = await inTime(entry.answer.handle(parsed.data), contract.name, clock);
      const count = entry.calls++;
      if (!checkAlways && count >= CHECK_FIRST && count % CHECK_EVERY !== 0) return output;
      const checked = contract.output.safeParse(output);
      if (!checked.success) throw new Fault('INTERNAL', `${contract.name} was answered wrongly.`, { cause: checked.error });
      return checked.data;
    },
  };
}

function inTime<T>(work: Promise<T>, name: string, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ASK_TIMEOUT_MS, () => reject(new Fault('UNAVAILABLE', `${name} was not answered within ${ASK_TIMEOUT_MS} ms.`)));
    work.then(resolve, reject).finally(stop);
  });
}
