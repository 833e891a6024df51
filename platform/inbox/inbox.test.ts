/** Commands and their replies, as another room sees them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { MAX_ATTEMPTS } from '#platform/bus/backoff.ts';
import type { Commands, Reply } from '#platform/inbox/inbox.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { openMall, type Mall } from '#platform/subgraph/testing.ts';
import type { ReplyEnvelope } from './commands.ts';

let mall: Mall;
let commands: Commands;
let handled: string[];
let answer: (key: string) => Reply | null;

const shed: RoomDefinition = {
  name: 'shed', schema: new URL('../subgraph/fixtures/probe.graphql', import.meta.url), entities: [], migrations: [],
  build(deps) {
    commands = deps.commands;
    const handler = (type: string) => ({
      type,
      input: z.object({ nails: z.int().min(1) }),
      async handle(_: unknown, { nails }: { nails: number }, { key }: { key: string }) {
        handled.push(`${type} ${key} ${nails}`);
        return answer(key);
      },
    });
    return { resolvers: {}, commands: [handler('take-nails'), handler('return-nails')] };
  },
};

beforeEach(async () => {
  handled = [];
  answer = () => ({ outcome: 'done' });
  mall = await openMall({ rooms: [shed] });
});
afterEach(() => mall.close());

const tell = (type: string, data: unknown) => mall.tell({ topic: 'gomall.shed.commands', type, version: 1, subject: 'job-1', data });
const replies = () => mall.told('shed').filter(({ topic }) => topic === 'gomall.shed.replies').map(({ message }) => message.data as ReplyEnvelope);

test('a command is obeyed once a key, and a repeat is answered the same', async () => {
  answer = () => ({ outcome: 'done', data: { box: 7 } });
  for (let repeat = 0; repeat < 3; repeat++) await tell('take-nails', { key: 'job-1/take', input: { nails: 3 } });
  await mall.settle();
  expect(handled).toEqual(['take-nails job-1/take 3']);
  expect(replies()).toEqual(Array(3).fill({ key: 'job-1/take', reply: { outcome: 'done', data: { box: 7 } } }));
  const [reply] = mall.told('shed').filter(({ topic }) => topic.endsWith('replies'));
  expect(reply!.message).toMatchObject({ type: 'take-nails.reply', subject: 'job-1', source: '/shed' });
});

test('a refusal is final: the repeat is refused without asking again', async () => {
  answer = () => ({ outcome: 'refused', code: 'NO_NAILS', message: 'none left' });
  await tell('take-nails', { key: 'k', input: { nails: 3 } });
  await mall.settle();
  answer = () => ({ outcome: 'done' });
  await tell('take-nails', { key: 'k', input: { nails: 3 } });
  await mall.settle();
  expect(replies().map(({ reply }) => reply.outcome)).toEqual(['refused', 'refused']);
});

test('a handler that throws leaves no trace and is tried again', async () => {
  let times = 0;
  answer = () => {
    if (++times < 3) throw new Error('the ladder slips');
    return { outcome: 'done' };
  };
  await tell('take-nails', { key: 'k', input: { nails: 3 } });
  await mall.settle();
  expect(times).toBe(3);
  expect(replies()).toHaveLength(1);
});

describe('undo', () => {
  test('an undo before its ask leaves a tombstone: nothing is undone, and the ask is refused with UNDONE', async () => {
    await tell('return-nails', { key: 'k/undo', undoes: 'k', input: { nails: 3 } });
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(handled).toEqual([]);
    expect(replies()).toMatchObject([{ key: 'k/undo', reply: { outcome: 'done' } }, { key: 'k', reply: { outcome: 'refused', code: 'UNDONE' } }]);
  });

  test('an undo after its ask is obeyed, once, and a later repeat of the ask is refused', async () => {
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    for (let repeat = 0; repeat < 2; repeat++) await tell('return-nails', { key: 'k/undo', undoes: 'k', input: { nails: 3 } });
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(handled).toEqual(['take-nails k 3', 'return-nails k/undo 3']);
    expect(replies().at(-1)).toMatchObject({ key: 'k', reply: { outcome: 'refused', code: 'UNDONE' } });
  });

  test('an undo of what was refused has nothing to do', async () => {
    answer = () => ({ outcome: 'refused', code: 'NO_NAILS', message: 'none left' });
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await tell('return-nails', { key: 'k/undo', undoes: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(handled).toEqual(['take-nails k 3']);
    expect(replies().at(-1)).toMatchObject({ key: 'k/undo', reply: { outcome: 'done' } });
  });

  test('an undo of what is still being thought about is obeyed, so that the room can stop thinking', async () => {
    answer = (key) => (key === 'k' ? null : { outcome: 'done' });
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await tell('return-nails', { key: 'k/undo', undoes: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(handled).toEqual(['take-nails k 3', 'return-nails k/undo 3']);
  });
});

describe('answers that come later', () => {
  test('the room answers itself, and a repeat gets that answer', async () => {
    answer = () => null;
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(replies()).toEqual([]);
    await mall.database('shed').transaction((tx) => commands.reply(tx, { key: 'k', subject: 'job-1' }, { outcome: 'done' }));
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(handled).toHaveLength(1);
    expect(replies().map(({ reply }) => reply.outcome)).toEqual(['done', 'done']);
  });

  test('first waiting, then the final word; the repeat gets the latest', async () => {
    answer = () => ({ outcome: 'waiting', untilMs: 5 });
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await mall.settle();
    await mall.database('shed').transaction((tx) => commands.reply(tx, { key: 'k', subject: 'job-1' }, { outcome: 'refused', code: 'NO_NAILS', message: 'none' }));
    await tell('take-nails', { key: 'k', input: { nails: 3 } });
    await mall.settle();
    expect(replies().map(({ reply }) => reply.outcome)).toEqual(['waiting', 'refused', 'refused']);
  });

  test('an answer to what was never asked is a fault of the room, and rolls back', async () => {
    const wrong = mall.database('shed').transaction((tx) => commands.reply(tx, { key: 'never', subject: 'job-1' }, { outcome: 'done' }));
    await expect(wrong).rejects.toThrow('never');
  });
});

describe('dead letters at once', () => {
  test.each([
    ['input that its contract does not allow', 'take-nails', { key: 'k', input: { nails: 0 } }, /nails/],
    ['no key', 'take-nails', { input: { nails: 1 } }, /key/],
  ])('%s', async (_, type, data, cause) => {
    await tell(type, data);
    await mall.settle();
    const [letter, ...more] = await mall.deadLetters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ attempts: 1, room: 'shed' });
    expect(letter!.error).toMatch(cause);
    expect(handled).toEqual([]);
  });
});

test('a command that nobody knows yet is tried again for as long as a rolling restart takes, and is a dead letter then', async () => {
  await tell('burn-nails', { key: 'k', input: {} });
  await mall.settle();
  expect(await mall.deadLetters()).toMatchObject([{ attempts: MAX_ATTEMPTS, room: 'shed', error: expect.stringContaining('knows no command burn-nails') }]);
});
