import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LETTER_ATTEMPTS, LETTER_LEASE_MS, LETTER_PAUSE_MAX_MS } from '#platform/mail/letter-sender.ts';
import { ada, HOUR_MS, openInbox, type InboxMall } from './inbox-mall.ts';

let inbox: InboxMall;
beforeEach(async () => void (inbox = await openInbox()));
afterEach(() => inbox.close());

const SAVE = `mutation ($input: SaveNotificationPreferencesInput!) { saveNotificationPreferences(input: $input) {
  __typename ... on NotificationPreferences { kinds { kind inbox email } quietHours { from to timeZone } } ... on Refusal { code message } } }`;
const save = async (input: Record<string, unknown>) => inbox.ask(SAVE, { input });
const send = async () => {
  await inbox.mall.settle();
  await inbox.mall.runTask('notifications', 'notifications.send-letters');
};
const rows = () => inbox.mall.database('notifications').query<any>('select * from notification_letters order by created_ms, id');

describe('a letter', () => {
  test('goes to a shopper with an account, in their language, with a link to the order', async () => {
    inbox.neighbours.languages.ada = 'zh';
    await inbox.confirm('1');
    await send();
    expect(inbox.letters).toHaveLength(1);
    expect(inbox.letters[0]).toMatchObject({ to: '1@example.com', subject: '订单 GM-1 已确认' });
    expect(inbox.letters[0]!.text).toContain('ADA，您好：');
    expect(inbox.letters[0]!.text).toContain('http://localhost:8080/orders/1\n');
    expect(inbox.letters[0]!.html).toContain('<html lang="zh">');
  });

  test('goes to a guest too: in the language they ordered in, with a link that opens the order without an account', async () => {
    inbox.neighbours.languages['guest-1'] = 'zh';
    await inbox.confirm('guest-1', null);
    await inbox.order('order.shipped', 'guest-2', null, { carrier: '<DHL>', trackingNumber: '42' });
    await send();
    const [confirmed, shipped] = ['订单 GM-guest-1 已确认', 'Order GM-guest-2 is on its way'].map((subject) => inbox.letters.find((letter) => letter.subject === subject)!);
    expect(confirmed).toMatchObject({ to: 'guest-1@example.com' });
    expect(confirmed!.text).toContain('http://localhost:8080/orders/guest-1#t=token%2Fof%20guest-1');
    expect(confirmed!.text).not.toContain('/account/');
    expect(shipped!.html).toContain('&lt;DHL&gt;');
  });

  test('is one, however often its message comes', async () => {
    const rude = await openInbox({ rude: 3 });
    try {
      for (const id of ['1', '2', '3']) await rude.confirm(id);
      await rude.mall.runTask('notifications', 'notifications.send-letters');
      expect(rude.letters.map(({ to }) => to).toSorted()).toEqual(['1@example.com', '2@example.com', '3@example.com']);
    } finally {
      await rude.close();
    }
  });

  test('waits for a mail server that is away, under the same id, and is given up after a day', async () => {
    inbox.mail.mode = 'refuses';
    await inbox.confirm('1');
    await send();
    expect(inbox.letters).toEqual([]);
    inbox.mail.mode = 'works';
    await inbox.mall.advance(LETTER_LEASE_MS + 1_000);
    await send();
    const [{ id }] = await rows();
    expect(inbox.letters).toMatchObject([{ id }]);

    inbox.mail.mode = 'refuses';
    await inbox.confirm('2');
    for (let attempt = 0; attempt < LETTER_ATTEMPTS + 3; attempt++) {
      await inbox.mall.advance(LETTER_PAUSE_MAX_MS + 1_000);
      await send();
    }
    expect((await rows()).find((row: any) => row.order_id === '2')).toMatchObject({ attempts: LETTER_ATTEMPTS, due_ms: null, sent_ms: null });
  });

  test('that the mail server refuses for good is not sent again', async () => {
    inbox.mail.mode = 'refuses-for-good';
    await inbox.confirm('1');
    await send();
    expect(await rows()).toMatchObject([{ attempts: 1, due_ms: null, sent_ms: null }]);
  });

  test('waits where orders or users do not answer, and costs no attempt', async () => {
    inbox.neighbours.away = true;
    await inbox.confirm('1');
    await send();
    expect(await rows()).toMatchObject([{ attempts: 0, sent_ms: null }]);
    inbox.neighbours.away = false;
    await send();
    expect(inbox.letters).toHaveLength(1);
  });

  test('survives a crash between its fact and its sending', async () => {
    inbox.mail.mode = 'refuses';
    await inbox.confirm('1');
    await inbox.mall.crash();
    inbox.mail.mode = 'works';
    await inbox.mall.advance(LETTER_LEASE_MS + 1_000);
    await send();
    expect(inbox.letters).toHaveLength(1);
    expect((await inbox.inbox(ada)).totalCount).toBe(1);
  });

  test('nothing of whom it goes to is kept', async () => {
    await inbox.confirm('guest-1', null);
    await inbox.confirm('1');
    await send();
    const stored = await inbox.mall.stored('notifications');
    expect(inbox.letters).toHaveLength(2);
    for (const secret of ['@example.com', 'ADA', 'token/of']) expect(stored).not.toContain(secret);
  });
});

describe('preferences', () => {
  test('are what the table of kinds says until they are changed; a shopper has no kinds of the staff', async () => {
    const { data } = await inbox.ask('{ notificationPreferences { kinds { kind inbox email } quietHours { from } } }');
    expect(data.notificationPreferences.quietHours).toBeNull();
    expect(data.notificationPreferences.kinds).toContainEqual({ kind: 'ORDER_CONFIRMED', inbox: true, email: true });
    expect(data.notificationPreferences.kinds).toContainEqual({ kind: 'PAYMENT_DECLINED', inbox: true, email: null });
    expect(data.notificationPreferences.kinds.map(({ kind }: any) => kind)).not.toContain('LOW_STOCK');
    const staff = await inbox.ask('{ notificationPreferences { kinds { kind inbox email } } }', {}, { userId: 'mina', roles: ['merchant'] });
    expect(staff.data.notificationPreferences.kinds).toContainEqual({ kind: 'LOW_STOCK', inbox: true, email: false });
  });

  test('by kind and by way: no letter, no entry, or neither; and it can be taken back', async () => {
    await save({ kinds: [{ kind: 'ORDER_CONFIRMED', inbox: true, email: false }, { kind: 'ORDER_SHIPPED', inbox: false, email: true }] });
    await inbox.confirm('1');
    await inbox.order('order.shipped', '1', 'ada', { carrier: 'DHL', trackingNumber: '42' });
    await send();
    expect((await inbox.inbox(ada)).edges.map(({ node }: any) => node.kind)).toEqual(['ORDER_CONFIRMED']);
    expect(inbox.letters.map(({ subject }) => subject)).toEqual(['Order GM-1 is on its way']);
    const { data } = await save({ kinds: [{ kind: 'ORDER_CONFIRMED', inbox: true, email: true }] });
    expect(data.saveNotificationPreferences.kinds).toEqual(expect.arrayContaining([{ kind: 'ORDER_CONFIRMED', inbox: true, email: true }, { kind: 'ORDER_SHIPPED', inbox: false, email: true }]));
    await inbox.confirm('2');
    await send();
    expect(inbox.letters).toHaveLength(2);
  });

  test('in quiet hours letters wait for their end and entries are marked; what cannot wait comes all the same', async () => {
    const now = new Date(inbox.mall.clock.nowMs());
    const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);
    await save({ quietHours: { from: clock(now.getTime() - HOUR_MS), to: clock(now.getTime() + 2 * HOUR_MS), timeZone: 'UTC' } });
    await inbox.confirm('1');
    await inbox.order('order.action-required', '2', 'ada', { untilMs: now.getTime() });
    await send();
    expect(inbox.letters).toEqual([]);
    expect((await inbox.inbox(ada)).edges.map(({ node }: any) => [node.kind, node.quiet])).toEqual([['PAYMENT_ACTION_REQUIRED', false], ['ORDER_CONFIRMED', true]]);
    await inbox.mall.advance(2 * HOUR_MS + 60_000);
    await send();
    expect(inbox.letters).toHaveLength(1);
    const { data } = await save({ quietHours: null });
    expect(data.saveNotificationPreferences.quietHours).toBeNull();
  });

  test('a zone that is none is refused, a time that is none names its field', async () => {
    expect((await save({ quietHours: { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' } })).data.saveNotificationPreferences).toMatchObject({ code: 'TIME_ZONE_UNKNOWN' });
    expect((await save({ quietHours: { from: '25:00', to: '07:00', timeZone: 'UTC' } })).errors![0]!.extensions.fields).toEqual({ 'input.quietHours.from': expect.any(String) });
    expect((await save({ kinds: [{ kind: 'PRICE_DROP', inbox: true, email: true }, { kind: 'PRICE_DROP', inbox: false, email: true }] })).errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect((await save({ quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai' } })).data.saveNotificationPreferences.quietHours).toEqual({ from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai' });
  });
});
