/** What every adapter of the ask port promises, one body over all of them. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { Fault } from '#platform/errors.ts';
import { ASK_TIMEOUT_MS, type AskAnswer, type Asker, type AskContract } from './ask.ts';
import { createEmbeddedAsks } from './embedded.ts';

const lengthOf: AskContract<{ words: string[] }, number[]> = { name: 'words.lengthOf', input: z.object({ words: z.array(z.string()).max(3) }), output: z.array(z.int()) };

const adapters: { name: string; open(answers: AskAnswer[], clock: ShiftedClock): Asker }[] = [
  {
    name: 'embedded',
    open(answers, clock) {
      const asks = createEmbeddedAsks({ clock });
      asks.answer(answers);
      return asks;
    },
  },
];

describe.each(adapters)('ask: $name', ({ open }) => {
  const asking = (handle: AskAnswer['handle'], clock = createShiftedClock()) => open([{ contract: lengthOf, handle }], clock);
  const codeOf = (work: Promise<unknown>) => work.then(() => 'no fault', (error) => (error as Fault).code);

  test('the room that knows answers', async () => {
    const asker = asking(async ({ words }) => words.map((word: string) => word.length));
    expect(await asker.ask(lengthOf, { words: ['a', 'bcd'] })).toEqual([1, 3]);
  });

  test('a wrong question and a wrong answer are faults of ours', async () => {
    expect(await codeOf(asking(async () => []).ask(lengthOf, { words: ['a', 'b', 'c', 'd'] }))).toBe('INTERNAL');
    expect(await codeOf(asking(async () => ['three']).ask(lengthOf, { words: ['abc'] }))).toBe('INTERNAL');
  });

  test('nobody there, or nobody answering in time, is UNAVAILABLE', async () => {
    expect(await codeOf(open([], createShiftedClock()).ask(lengthOf, { words: [] }))).toBe('UNAVAILABLE');
    const clock = createShiftedClock();
    const asked = codeOf(asking(() => new Promise(() => {}), clock).ask(lengthOf, { words: [] }));
    await clock.advance(ASK_TIMEOUT_MS);
    expect(await asked).toBe('UNAVAILABLE');
  });

  test('a fault of the room that answers comes through', async () => {
    expect(await codeOf(asking(async () => Promise.reject(new Fault('NOT_FOUND'))).ask(lengthOf, { words: [] }))).toBe('NOT_FOUND');
  });
});
