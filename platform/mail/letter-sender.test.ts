import { expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createLetterSender, LETTER_ATTEMPTS, type LetterRow } from './letter-sender.ts';
import type { Letter } from './mail.ts';

interface Row extends LetterRow {
  dueMs: number | null;
  sentMs: number | null;
}

const letter = (id: string): Letter => ({ to: `${id}@example.com`, id, subject: 'News', text: 'Good ones.' });

/** Rows in memory, and a mail server that answers when it is let. */
function openOffice(ids: readonly string[], write: (id: string) => Letter | null = letter) {
  const rows = new Map<string, Row>(ids.map((id) => [id, { id, kind: 'news', attempts: 0, dueMs: 0, sentMs: null }]));
  const taken: string[] = [];
  let gate = Promise.resolve();
  const sender = createLetterSender<Row>({
    due: async (nowMs, limit) => [...rows.values()].filter(({ dueMs }) => dueMs !== null && dueMs <= nowMs).slice(0, limit).map((row) => ({ ...row })),
    async claim(row, nextTryMs) {
      const stored = rows.get(row.id)!;
      if (stored.dueMs !== row.dueMs) return false;
      Object.assign(stored, { dueMs: nextTryMs, attempts: row.attempts + 1 });
      return true;
    },
    written: async () => ({ id }) => write(id),
    settle: async (id, sentMs) => void Object.assign(rows.get(id)!, { dueMs: null, sentMs }),
  }, {
    clock: systemClock,
    log: createLogger('silent'),
    mail: {
      async send({ id }) {
        taken.push(id);
        await gate;
      },
      close: async () => {},
    },
  });
  return {
    sender, rows, taken,
    shut() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}

test('a run that is broken off sends the letter in hand; the next run, of the same process, sends the others', async () => {
  const { sender, rows, taken, shut } = openOffice(['one', 'two']);
  const open = shut();
  const over = new AbortController();
  const run = sender.send(over.signal);
  await expect.poll(() => taken).toEqual(['one']);
  over.abort();
  open();
  await run;
  expect(taken).toEqual(['one']);
  expect(rows.get('one')!.sentMs).not.toBeNull();
  await sender.send();
  expect(taken).toEqual(['one', 'two']);
});

test('after a stop nothing is sent any more', async () => {
  const { sender, taken } = openOffice(['one']);
  await sender.stop();
  await sender.send();
  expect(taken).toEqual([]);
});

test('a letter that cannot be written holds up no other, and is given up after its attempts', async () => {
  const { sender, rows, taken } = openOffice(['broken', 'whole'], (id) => {
    if (id === 'broken') throw new Error('no words for it');
    return letter(id);
  });
  await sender.send();
  expect(taken).toEqual(['whole']);
  Object.assign(rows.get('broken')!, { attempts: LETTER_ATTEMPTS - 1, dueMs: 0 });
  await sender.send();
  expect(rows.get('broken')).toMatchObject({ attempts: LETTER_ATTEMPTS, dueMs: null, sentMs: null });
});

test('a letter that nobody is to get is marked, and never sent', async () => {
  const { sender, rows, taken } = openOffice(['one'], () => null);
  await sender.send();
  expect(taken).toEqual([]);
  expect(rows.get('one')).toMatchObject({ dueMs: null, sentMs: null });
});
