import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTIFICATIONS_KEPT, NOTIFICATIONS_KEPT_MS } from '../forget-old.ts';
import { ada, bob, openInbox, type InboxMall } from './inbox-mall.ts';

let inbox: InboxMall;
beforeEach(async () => void (inbox = await openInbox()));
afterEach(() => inbox.close());

const READ = 'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { __typename ... on NotificationsRead { unreadCount } } }';
const read = async (input: Record<string, unknown>, visitor = ada) => inbox.ask(READ, { input }, visitor);
const titles = ({ edges }: any): string[] => edges.map((edge: any) => edge.node.title);

describe('the inbox', () => {
  test('tells of an order from its confirmation to its refund, in the reader\'s language, newest first', async () => {
    await inbox.confirm('1');
    await inbox.order('order.shipped', '1', 'ada', { carrier: 'DHL', trackingNumber: '42' });
    await inbox.order('order.delivered', '1', 'ada');
    await inbox.order('order.refunded', '1', 'ada', { amountMinor: 500, currency: 'USD' });
    const page = await inbox.inbox(ada);
    expect(page).toMatchObject({ totalCount: 4, unreadCount: 4, pageInfo: { hasNextPage: false } });
    expect(titles(page)).toEqual(['Refund for order GM-1', 'Order GM-1 delivered', 'Order GM-1 is on its way', 'Order GM-1 confirmed']);
    expect(page.edges[0].node).toMatchObject({ kind: 'ORDER_REFUNDED', body: '$5.00 goes back to the way you paid.', readAt: null, quiet: false, order: { id: '1' }, product: null });
    expect(titles(await inbox.inbox({ ...ada, language: 'zh' }))).toEqual(['订单 GM-1 已退款', '订单 GM-1 已送达', '订单 GM-1 已发货', '订单 GM-1 已确认']);
    expect((await inbox.inbox(bob)).totalCount).toBe(0);
  });

  test('of a message that comes late, twice and out of order there is one entry', async () => {
    const rude = await openInbox({ rude: 11 });
    try {
      for (const id of ['1', '2', '3', '4', '5']) {
        await rude.mall.tell({ topic: 'gomall.orders.events', type: 'order.confirmed', version: 1, subject: id, data: { orderId: id, userId: 'ada', totalMinor: 1, currency: 'USD', lines: [] } });
      }
      await rude.mall.settle();
      const { edges } = await rude.inbox(ada);
      expect(edges.map((edge: any) => edge.node.order.id).toSorted()).toEqual(['1', '2', '3', '4', '5']);
    } finally {
      await rude.close();
    }
  });

  test('an event of a version before, without a number, is told all the same', async () => {
    await inbox.order('order.confirmed', '1', 'ada', { number: undefined, totalMinor: 100, currency: 'JPY', lines: [] });
    expect((await inbox.inbox(ada)).edges[0].node).toMatchObject({ title: 'Order confirmed', body: 'Thank you! Your order is confirmed. Total ¥100.' });
  });

  test('pages back by cursors; an empty one has the start of the feed as its end', async () => {
    const empty = await inbox.inbox(ada);
    expect(empty).toMatchObject({ totalCount: 0, unreadCount: 0, edges: [], pageInfo: { hasNextPage: false } });
    for (const id of ['1', '2', '3', '4', '5']) await inbox.confirm(id);
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const page = await inbox.inbox(ada, { first: 2, after });
      seen.push(...page.edges.map((edge: any) => edge.node.order.id));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
    const follower = inbox.follow(ada, empty.pageInfo.endCursor);
    expect((await follower.next()).notification.title).toBe('Order GM-1 confirmed');
    follower.leave();
  });

  test('read is read: by id, up to a cursor, and nobody else\'s', async () => {
    for (const id of ['1', '2', '3', '4']) await inbox.confirm(id);
    const { edges } = await inbox.inbox(ada);
    expect((await read({ ids: [edges[0].node.id] }, bob)).data.markNotificationsRead.unreadCount).toBe(0);
    expect((await inbox.inbox(ada)).unreadCount).toBe(4);
    expect((await read({ ids: [edges[0].node.id, 'no such'] })).data.markNotificationsRead.unreadCount).toBe(3);
    expect((await read({ upTo: edges[2].cursor })).data.markNotificationsRead.unreadCount).toBe(1);
    expect(titles(await inbox.inbox(ada, { unreadOnly: true }))).toEqual(['Order GM-3 confirmed']);
    const [first] = (await inbox.inbox(ada)).edges;
    await inbox.mall.clock.advance(1_000);
    await read({ ids: [first.node.id] });
    expect((await inbox.inbox(ada)).edges[0].node.readAt).toBe(first.node.readAt);
  });

  test('guests, odd cursors and sizes are refused with the field named', async () => {
    const code = ({ errors }: any) => ({ code: errors[0].extensions.code, ...errors[0].extensions.fields });
    expect(code(await inbox.ask('{ notifications { totalCount } }', {}, {}))).toEqual({ code: 'UNAUTHENTICATED' });
    for (const [query, field] of [['(first: 0)', 'first'], ['(first: 101)', 'first'], ['(after: "!")', 'after'], ['(after: "bm9uZQ")', 'after']]) {
      expect(code(await inbox.ask(`{ notifications${query} { totalCount } }`))).toEqual({ code: 'INVALID_INPUT', [field!]: expect.any(String) });
    }
    for (const input of [{}, { ids: ['x'], upTo: 'ZjE' }, { ids: Array.from({ length: 101 }, String) }, { upTo: '%' }]) expect(code(await read(input)).code).toBe('INVALID_INPUT');
  });

  test('a page costs one statement for its rows and one for both counts, however many there are', async () => {
    const cost = async (first: number) => (await inbox.mall.statements(() => inbox.inbox(ada, { first }))).total;
    for (const id of ['1', '2', '3']) await inbox.confirm(id);
    expect(await cost(1)).toBe(2);
    expect(await cost(50)).toBe(2);
  });

  test('it is bounded: the oldest go, by number and by age, and the feed goes on', async () => {
    const { deps } = inbox.mall.room('notifications');
    const { addToFeed } = await import('../feed.ts');
    await deps.database.transaction(async (tx) => {
      for (let number = 0; number < NOTIFICATIONS_KEPT + 7; number++) await addToFeed(tx, deps, 'ada', { kind: 'ORDER_DELIVERED', data: { number: String(number) } }, false);
    });
    await inbox.mall.runTask('notifications', 'notifications.forget-old');
    expect((await inbox.inbox(ada)).totalCount).toBe(NOTIFICATIONS_KEPT);
    await inbox.mall.clock.advance(NOTIFICATIONS_KEPT_MS + 1_000);
    await inbox.mall.runTask('notifications', 'notifications.forget-old');
    expect(await inbox.inbox(ada)).toMatchObject({ totalCount: 0, edges: [] });
    const follower = inbox.follow(ada, null);
    const next = follower.next();
    await inbox.confirm('9');
    expect((await next).notification.title).toBe('Order GM-9 confirmed');
    follower.leave();
  });
});

describe('before an order is confirmed', () => {
  test('a bank that wants an answer, a declined card and a checkout that came to nothing are told in the inbox and in no letter', async () => {
    await inbox.order('order.action-required', '1', 'ada', { untilMs: inbox.mall.clock.nowMs() + 900_000 });
    await inbox.order('order.cancelled', '1', 'ada', { code: 'PAYMENT_DECLINED', confirmed: false });
    await inbox.order('order.cancelled', '2', 'ada', { code: 'OUT_OF_STOCK' });
    await inbox.order('order.cancelled', 'guest-1', null, { code: 'OUT_OF_STOCK', confirmed: false });
    expect((await inbox.inbox(ada)).edges.map((edge: any) => edge.node.kind)).toEqual(['ORDER_CANCELLED', 'PAYMENT_DECLINED', 'PAYMENT_ACTION_REQUIRED']);
    await inbox.mall.runTask('notifications', 'notifications.send-letters');
    expect(inbox.letters).toEqual([]);
  });
});
