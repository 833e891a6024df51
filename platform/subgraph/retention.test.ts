import { afterEach, expect, test } from 'vitest';
import { COMMANDS_DAYS, FINISHED_SAGAS_DAYS, IDEMPOTENCY_KEYS_DAYS, INBOX_DAYS, SENT_OUTBOX_MINUTES } from './retention.ts';
import type { RoomDefinition } from './room.ts';
import { openMall, type Mall } from './testing.ts';

const DAY_MS = 86_400_000;
const room: RoomDefinition = { name: 'desk', schema: new URL('./fixtures/probe.graphql', import.meta.url), entities: [], migrations: [], build: () => ({ resolvers: {} }) };
let mall: Mall;
afterEach(() => mall.close());

test.each([
  ['idempotency-keys', 'platform_idempotency', IDEMPOTENCY_KEYS_DAYS, { id: 'x', operation: 'o', input_hash: 'h', outcome: '1' }, 'id', 'at_ms'],
  ['inbox', 'platform_inbox', INBOX_DAYS, { message_id: 'x', source: '/s' }, 'message_id', 'at_ms'],
  ['commands', 'platform_command', COMMANDS_DAYS, { command_key: 'x', type: 't', reply: null, undone: 0 }, 'command_key', 'at_ms'],
  ['sent-outbox', 'platform_outbox', SENT_OUTBOX_MINUTES / (24 * 60), { topic: 'gomall.desk.nothing', subject: 's', message: '{}' }, 'id', 'sent_at_ms'],
  ['finished-sagas', 'platform_saga', FINISHED_SAGAS_DAYS, { id: 'x', name: 'n', state: 'DONE', data: '{}', steps: '[]', begun_at_ms: 1 }, 'id', 'ended_at_ms'],
])('%s go after their time, however many there are, and not before', async (task, table, days, row, key, time) => {
  mall = await openMall({ rooms: [room] });
  const database = mall.database('desk');
  const nowMs = mall.clock.nowMs();
  await database.transaction(async (tx) => {
    for (let index = 0; index < 1_200; index++) await tx.insertIfAbsent(table, { ...row, [key]: `old-${index}`, [time]: nowMs - days * DAY_MS - 60_000 });
    await tx.insertIfAbsent(table, { ...row, [key]: 'young', [time]: nowMs - days * DAY_MS + 60_000 });
    if (table === 'platform_saga') await tx.insertIfAbsent(table, { ...row, id: 'running', state: 'RUNNING', ended_at_ms: null });
  });
  await mall.runTask('desk', `retention-${task}`);
  const left = (await database.query(`select ${key} as id from ${table}`)).map(({ id }) => id);
  expect(left.sort()).toEqual(table === 'platform_saga' ? ['running', 'young'] : ['young']);
});
