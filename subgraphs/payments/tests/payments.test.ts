import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { signWebhook } from '../providers/webhook-signature.ts';
import { SANDBOX_LATE_MS } from '../providers/sandbox.ts';
import { CALL_TIMEOUT_MS } from '../worker.ts';
import { MERCHANT, openBank, type Bank, type Fault } from './bank.ts';

let bank: Bank;
afterEach(async () => {
  expect(await bank.audit()).toMatchObject({ problems: [], openCalls: 0 });
  expect(await bank.mall.deadLetters()).toEqual([]);
  await bank.mall.close();
});

const settle = () => bank.mall.settle();
/** Pauses between attempts pass, and the task that finds due calls runs. */
async function later(ms: number): Promise<void> {
  await bank.mall.advance(ms);
  await bank.mall.runTask('payments', 'payments.provider-calls');
  await settle();
}
const done = (data: unknown = expect.anything()) => ({ outcome: 'done', data });
const declined = (code: string) => ({ outcome: 'refused', code: 'PAYMENT_DECLINED', message: expect.any(String), data: { declineCode: code } });

describe('the life of a payment', () => {
  test('authorise, capture, refund twice: replies, events, books and the provider agree', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    await bank.command('capture-payment', 'o1');
    await settle();
    await bank.command('refund-payment', 'o1', { refundId: 'r1', amountMinor: 999, reason: 'late' });
    await settle();
    expect((await bank.records('o1'))[0]).toMatchObject({ status: 'PARTIALLY_REFUNDED', amount: { amountMinor: 1_999, currency: 'USD' }, captured: { amountMinor: 1_999 }, refunded: { amountMinor: 999 } });
    await bank.command('refund-payment', 'o1', { refundId: 'r2', amountMinor: 1_000, reason: '' }, { key: 'r2/refund-payment' });
    await settle();
    expect(bank.replies('o1')).toEqual([done({ paymentId: expect.any(String) }), done(), done({ refundId: 'r1', refundedMinor: 999 }), done({ refundId: 'r2', refundedMinor: 1_999 })]);
    expect(bank.events()).toEqual(['payment.authorised', 'payment.captured', 'payment.refunded', 'payment.refunded']);
    const [record] = await bank.records('o1');
    expect(record).toMatchObject({ status: 'REFUNDED', provider: 'SANDBOX', providerReference: expect.stringMatching(/^sbx_/) });
    expect(record.entries.map(({ kind, debit, credit, amount }: any) => [kind, debit, credit, amount.amountMinor])).toEqual([
      ['AUTHORISE', 'provider:SANDBOX', 'held:SANDBOX', 1_999], ['CAPTURE', 'held:SANDBOX', 'sales', 1_999],
      ['REFUND', 'refunds', 'provider:SANDBOX', 999], ['REFUND', 'refunds', 'provider:SANDBOX', 1_000],
    ]);
    const { data } = await bank.mall.execute('payments', '{ ledgerBalances { account balanceMinor currency } }', {}, MERCHANT);
    expect(data.ledgerBalances).toEqual([
      { account: 'held:SANDBOX', balanceMinor: '0', currency: 'USD' }, { account: 'provider:SANDBOX', balanceMinor: '0', currency: 'USD' },
      { account: 'refunds', balanceMinor: '1999', currency: 'USD' }, { account: 'sales', balanceMinor: '-1999', currency: 'USD' },
    ]);
  });

  test('a refund above what is left is refused, also while another is under way', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    await bank.command('refund-payment', 'o1', { refundId: 'r0', amountMinor: 1, reason: '' }, { key: 'r0/refund' });
    await bank.command('capture-payment', 'o1');
    await settle();
    for (let n = 1; n <= 5; n++) await bank.command('refund-payment', 'o1', { refundId: `r${n}`, amountMinor: 900, reason: '' }, { key: `r${n}/refund` });
    await settle();
    const codes = bank.replies('o1').map((reply) => (reply.outcome === 'refused' ? reply.code : reply.outcome));
    expect(codes.sort()).toEqual(['REFUND_TOO_LARGE', 'REFUND_TOO_LARGE', 'REFUND_TOO_LARGE', 'REFUND_TOO_LARGE', 'done', 'done', 'done', 'done']);
  });

  test('capturing what was not authorised is refused', async () => {
    bank = await openBank();
    await bank.command('capture-payment', 'nobody');
    await bank.authorise('o1', 'pm_declined');
    await settle();
    await bank.command('capture-payment', 'o1');
    await settle();
    expect(bank.replies('nobody')).toMatchObject([{ code: 'NOT_AUTHORISED' }]);
    expect(bank.replies('o1')).toMatchObject([{ code: 'PAYMENT_DECLINED' }, { code: 'NOT_AUTHORISED' }]);
  });

  test('a provider that is not configured, and a token sealed for another order', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'tok_visa', { provider: 'STRIPE' });
    const { token } = { token: 'v1.AAAA' };
    await bank.command('authorise-payment', 'o2', { provider: 'SANDBOX', token, amountMinor: 5, currency: 'USD', expiresAtMs: bank.mall.clock.nowMs() + 60_000 });
    await settle();
    expect(bank.replies('o1')).toMatchObject([{ outcome: 'refused', code: 'PROVIDER_UNAVAILABLE' }]);
    expect(bank.replies('o2')).toEqual([declined('TOKEN_UNREADABLE')]);
    expect(bank.calls).toEqual([]);
  });
});

describe('the sandbox’s tokens', () => {
  test.each([['pm_declined', 'CARD_DECLINED'], ['pm_insufficient_funds', 'INSUFFICIENT_FUNDS'], ['4242424242424242', 'TOKEN_UNKNOWN']])('%s is declined: %s', async (token, code) => {
    bank = await openBank();
    await bank.authorise('o1', token);
    await settle();
    expect(bank.replies('o1')).toEqual([declined(code)]);
    expect(bank.events()).toEqual(['payment.declined']);
  });

  test('pm_timeout: first waiting, some seconds later done by webhook', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_timeout');
    await settle();
    expect(bank.replies('o1')).toMatchObject([{ outcome: 'waiting', data: {} }]);
    await bank.mall.advance(SANDBOX_LATE_MS);
    expect(bank.replies('o1')).toMatchObject([{ outcome: 'waiting' }, { outcome: 'done' }]);
  });

  test('pm_webhook_first: the webhook before the answer and once more after it are one authorisation', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_webhook_first');
    await settle();
    await bank.mall.advance(1_000);
    expect(bank.replies('o1')).toEqual([done()]);
    expect(bank.events()).toEqual(['payment.authorised']);
    expect(await bank.mall.database('payments').query('select count(*) as n from provider_webhook')).toEqual([{ n: 1 }]);
  });

  test.each([['approve', 'done'], ['decline', 'refused']])('pm_3ds: the page at the bank, %s, and back to the order', async (decision, outcome) => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_3ds');
    await settle();
    const [waiting] = bank.replies('o1') as any[];
    expect(waiting).toMatchObject({ outcome: 'waiting', data: { actionUrl: expect.stringMatching(/^http:\/\/localhost:8080\/pay\/[\w-]{32}$/) } });
    const path = new URL(waiting.data.actionUrl).pathname;
    const page = await bank.route('GET', path, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' } });
    const html = await page.text();
    expect(html).toContain('lang="zh"');
    expect(html).toContain('US$19.99');
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `decision=${decision}` };
    const back = await bank.route('POST', path, form);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/orders/o1']);
    await settle();
    expect(bank.replies('o1').at(-1)).toMatchObject({ outcome });
    expect((await bank.route('POST', path, { ...form, body: 'decision=approve' })).status).toBe(303);
    await settle();
    expect(bank.replies('o1')).toHaveLength(2);
  });

  test('pm_3ds: nobody confirms; after a quarter of an hour it is declined and nothing is held', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_3ds');
    await settle();
    const path = new URL((bank.replies('o1')[0] as any).data.actionUrl).pathname;
    for (let n = 0; n < 16; n++) await later(60_000);
    expect(bank.replies('o1').at(-1)).toEqual(declined('ACTION_EXPIRED'));
    expect(await (await bank.route('GET', path)).text()).toContain('is over');
    await bank.route('POST', path, { body: 'decision=approve' });
    await settle();
    expect((await bank.records('o1'))[0].status).toBe('DECLINED');
  });

  test('a page that is not there, and a form without a decision', async () => {
    bank = await openBank();
    expect((await bank.route('GET', '/pay/none')).status).toBe(404);
    expect((await bank.route('POST', '/pay/none', { body: 'decision=approve' })).status).toBe(404);
    expect((await bank.route('POST', '/pay/none', { body: 'decision=maybe' })).status).toBe(400);
  });
});

describe('undo', () => {
  const undo = (orderId: string) => bank.command('void-payment', orderId, {}, { key: `${orderId}/authorise-payment/undo`, undoes: `${orderId}/authorise-payment` });

  test('of an authorisation: the money is let go', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    await undo('o1');
    await settle();
    expect(bank.replies('o1')).toEqual([done(), { outcome: 'done' }]);
    expect((await bank.records('o1'))[0]).toMatchObject({ status: 'VOIDED' });
    expect(bank.events()).toEqual(['payment.authorised', 'payment.voided']);
  });

  test('of a capture: the money is given back', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    await bank.command('capture-payment', 'o1');
    await settle();
    await undo('o1');
    await settle();
    expect((await bank.records('o1'))[0]).toMatchObject({ status: 'REFUNDED' });
  });

  test('before the ask: the ask finds it called off and nobody is called', async () => {
    bank = await openBank();
    await undo('o1');
    await settle();
    await bank.authorise('o1');
    await settle();
    expect(bank.replies('o1')).toMatchObject([{ outcome: 'done' }, { outcome: 'refused', code: 'UNDONE' }]);
    expect(bank.calls).toEqual([]);
  });

  test('while the shopper is at the bank: what is approved there later holds nothing', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_3ds');
    await settle();
    const path = new URL((bank.replies('o1')[0] as any).data.actionUrl).pathname;
    await undo('o1');
    await settle();
    await bank.route('POST', path, { body: 'decision=approve' });
    await settle();
    expect((await bank.records('o1'))[0].status).toBe('VOIDED');
  });

  test('while the provider is silent: the authorisation that arrives later is let go', async () => {
    bank = await openBank();
    bank.faults.authorise = ['after'];
    await bank.authorise('o1');
    await undo('o1');
    await settle();
    await later(30_000);
    expect((await bank.records('o1'))[0].status).toBe('VOIDED');
    expect((await bank.records('o1'))[0].entries).toEqual([]);
  });

  test('while the capture is under way: whichever the provider takes first, nothing stays taken', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    bank.faults.capture = ['after'];
    await bank.command('capture-payment', 'o1');
    await settle();
    await undo('o1');
    await settle();
    for (let n = 0; n < 6; n++) await later(30_000);
    expect((await bank.records('o1'))[0]).toMatchObject({ status: 'REFUNDED' });
  });
});

describe('bad luck with the provider', () => {
  test.each<[Fault, string]>([['before', 'never arrives'], ['after', 'has its answer lost'], ['silent', 'is never answered']])('%s: each call %s once, is made again with its key, and counts once', async (fault) => {
    bank = await openBank();
    for (const verb of ['authorise', 'capture', 'refund'] as const) bank.faults[verb] = [fault];
    const wait = () => later(CALL_TIMEOUT_MS + 1_000).then(() => later(2_000));
    await bank.authorise('o1');
    await wait();
    await bank.command('capture-payment', 'o1');
    await wait();
    await bank.command('refund-payment', 'o1', { refundId: 'r', amountMinor: 5, reason: '' });
    await wait();
    expect(bank.replies('o1')).toEqual([done(), done(), done()]);
    for (const verb of ['authorise', 'capture', 'refund']) {
      const keys = bank.calls.filter((call) => call.verb === verb).map((call) => call.key);
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size).toBe(1);
    }
  });

  test('a provider that stays away: the shopper is told within half a minute, and a reversal follows', async () => {
    bank = await openBank();
    bank.faults.authorise = ['before', 'before', 'after', 'after', 'after', 'after', 'after'];
    await bank.authorise('o1');
    await settle();
    for (let n = 0; n < 9; n++) await later(4_000);
    expect(bank.replies('o1')).toMatchObject([{ outcome: 'refused', code: 'PROVIDER_UNAVAILABLE' }]);
    expect(bank.calls.at(-1)!.verb).toBe('void');
    expect((await bank.records('o1'))[0].status).toBe('DECLINED');
  });

  test('with every line to the provider occupied the next call waits for a free one, not for its lease', async () => {
    bank = await openBank();
    bank.faults.authorise = Array<Fault>(64).fill('silent');
    for (let n = 0; n < 65; n++) await bank.authorise(`o${n}`);
    await settle();
    expect(bank.replies('o64')).toEqual([]);
    await bank.mall.advance(CALL_TIMEOUT_MS);
    // A database behind a socket takes its time to note sixty-four calls that were given up.
    await expect.poll(() => bank.replies('o64'), { timeout: 5_000 }).toEqual([done()]);
    await later(3_000);
    await later(3_000);
    await expect.poll(() => bank.replies('o0'), { timeout: 5_000 }).toEqual([done()]);
    await expect.poll(async () => (await bank.audit()).openCalls, { timeout: 5_000 }).toBe(0);
  });

  test('a webhook that never comes is made good by asking', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_timeout');
    await settle();
    const books = new DatabaseSync(bank.sandboxFile());
    books.exec('delete from webhooks');
    books.close();
    await bank.mall.advance(SANDBOX_LATE_MS + 1_000);
    expect(bank.replies('o1')).toMatchObject([{ outcome: 'waiting' }]);
    await later(15_000);
    expect(bank.replies('o1').at(-1)).toMatchObject({ outcome: 'done' });
    expect(bank.calls.map(({ verb }) => verb)).toEqual(['authorise', 'find']);
  });

  test('captures are tried until they succeed, however long the provider is away', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    bank.faults.capture = Array<Fault>(14).fill('before');
    await bank.command('capture-payment', 'o1');
    await settle();
    for (let n = 0; n < 16; n++) await later(601_000);
    expect(bank.replies('o1')).toEqual([done(), done()]);
  });
});

describe('a crash', () => {
  test.each<[string, Fault]>([['before the call', 'before'], ['after the call', 'after'], ['during the call', 'silent']])('%s: the restarted room makes the call again at once and settles it once', async (_, fault) => {
    bank = await openBank();
    for (const [verb, command] of [['authorise', 'authorise-payment'], ['capture', 'capture-payment'], ['refund', 'refund-payment']] as const) {
      bank.faults[verb] = [fault];
      if (verb === 'authorise') await bank.authorise('o1');
      else await bank.command(command, 'o1', verb === 'refund' ? { refundId: 'r', amountMinor: 7, reason: '' } : {});
      while (!bank.calls.some((call) => call.verb === verb)) await new Promise((resolve) => setImmediate(resolve));
      await bank.mall.crash();
      await bank.mall.runTask('payments', 'payments.provider-calls');
      await settle();
    }
    expect((await bank.records('o1'))[0]).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { amountMinor: 7 } });
    expect((await bank.records('o1'))[0].entries.map((entry: any) => entry.kind)).toEqual(['AUTHORISE', 'CAPTURE', 'REFUND']);
    expect(new Set(bank.replies('o1').map(({ outcome }) => outcome))).toEqual(new Set(['done']));
  });
});

describe('webhooks', () => {
  const secret = () => bank.mall.room('payments').deps.secret('payments.sandbox-webhook');
  const event = async () => {
    const [{ id }] = await bank.records('o1');
    return JSON.stringify({ authorisationKey: `${id}/authorise`, answer: { outcome: 'authorised', reference: 'sbx_x' } });
  };
  const post = (body: string, headers: Record<string, string>) => bank.route('POST', '/webhooks/sandbox', { body, headers });

  test('a forged one, an old one, one for nobody and one that is too large change nothing', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_3ds');
    await settle();
    const body = await event();
    const now = bank.mall.clock.nowMs();
    expect((await post(body, signWebhook(new Uint8Array(32), 'e1', now, body))).status).toBe(400);
    expect((await post(body, signWebhook(secret(), 'e1', now - 600_000, body))).status).toBe(400);
    expect((await post(body, {})).status).toBe(400);
    expect((await post('x'.repeat(70_000), {})).status).toBe(413);
    const foreign = JSON.stringify({ authorisationKey: 'other', answer: { outcome: 'authorised', reference: 'r' } });
    expect((await post(foreign, signWebhook(secret(), 'e2', now, foreign))).status).toBe(200);
    await settle();
    expect((await bank.records('o1'))[0].status).toBe('ACTION_REQUIRED');
    await bank.command('void-payment', 'o1');
    await settle();
  });

  test('three at once, and again next to each other, are one authorisation', async () => {
    bank = await openBank();
    await bank.authorise('o1', 'pm_3ds');
    await settle();
    const path = new URL((bank.replies('o1')[0] as any).data.actionUrl).pathname;
    const body = await event();
    const headers = signWebhook(secret(), 'evt', bank.mall.clock.nowMs(), body);
    await bank.route('POST', path, { body: 'decision=approve' });
    const all = await Promise.all([post(body, headers), post(body, headers), post(body, headers)]);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    await settle();
    expect(bank.events()).toEqual(['payment.authorised']);
    expect(bank.replies('o1')).toHaveLength(2);
  });
});

describe('who sees what', () => {
  test('providers and test tokens are for everybody, in both languages; payments and books for staff', async () => {
    bank = await openBank();
    const document = '{ paymentProviders { code name testTokens { token description } } }';
    const { data } = await bank.mall.execute('payments', document, {}, { language: 'zh' });
    expect(data.paymentProviders).toMatchObject([{ code: 'SANDBOX', name: '沙盒' }]);
    expect(data.paymentProviders[0].testTokens.map(({ token }: any) => token)).toEqual(['pm_ok', 'pm_declined', 'pm_insufficient_funds', 'pm_3ds', 'pm_timeout', 'pm_webhook_first']);
    expect(data.paymentProviders[0].testTokens[0].description).toBe('支付成功。');
    await expect(bank.records('o1', { userId: 'u1' })).rejects.toThrow('FORBIDDEN');
    await expect(bank.records('o1', {})).rejects.toThrow('UNAUTHENTICATED');
    const balances = await bank.mall.execute('payments', '{ ledgerBalances { account } }', {}, { userId: 'u1' });
    expect(balances.errors![0]!.extensions.code).toBe('FORBIDDEN');
  });

  test('payments of many orders with their entries are two statements', async () => {
    bank = await openBank();
    for (let n = 0; n < 5; n++) await bank.authorise(`o${n}`);
    await settle();
    const representations = Array.from({ length: 5 }, (_, n) => ({ __typename: 'Order', id: `o${n}` }));
    const document = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { payments { id entries { id } } } } }';
    const { sql } = await bank.mall.statements(() => bank.mall.execute('payments', document, { r: representations }, MERCHANT));
    expect(sql.filter((one) => /\b(payment|ledger_entry)\b/.test(one.sql))).toHaveLength(2);
  });

  test('a token stands nowhere readable, not even while it waits, and not at all once it was used', async () => {
    bank = await openBank();
    bank.faults.authorise = ['before'];
    await bank.authorise('o1', 'pm_ok');
    await settle();
    const database = bank.mall.database('payments');
    const [waiting] = await database.query<{ token_sealed: string }>('select token_sealed from payment');
    expect(waiting!.token_sealed).toMatch(/^v1\./);
    await later(2_000);
    expect(await database.query('select token_sealed from payment')).toEqual([{ token_sealed: null }]);
    expect(JSON.stringify(bank.mall.told('payments').map(({ message }) => message))).not.toContain('pm_ok');
  });

  test('the ledger cannot be changed', async () => {
    bank = await openBank();
    await bank.authorise('o1');
    await settle();
    const database = bank.mall.database('payments');
    await expect(database.transaction((tx) => tx.execute('update ledger_entry set amount_minor = 1'))).rejects.toThrow('append-only');
    await expect(database.transaction((tx) => tx.execute('delete from ledger_entry'))).rejects.toThrow('append-only');
  });
});

test.each([1, 2, 3])('a rude bus (%i): forty orders of all kinds, and the books agree with the provider’s', async (rude) => {
  bank = await openBank({ rude });
  const tokens = ['pm_ok', 'pm_declined', 'pm_webhook_first', 'pm_ok'];
  for (let n = 0; n < 40; n++) {
    await bank.authorise(`o${n}`, tokens[n % 4]);
    if (n % 5 === 0) await bank.command('void-payment', `o${n}`, {}, { key: `o${n}/authorise-payment/undo`, undoes: `o${n}/authorise-payment` });
  }
  await settle();
  for (let n = 0; n < 40; n++) if (n % 5 !== 0) await bank.command('capture-payment', `o${n}`);
  await settle();
  await bank.mall.advance(1_000);
  const events = bank.events();
  expect(events.filter((type) => type === 'payment.captured')).toHaveLength(24);
});
