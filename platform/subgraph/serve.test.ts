/** Rooms behind HTTP: what they answer, to whom, and how they go. */
import { createClient } from 'graphql-ws';
import { afterEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createContext } from './context.ts';
import { openClockRoom, signer, type ClockRoom } from './fixtures/clock-room.ts';
import { connectionRequest, operationBody, operationRequest } from './serve-sockets.ts';
import { SIGNED_HEADER, type SignedParts } from './signed-context.ts';

const ops: SignedParts = { identity: { userId: 'u1', roles: ['ops'], scopes: new Set(['stock:read']), sessionId: 's1' }, language: 'zh', traceId: 't'.repeat(32), clientAddress: '192.0.2.7' };
const rooms: ClockRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.kill();
});

async function open(options?: Parameters<typeof openClockRoom>[1]): Promise<ClockRoom> {
  const room = await openClockRoom('tower', options);
  rooms.push(room);
  return room;
}

const post = (room: ClockRoom, path: string, body: string, headers: Record<string, string> = { [SIGNED_HEADER]: signer.sign(`POST ${path}`, ops, body) }) =>
  fetch(`${room.origin}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const ask = async (room: ClockRoom, query: string): Promise<any> => (await post(room, '/clock/graphql', JSON.stringify({ query }))).json();

test('an operation runs as whoever the router says it is', async () => {
  expect(await ask(await open(), '{ who }')).toEqual({ data: { who: 'u1 stock:read zh 192.0.2.7' } });
});

test('a fault keeps its code, anything else is masked; both carry the trace', async () => {
  const { errors } = await ask(await open(), '{ fails crashes }');
  expect(errors).toEqual([
    expect.objectContaining({ message: 'Slower.', path: ['fails'], extensions: { code: 'LIMITED', retryAfterMs: 5, traceId: ops.traceId } }),
    expect.objectContaining({ path: ['crashes'], extensions: { code: 'INTERNAL', traceId: ops.traceId } }),
  ]);
  expect(JSON.stringify(errors)).not.toContain('secret');
});

test.each([
  ['not signed', {}],
  ['signed for another path', { [SIGNED_HEADER]: signer.sign('POST /other/graphql', ops, '{"query":"{ name }"}') }],
  ['signed for another body', { [SIGNED_HEADER]: signer.sign('POST /clock/graphql', ops, '{"query":"{ who }"}') }],
])('a request that is %s is a 401, and nothing runs', async (_, headers) => {
  const room = await open();
  const answer = await post(room, '/clock/graphql', '{"query":"{ name }"}', headers as Record<string, string>);
  expect([answer.status, room.asked.names]).toEqual([401, 0]);
});

test('routes are answered to the router alone, and bodies have a limit', async () => {
  const room = await open({ maxBodyBytes: 1_000 });
  const answer = await post(room, '/echo/x', 'hello');
  expect([answer.status, answer.headers.get('x-room'), await answer.text()]).toEqual([201, 'tower', 'tower hello']);
  expect((await post(room, '/echo/x', 'hello', {})).status).toBe(401);
  expect((await post(room, '/echo/x', 'x'.repeat(1_001))).status).toBe(413);
  expect((await post(room, '/nowhere', '')).status).toBe(404);
});

test('health and metrics are open to whoever watches', async () => {
  const room = await open();
  expect(await Promise.all(['/health/live', '/health/ready', '/metrics'].map(async (path) => (await fetch(room.origin + path)).status))).toEqual([200, 200, 200]);
});

function subscribe(room: ClockRoom, sign: { connection?: string; operation?: string }) {
  const operation = { query: 'subscription { ticks }' };
  const client = createClient({ url: `${room.origin.replace('http', 'ws')}/clock/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { signed: sign.connection } });
  return client.iterate<{ ticks: string }>({ ...operation, extensions: { signed: sign.operation } });
}
const guest = createContext({ identity: null, language: 'en', traceId: '', clientAddress: '' });
const connection = signer.sign(connectionRequest('clock'), guest, '');
const operation = signer.sign(operationRequest('clock'), ops, operationBody({ query: 'subscription { ticks }' }));

test('a subscription runs as its client, and leaves nothing behind', async () => {
  const room = await open();
  const events = subscribe(room, { connection, operation });
  expect((await events.next()).value).toEqual({ data: { ticks: 'tower begins for u1' } });
  room.tick('one');
  expect((await events.next()).value).toEqual({ data: { ticks: 'one' } });
  await events.return!();
  await expect.poll(room.listeners, { timeout: 10_000 }).toBe(0);
});

test.each([['connection', {}], ['operation', { connection }]])('a socket whose %s is not signed is closed with 4403', async (_, sign) => {
  const room = await open();
  await expect(subscribe(room, sign).next()).rejects.toMatchObject({ code: 4403 });
  expect(room.listeners()).toBe(0);
});

test('told to stop: not ready, sockets closed with 1001, what runs is answered, new connections are not kept', async () => {
  const room = await open({ noticeMs: 300 });
  const events = subscribe(room, { connection, operation });
  await events.next();
  const broken = events.next().catch((error: { code: number }) => error.code);
  const held = ask(room, '{ held }');
  await room.holding;
  const stopped = room.room.stop(5_000);
  expect(await broken).toBe(1001);
  expect((await fetch(`${room.origin}/health/ready`)).status).toBe(503);
  const late = await post(room, '/clock/graphql', '{"query":"{ name }"}');
  expect([late.headers.get('connection'), await late.json()]).toEqual(['close', { data: { name: 'tower' } }]);
  room.release('at last');
  expect(await held).toEqual({ data: { held: 'at last' } });
  await stopped;
});
