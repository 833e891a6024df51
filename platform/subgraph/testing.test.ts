/** The core as a whole: two small rooms, one that runs a saga and one that obeys. */
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { SagaDefinition } from '#platform/saga/saga.ts';
import type { RoomDefinition } from './room.ts';
import { openMall, type Mall } from './testing.ts';

const schema = new URL('./fixtures/probe.graphql', import.meta.url);
const counter = (room: string) => [{ name: `${room}-0001-count`, up: [`create table ${room}_count (name varchar(64) not null primary key, value integer not null)`] }];
const data = z.object({ name: z.string() });

async function add(tx: import('#platform/database/database.ts').Transaction, room: string, name: string, by: number): Promise<void> {
  await tx.insertIfAbsent(`${room}_count`, { name, value: 0 });
  await tx.execute(`update ${room}_count set value = value + ? where name = ?`, [by, name]);
}

/** Obeys `take`, `decide` and `finish`; what it answers to each is scripted. */
const obeying = (script: Partial<Record<string, () => Reply | null>> = {}): RoomDefinition => ({
  name: 'shed', schema, entities: [], migrations: counter('shed'),
  build: () => ({
    resolvers: { Query: { count: () => 0 } },
    commands: ['take', 'give-back', 'decide', 'finish'].map((type) => ({
      type,
      input: z.object({ orderId: z.string() }),
      async handle(tx, { orderId }) {
        const reply = script[type] ? script[type]!() : ({ outcome: 'done' } as const);
        if (reply?.outcome === 'done') await add(tx, 'shed', `${type}:${orderId}`, 1);
        return reply;
      },
    })),
  }),
});

const telling = (): RoomDefinition => ({
  name: 'desk', schema, entities: [], migrations: counter('desk'),
  build({ database, sagas }) {
    const ask = (command: string) => (state: { orderId: string }) => ({ room: 'shed', command, input: { orderId: state.orderId } });
    const saga: SagaDefinition<{ orderId: string }> = {
      name: 'order',
      steps: [
        { name: 'take', ask: ask('take'), undo: ask('give-back'), withinMs: 10_000 },
        { name: 'nothing', ask: () => null, withinMs: 10_000 },
        { name: 'decide', ask: ask('decide'), withinMs: 10_000, pivot: true },
        { name: 'finish', ask: ask('finish'), withinMs: 10_000 },
      ],
      async onChange(tx, id, _, change) {
        await add(tx, 'desk', `${id}:${change.kind}`, 1);
      },
    };
    return {
      resolvers: {
        Query: { count: async (_: unknown, { name }: { name: string }) => (await database.query<{ value: number }>('select value from desk_count where name = ?', [name]))[0]?.value ?? 0 },
        Mutation: {
          async begin(_: unknown, { id }: { id: string }) {
            await database.transaction((tx) => sagas.start(tx, saga, id, { orderId: id }));
            return { amountMinor: 1, currency: 'EUR' };
          },
        },
      },
      sagas: [saga],
      events: [{ topic: 'gomall.shed.events', type: 'thing.happened', data, handle: (tx, { name }) => add(tx, 'desk', name, 1) }],
    };
  },
});

let mall: Mall;
afterEach(() => mall.close());
const begin = (id: string) => mall.execute('desk', 'mutation ($id: ID!) { begin(id: $id) { amountMinor } }', { id });
const count = async (name: string) => (await mall.execute('desk', 'query ($name: String!) { count(name: $name) }', { name })).data.count as number;
const state = async (id: string) => (await mall.room('desk').sagas.view([id])).get(id);

describe.each([{ mood: 'polite' }, { mood: 'rude', rude: 11 }])('a $mood mall', ({ rude }) => {
  test('a saga goes through: every step asked once, every change told once', async () => {
    mall = await openMall({ rooms: [telling(), obeying()], rude });
    expect((await begin('o1')).data.begin).toEqual({ amountMinor: 1 });
    await mall.settle();
    expect((await state('o1'))!.state).toBe('DONE');
    expect((await state('o1'))!.steps.map((step) => step.state)).toEqual(['DONE', 'SKIPPED', 'DONE', 'DONE']);
    expect(await count('o1:step-done')).toBe(4);
    expect(await count('o1:done')).toBe(1);
    expect(await mall.database('shed').query('select name, value from shed_count order by name')).toEqual([
      { name: 'decide:o1', value: 1 }, { name: 'finish:o1', value: 1 }, { name: 'take:o1', value: 1 },
    ]);
  });

  test('a refusal before the pivot takes back what was done', async () => {
    mall = await openMall({ rooms: [telling(), obeying({ decide: () => ({ outcome: 'refused', code: 'NO', message: 'no' }) })], rude });
    await begin('o1');
    await mall.settle();
    expect((await state('o1'))!.steps.map((step) => step.state)).toEqual(['UNDONE', 'SKIPPED', 'REFUSED', 'PENDING']);
    expect(await mall.database('shed').query('select name, value from shed_count order by name')).toEqual([
      { name: 'give-back:o1', value: 1 }, { name: 'take:o1', value: 1 },
    ]);
  });

  test('an event is handled once however often it comes, and one that makes no sense is a dead letter at once', async () => {
    mall = await openMall({ rooms: [telling()], rude });
    for (let index = 0; index < 20; index++) await mall.tell({ topic: 'gomall.shed.events', type: 'thing.happened', version: 1, subject: `s${index % 3}`, data: { name: 'n' } });
    await mall.tell({ topic: 'gomall.shed.events', type: 'thing.happened', version: 1, subject: 's', data: { name: 7 } });
    await mall.settle();
    expect(await count('n')).toBe(20);
    const [letter, ...more] = await mall.deadLetters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ room: 'desk', attempts: 1 });
    expect(letter!.error).toContain('name');
  });

  test('a reply that makes no sense is a dead letter at once, one to nobody is passed over', async () => {
    mall = await openMall({ rooms: [telling()], rude });
    const reply = (data: unknown) => mall.tell({ topic: 'gomall.shed.replies', type: 'take.reply', version: 1, subject: 's', data });
    await reply({ key: 'nobody/take', reply: { outcome: 'done' } });
    await reply({ key: 'o1/take', reply: { outcome: 'perhaps' } });
    await mall.settle();
    expect((await mall.deadLetters()).map(({ attempts, error }) => ({ attempts, told: /outcome/.test(error) }))).toEqual([{ attempts: 1, told: true }]);
  });

  test('killed at any moment and started again, a saga ends as if nothing had been', async () => {
    mall = await openMall({ rooms: [telling(), obeying()], rude });
    for (const id of ['a', 'b', 'c', 'd']) {
      await begin(id);
      await mall.crash();
    }
    await mall.settle();
    for (const id of ['a', 'b', 'c', 'd']) expect((await state(id))!.state).toBe('DONE');
    const rows = await mall.database('shed').query<{ value: number }>('select value from shed_count');
    expect(rows.map((row) => row.value)).toEqual(Array(12).fill(1));
  });
});
