import { afterEach, beforeEach, expect, test } from 'vitest';
import { LOOK_AGAIN } from '#platform/live/live.ts';
import { addToFeed, feedChannel } from '../feed.ts';
import { ada, bob, openInbox, type Follower, type InboxMall } from './inbox-mall.ts';

let inbox: InboxMall;
beforeEach(async () => void (inbox = await openInbox()));
afterEach(() => inbox.close());

const deps = () => inbox.mall.room('notifications').deps;
/** Adds entries as several writers would, each in a transaction of its own. */
const add = (userId: string, name: string) => deps().database.transaction((tx) => addToFeed(tx, deps(), userId, { kind: 'ORDER_DELIVERED', data: { number: name } }, false));
/** Asks for the next event, and resolves when the subscription knows where the feed ends. */
async function listening(follower: Follower): Promise<{ next: Promise<any> }> {
  let next!: Promise<any>;
  const { sql } = await inbox.mall.statements(async () => {
    next = follower.next();
    await inbox.mall.settle();
  });
  expect(sql.filter((one) => one.sql.includes('from notification_feeds'))).toHaveLength(1);
  return { next };
}
const nameOf = (event: any): string => /Order (.*) delivered/.exec(event.notification.title)![1]!;

test('what lies after the cursor first, then what comes: in order, none lost, none twice', async () => {
  for (const name of ['a', 'b', 'c']) await add('ada', name);
  const { edges } = await inbox.inbox(ada);
  const follower = inbox.follow(ada, edges.at(-1).cursor);
  expect([nameOf(await follower.next()), nameOf(await follower.next())]).toEqual(['b', 'c']);
  const next = follower.next();
  await add('bob', 'x');
  await add('ada', 'd');
  expect(nameOf(await next)).toBe('d');
  follower.leave();
  expect(await follower.done()).toBe(true);
});

test('without a cursor it begins now', async () => {
  await add('ada', 'before');
  const follower = inbox.follow(ada);
  const { next } = await listening(follower);
  await add('ada', 'after');
  expect(nameOf(await next)).toBe('after');
  follower.leave();
});

test('among writers at full speed, a reader who comes and goes sees each entry once, in order', async () => {
  const COUNT = 200;
  const writing = (async () => {
    for (let from = 0; from < COUNT; from += 10) await Promise.all(Array.from({ length: 10 }, (_, index) => add('ada', String(from + index))));
  })();
  const seen: string[] = [];
  const cursors: string[] = [(await inbox.inbox(bob)).pageInfo.endCursor];
  while (seen.length < COUNT) {
    const follower = inbox.follow(ada, cursors.at(-1)!);
    // Leaves after a few, wherever that is: in the backfill, at the cut over, or live.
    for (let taken = 0; taken < 7 && seen.length < COUNT; taken++) {
      const event = await follower.next();
      seen.push(nameOf(event));
      cursors.push(event.cursor);
    }
    follower.leave();
  }
  await writing;
  expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: COUNT }, (_, index) => String(index)));
  const positions = cursors.map((cursor) => Number(Buffer.from(cursor, 'base64url').toString().slice(1)));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  expect(new Set(positions).size).toBe(positions.length);
});

test('a lost hint costs time and nothing else: the next look finds what it spoke of', async () => {
  const follower = inbox.follow(ada, (await inbox.inbox(ada)).pageInfo.endCursor);
  const next = follower.next();
  await inbox.mall.settle();
  // As another process would whose hint never came.
  await deps().database.transaction((tx) => addToFeed(tx, { ...deps(), live: { ...deps().live, publish: () => undefined } }, 'ada', { kind: 'ORDER_DELIVERED', data: { number: 'unheard' } }, false));
  deps().live.publish(feedChannel('ada'), LOOK_AGAIN);
  expect(nameOf(await next)).toBe('unheard');
  follower.leave();
});

test('a cursor beyond the end, of before the shop was brought back to an earlier time, goes on from the end', async () => {
  await add('ada', 'a');
  const follower = inbox.follow(ada, Buffer.from('f900').toString('base64url'));
  const { next } = await listening(follower);
  await add('ada', 'b');
  expect(nameOf(await next)).toBe('b');
  follower.leave();
});

test('guests and odd cursors are refused before anything is followed', async () => {
  await expect(inbox.follow({}).next()).rejects.toThrow('UNAUTHENTICATED');
  await expect(inbox.follow(ada, 'odd').next()).rejects.toThrow('INVALID_INPUT');
});

test('a thousand open subscriptions of one shopper share one read of what is new', async () => {
  const cursor = (await inbox.inbox(ada)).pageInfo.endCursor;
  const followers = Array.from({ length: 1_000 }, () => inbox.follow(ada, cursor));
  const next = followers.map((follower) => follower.next());
  await inbox.mall.settle();
  let events: any[] = [];
  const { sql } = await inbox.mall.statements(async () => {
    await add('ada', 'new');
    events = await Promise.all(next);
  });
  expect(new Set(events.map(nameOf))).toEqual(new Set(['new']));
  expect(sql.filter((one) => one.sql.startsWith('select * from notifications')).length).toBeLessThan(10);
  for (const follower of followers) follower.leave();
});

test('a thousand shoppers who are told at once are read a hundred at a time', async () => {
  const people = Array.from({ length: 1_000 }, (_, index) => `u${index}`);
  const cursor = (await inbox.inbox(ada)).pageInfo.endCursor;
  const followers = people.map((userId) => inbox.follow({ userId }, cursor));
  const next = followers.map((follower) => follower.next());
  await inbox.mall.settle();
  let events: any[] = [];
  const { sql } = await inbox.mall.statements(async () => {
    await deps().database.transaction(async (tx) => {
      for (const userId of people) await addToFeed(tx, deps(), userId, { kind: 'ORDER_DELIVERED', data: { number: userId } }, false);
    });
    events = await Promise.all(next);
  });
  expect(events.map(nameOf)).toEqual(people);
  expect(sql.filter((one) => one.sql.startsWith('select * from notifications')).length).toBeLessThan(40);
  for (const follower of followers) follower.leave();
});
