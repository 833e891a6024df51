/**
 * A room to try the reliability core with: it grinds, listens to itself and writes down what it hears in the order it hears
 * it, its saga waits for an oven that never answers, and it is inspected once a second.
 */
import { z } from 'zod';
import type { SagaDefinition } from '#platform/saga/saga.ts';
import type { RoomDefinition, RoomDeps } from '#platform/subgraph/room.ts';

export const MILL_TOPIC = 'gomall.mill.events';

export const bake: SagaDefinition<{ id: string }> = {
  name: 'bake',
  steps: [{ name: 'heat', withinMs: 100, ask: () => ({ room: 'oven', command: 'heat-oven', input: {} }) }],
  async onChange(tx, id, _data, { kind }) {
    await tx.insertIfAbsent('mill_loaves', { id, kind });
    await tx.execute('update mill_loaves set kind = ? where id = ?', [kind, id]);
  },
};

const TABLES = [
  'create table mill_subjects (subject varchar(64) not null primary key, last int not null)',
  'create table mill_loaves (id varchar(64) not null primary key, kind varchar(32) not null)',
  'create table mill_inspections (id varchar(64) not null primary key, inspector varchar(64) not null)',
];

export interface MillOptions {
  /** Who inspects, where processes are told apart. */
  inspector?: string;
  /** Told each message as it is handled, before the commit. */
  heard?(subject: string, number: number): void;
}

export const mill = ({ inspector = 'the miller', heard = () => {} }: MillOptions = {}): RoomDefinition => ({
  name: 'mill',
  schema: new URL('../subgraph/fixtures/probe.graphql', import.meta.url),
  entities: [],
  migrations: [
    {
      name: '001-sacks',
      up: {
        sqlite: ['create table mill_sacks (place integer primary key autoincrement, subject varchar(64) not null, number int not null)', ...TABLES],
        mysql: ['create table mill_sacks (place bigint not null auto_increment primary key, subject varchar(64) not null, number int not null)', ...TABLES],
      },
    },
  ],
  build: ({ database, ids }) => ({
    resolvers: {},
    sagas: [bake],
    tasks: [{ name: 'mill.inspect', everyMs: 1_000, run: async () => void (await database.transaction((tx) => tx.insertIfAbsent('mill_inspections', { id: ids.uuid(), inspector }))) }],
    events: [
      {
        topic: MILL_TOPIC,
        type: 'flour.ground',
        data: z.object({ number: z.number() }),
        async handle(tx, { number }, { subject }) {
          await tx.execute('insert into mill_sacks (subject, number) values (?, ?)', [subject, number]);
          heard(subject, number);
        },
      },
    ],
  }),
});

/** Tells one more message of the subject. As an aggregate's, its row is locked first, so that they are committed in their order. */
export async function grind({ database, outbox }: Pick<RoomDeps, 'database' | 'outbox'>, subject: string): Promise<number> {
  return database.transaction(async (tx) => {
    await tx.insertIfAbsent('mill_subjects', { subject, last: 0 });
    await tx.execute('update mill_subjects set last = last + 1 where subject = ?', [subject]);
    const [row] = await tx.query<{ last: number }>('select last from mill_subjects where subject = ?', [subject]);
    const number = Number(row!.last);
    await outbox.add(tx, { topic: MILL_TOPIC, type: 'flour.ground', version: 1, subject, data: { number } });
    return number;
  });
}
