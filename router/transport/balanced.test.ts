/** Two instances of a room, which are killed, stopped and started while they are asked. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import type { Discovery } from '#platform/discovery/discovery.ts';
import { createFleet, type Fleet } from '#platform/discovery/fleet.ts';
import { createDiscoveryTable } from '#platform/discovery/table.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createContext } from '#platform/subgraph/context.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { openClockRoom, signer, type ClockRoom } from '#platform/subgraph/fixtures/clock-room.ts';
import { passedOn } from '../http/room-routes.ts';
import { balancedTransport } from './balanced.ts';
import type { Transport } from './transport.ts';

const context = createContext({ identity: null, language: 'en', traceId: 't', clientAddress: '192.0.2.1' });
/** Between two requests of one shopper. */
const PAUSE_MS = 5;
const nameQuery = { query: '{ name }', variables: {}, context };
let east: ClockRoom;
let west: ClockRoom;
let discovery: Discovery;
let fleet: Fleet;
let transport: Transport;

beforeEach(async () => {
  east = await openClockRoom('east', { noticeMs: 2_000 });
  west = await openClockRoom('west', { noticeMs: 2_000 });
  discovery = createDiscoveryTable({ clock: systemClock, log: createLogger('silent'), addresses: { clock: [east.origin, west.origin] } });
  fleet = createFleet({ discovery, ids: systemIds });
  transport = balancedTransport({ room: 'clock', fleet, signer, clock: systemClock });
  await wellBecome(2);
});
afterEach(async () => {
  await transport.close!();
  await discovery.close();
  await fleet.close();
  await Promise.all([east, west].map((room) => room.server.listening && room.kill()));
});

const wellBecome = (count: number) => expect.poll(() => fleet.watch('clock').current().length, { timeout: 15_000 }).toBe(count);
const askName = async () => (await transport.fetch(nameQuery)).data?.name as string;
const askMany = (count: number) => Promise.all(Array.from({ length: count }, askName));
const ticksOf = (stream: AsyncIterable<any>) => stream[Symbol.asyncIterator]();

test('both are asked', async () => {
  const names = await askMany(60);
  for (const room of [east, west]) expect(names.filter((name) => name === room.name).length).toBeGreaterThan(10);
});

test('the busy one is asked less', async () => {
  const held = Array.from({ length: 20 }, () => transport.fetch({ ...nameQuery, query: '{ held }' }));
  await Promise.all([east.holding, west.holding]);
  west.release('free');
  await Promise.any(held);
  const names: string[] = [];
  for (let left = 20; left > 0; left--) names.push(await askName());
  east.release('free');
  await Promise.all(held);
  expect(names.filter((name) => name === 'west').length).toBeGreaterThan(15);
});

test('one is killed: not one query fails, and it is left alone at once', async () => {
  const asking = askMany(40);
  await east.kill();
  expect(await asking).toHaveLength(40);
  expect(new Set(await askMany(40))).toEqual(new Set(['west']));
  expect(fleet.watch('clock').current().map(({ address }) => address)).toEqual([west.origin]);
});

test('a mutation whose connection broke on the way is not sent again, one that never arrived is', async () => {
  const broken = expect(transport.fetch({ query: 'mutation { holdUp }', variables: {}, context })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await Promise.race([east.holding, west.holding]);
  const there = east.asked.counts > 0 ? east : west;
  await there.kill();
  await broken;
  expect([east.asked.counts, west.asked.counts].sort()).toEqual([0, 1]);
  const counts = await Promise.all(Array.from({ length: 20 }, () => transport.fetch({ query: 'mutation { count }', variables: {}, context })));
  expect(counts.map(({ data }) => data!.count).sort((a, b) => (a as number) - (b as number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect([east.asked.counts, west.asked.counts].sort((a, b) => a - b)).toEqual([1, 20]);
});

test('none is left: UNAVAILABLE at once; one comes back: it is asked again', async () => {
  await Promise.all([east.kill(), west.kill()]);
  await expect(askName()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await wellBecome(0);
  const port = Number(new URL(east.origin).port);
  east = await openClockRoom('east again', { port });
  await wellBecome(1);
  expect(await askName()).toBe('east again');
});

test('stopped in order, no query and no mutation fails', async () => {
  let asking = true;
  const answered: string[] = [];
  const shoppers = Array.from({ length: 8 }, async (_, index) => {
    while (asking) {
      const { data, errors } = await transport.fetch(index % 2 ? nameQuery : { query: 'mutation { count name: __typename }', variables: {}, context });
      answered.push(errors ? JSON.stringify(errors) : (data!.name as string));
      // The rooms run in this very process, and are looked at from it.
      await systemClock.sleep(PAUSE_MS);
    }
  });
  try {
    await expect.poll(() => new Set(answered).size, { timeout: 10_000 }).toBe(3);
    await east.stop();
  } finally {
    asking = false;
  }
  await Promise.all(shoppers);
  expect(new Set(answered)).toEqual(new Set(['east', 'west', 'Mutation']));
}, 30_000);

test('a subscription goes on at the other instance, and its client hears nothing of it', async () => {
  const events = ticksOf((await transport.subscribe({ query: 'subscription { ticks }', variables: {}, context })) as AsyncIterable<any>);
  const first = (await events.next()).value.data.ticks as string;
  const [there, other] = first.startsWith('east') ? [east, west] : [west, east];
  there.tick('one');
  expect((await events.next()).value.data.ticks).toBe('one');
  await there.kill();
  expect((await events.next()).value.data.ticks).toBe(`${other.name} begins for a guest`);
  other.tick('two');
  expect((await events.next()).value.data.ticks).toBe('two');
  await events.return!();
  await expect.poll(other.listeners, { timeout: 10_000 }).toBe(0);
});

test('nobody there to begin a subscription with: UNAVAILABLE, soon', async () => {
  await Promise.all([east.kill(), west.kill()]);
  const events = ticksOf((await transport.subscribe({ query: 'subscription { ticks }', variables: {}, context })) as AsyncIterable<any>);
  await expect(events.next()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('routes are passed on with their bodies and answers; too long a body is refused', async () => {
  const route = passedOn({ room: 'clock', method: 'POST', path: '/echo/' }, { fleet, signer });
  const send = (body: string) => route.handle(new Request('http://mall.example/echo/a?b=1', { method: 'POST', body, headers: { 'x-own': '1' } }));
  const answer = await send('hello');
  expect(answer.status).toBe(201);
  expect(await answer.text()).toBe(`${answer.headers.get('x-room')} hello`);
  expect((await send('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  await Promise.all([east.kill(), west.kill()]);
  expect((await send('hello')).status).toBe(503);
});
