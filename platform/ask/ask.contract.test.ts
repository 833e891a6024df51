/** What every adapter of the ask port promises, one body over all of them. */
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { systemClock } from '#platform/clock/system.ts';
import { createFleet } from '#platform/discovery/fleet.ts';
import { createDiscoveryTable } from '#platform/discovery/table.ts';
import { Fault } from '#platform/errors.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createRoomServer } from '#platform/subgraph/serve.ts';
import { createSigner } from '#platform/subgraph/signed-context.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { ASK_TIMEOUT_MS, type AskAnswer, type Asker, type AskContract } from './ask.ts';
import { createEmbeddedAsks } from './embedded.ts';
import { createHttpAsks } from './http.ts';

const lengthOf: AskContract<{ words: string[] }, number[]> = { name: 'words.lengthOf', input: z.object({ words: z.array(z.string()).max(3) }), output: z.array(z.int()) };

const adapters: { name: string; open(answers: AskAnswer[], clock: ShiftedClock): Promise<Asker> }[] = [
  {
    name: 'embedded',
    async open(answers, clock) {
      const asks = createEmbeddedAsks({ clock });
      asks.answer(answers);
      return asks;
    },
  },
  { name: 'http', open: askOverHttp },
];

const SECRET = Buffer.from('the secret of all processes of this mall');
const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The room behind a server of its own, the asker without any room. */
async function askOverHttp(answers: AskAnswer[], clock: ShiftedClock): Promise<Asker> {
  const there = createEmbeddedAsks({ clock });
  there.answer(answers);
  const room = createRoomServer({
    rooms: new Map(), asks: there, signer: createSigner(SECRET, clock), clock, log: createLogger('silent'), metrics: new Registry(), ready: async () => true, publicUrl: 'http://mall.example',
  });
  const server = createServer(room.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const discovery = createDiscoveryTable({ clock: systemClock, log: createLogger('silent'), addresses: { words: [`http://127.0.0.1:${(server.address() as { port: number }).port}`] } });
  const fleet = createFleet({ discovery, ids: systemIds });
  closing.push(async () => {
    await discovery.close();
    await fleet.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await new Promise<void>((resolve) => fleet.watch('words').changed(resolve));
  return createHttpAsks({ local: createEmbeddedAsks({ clock }), here: new Set(), fleet, signer: createSigner(SECRET, clock), clock, ids: systemIds });
}

describe.each(adapters)('ask: $name', ({ open }) => {
  const asking = (handle: AskAnswer['handle'], clock = createShiftedClock()) => open([{ contract: lengthOf, handle }], clock);
  const codeOf = (work: Promise<unknown>) => work.then(() => 'no fault', (error) => (error as Fault).code);

  test('the room that knows answers', async () => {
    const asker = await asking(async ({ words }) => words.map((word: string) => word.length));
    expect(await asker.ask(lengthOf, { words: ['a', 'bcd'] })).toEqual([1, 3]);
  });

  test('a wrong question and a wrong answer are faults of ours', async () => {
    expect(await codeOf((await asking(async () => [])).ask(lengthOf, { words: ['a', 'b', 'c', 'd'] }))).toBe('INTERNAL');
    expect(await codeOf((await asking(async () => ['three'])).ask(lengthOf, { words: ['abc'] }))).toBe('INTERNAL');
  });

  test('nobody there, or nobody answering in time, is UNAVAILABLE', async () => {
    expect(await codeOf((await open([], createShiftedClock())).ask(lengthOf, { words: [] }))).toBe('UNAVAILABLE');
    const clock = createShiftedClock();
    const asked = codeOf((await asking(() => new Promise(() => {}), clock)).ask(lengthOf, { words: [] }));
    await clock.advance(ASK_TIMEOUT_MS);
    expect(await asked).toBe('UNAVAILABLE');
  });

  test('a fault of the room that answers comes through', async () => {
    expect(await codeOf((await asking(async () => Promise.reject(new Fault('NOT_FOUND')))).ask(lengthOf, { words: [] }))).toBe('NOT_FOUND');
    const limited = (await asking(async () => Promise.reject(new Fault('LIMITED', 'Slower.', { retryAfterMs: 500, fields: { words: 'too many' } })))).ask(lengthOf, { words: [] });
    await expect(limited).rejects.toMatchObject({ code: 'LIMITED', message: 'Slower.', retryAfterMs: 500, fields: { words: 'too many' } });
  });
});
