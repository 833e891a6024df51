import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Message } from '#platform/bus/bus.ts';
import { systemClock } from '#platform/clock/system.ts';
import type { Database } from '#platform/database/database.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestDatabases, openTestDatabase } from '#platform/testing/databases.ts';
import { Relay } from './relay.ts';

let end = async () => {};
afterEach(() => end());

test('a message whose number is lower than what was read already does not come after its successor', async () => {
  const place = mkdtempSync(join(tmpdir(), 'gomall-relay-'));
  const database = await openTestDatabase({ room: 'mill', place, migrations: platformMigrations });
  const write = (seqs: number[], subject: string) =>
    database.transaction(async (tx) => {
      for (const seq of seqs) {
        const message = JSON.stringify({ id: `m${seq}`, subject });
        await tx.execute('insert into platform_outbox (seq, id, topic, subject, message) values (?, ?, ?, ?, ?)', [seq, `m${seq}`, 'gomall.mill.events', subject, message]);
      }
    });
  await write(Array.from({ length: 600 }, (_, index) => 100 + index), 'others');

  // While the backlog is being read, another process commits 5 and then, of the same subject, 900.
  let meanwhile = async () => {
    meanwhile = async () => {};
    await write([5], 'one');
    await write([900], 'one');
  };
  const watched: Database = {
    ...database,
    query: async (sql, parameters) => {
      const rows = await database.query(sql, parameters);
      await meanwhile();
      return rows as never;
    },
  };
  const seen: Message[] = [];
  const relay = new Relay({ database: watched, clock: systemClock, log: createLogger('silent'), accept: ({ message }) => void seen.push(message) });
  end = async () => {
    await relay.stop(false);
    await database.close();
    await dropTestDatabases(place);
    rmSync(place, { recursive: true, force: true });
  };
  relay.start();
  relay.committed({ topic: 'gomall.mill.events', message: { id: 'm900' } as Message });
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(602);
  expect(seen.filter(({ subject }) => subject === 'one').map(({ id }) => id)).toEqual(['m5', 'm900']);
});

test('on a bus that may be brought back empty, what was sent stays, marked, and goes out again when the mark is taken away', async () => {
  const place = mkdtempSync(join(tmpdir(), 'gomall-relay-'));
  const database = await openTestDatabase({ room: 'mill', place, migrations: platformMigrations });
  await database.transaction(async (tx) => {
    for (const id of ['a', 'b']) await tx.execute('insert into platform_outbox (id, topic, subject, message) values (?, ?, ?, ?)', [id, 'gomall.mill.events', 's', JSON.stringify({ id, subject: 's' })]);
  });
  const seen: string[] = [];
  const open = (): Relay => {
    const relay: Relay = new Relay({
      database, clock: systemClock, log: createLogger('silent'), keepSent: true,
      accept({ message }) {
        seen.push(message.id);
        relay.done(message.id);
      },
    });
    relay.start();
    return relay;
  };
  end = async () => {
    await database.close();
    await dropTestDatabases(place);
    rmSync(place, { recursive: true, force: true });
  };
  const unsent = async () => (await database.query('select id from platform_outbox where sent_at_ms is null')).length;
  const first = open();
  await expect.poll(unsent, { timeout: 10_000 }).toBe(0);
  await first.stop(true);
  expect((await database.query('select id from platform_outbox where sent_at_ms > 0 order by seq')).map(({ id }) => id)).toEqual(['a', 'b']);

  const second = open();
  await expect.poll(() => second.behind(), { timeout: 10_000 }).toBe(false);
  await second.stop(true);
  expect(seen).toEqual(['a', 'b']);

  await database.transaction((tx) => tx.execute('update platform_outbox set sent_at_ms = null'));
  const third = open();
  await expect.poll(unsent, { timeout: 10_000 }).toBe(0);
  await third.stop(true);
  expect(seen).toEqual(['a', 'b', 'a', 'b']);
});
