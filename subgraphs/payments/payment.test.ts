import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balances, posting, type Entry, type EntryKind } from './ledger.ts';
import { after, refundableMinor, refunded, undoing, type PaymentMoney, type PaymentMove, type PaymentStatus } from './payment.ts';
import { pauseMs } from './worker.ts';

const statuses: PaymentStatus[] = ['PENDING', 'ACTION_REQUIRED', 'AUTHORISED', 'CAPTURED', 'DECLINED', 'VOIDED', 'PARTIALLY_REFUNDED', 'REFUNDED'];
const moves: PaymentMove[] = ['wait', 'authorise', 'decline', 'void', 'capture', 'refund-part', 'refund-rest'];

test('money is captured only from AUTHORISED, and what is voided, declined or refunded stays so', () => {
  expect(statuses.filter((status) => after(status, 'capture'))).toEqual(['AUTHORISED']);
  for (const end of ['DECLINED', 'VOIDED', 'REFUNDED'] as const) expect(moves.filter((move) => after(end, move))).toEqual([]);
});

test('undoing voids what is not taken, gives back what is left of what was taken, and else does nothing', () => {
  const money = (status: PaymentStatus, capturedMinor = 0, refundedMinor = 0, refundingMinor = 0): PaymentMoney => ({ status, capturedMinor, refundedMinor, refundingMinor });
  for (const status of ['PENDING', 'ACTION_REQUIRED', 'AUTHORISED'] as const) expect(undoing(money(status))).toEqual({ how: 'void' });
  expect(undoing(money('CAPTURED', 100))).toEqual({ how: 'refund', amountMinor: 100 });
  expect(undoing(money('PARTIALLY_REFUNDED', 100, 30, 20))).toEqual({ how: 'refund', amountMinor: 50 });
  for (const status of ['DECLINED', 'VOIDED'] as const) expect(undoing(money(status))).toEqual({ how: 'nothing' });
  expect(undoing(money('REFUNDED', 100, 100))).toEqual({ how: 'nothing' });
});

test('any row of refunds within what is left ends at most at what was taken, and at REFUNDED exactly there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), fc.array(fc.integer({ min: 1, max: 2_147_483_647 }), { maxLength: 12 }), (captured, amounts) => {
      let payment: PaymentMoney = { status: 'CAPTURED', capturedMinor: captured, refundedMinor: 0, refundingMinor: 0 };
      for (const amount of amounts) {
        if (amount > refundableMinor(payment)) continue;
        payment = refunded({ ...payment, refundingMinor: amount }, amount);
      }
      expect(payment.refundedMinor).toBeLessThanOrEqual(captured);
      expect(payment.refundingMinor).toBe(0);
      expect(payment.status === 'REFUNDED').toBe(payment.refundedMinor === captured);
    }),
  );
});

test('whatever is posted, the balances of each currency add up to nothing', () => {
  const entry = fc.record({
    kind: fc.constantFrom<EntryKind>('AUTHORISE', 'CAPTURE', 'VOID', 'REFUND'),
    provider: fc.constantFrom('SANDBOX', 'STRIPE'),
    amountMinor: fc.integer({ min: 0, max: 2_147_483_647 }),
    currency: fc.constantFrom('USD', 'CNY'),
  });
  fc.assert(
    fc.property(fc.array(entry), (list) => {
      const entries: Entry[] = list.map((item) => ({ ...posting(item.kind, item.provider), amountMinor: item.amountMinor, currency: item.currency }));
      for (const currency of ['USD', 'CNY']) {
        const total = balances(entries).filter((balance) => balance.currency === currency).reduce((sum, balance) => sum + balance.balanceMinor, 0);
        expect(total).toBe(0);
      }
    }),
  );
});

test('a payment that is authorised, captured and refunded leaves nothing at the provider and nothing held', () => {
  const entries = (['AUTHORISE', 'CAPTURE', 'REFUND'] as const).map((kind) => ({ ...posting(kind, 'SANDBOX'), amountMinor: 700, currency: 'USD' }));
  expect(balances(entries)).toEqual([
    { account: 'held:SANDBOX', currency: 'USD', balanceMinor: 0 },
    { account: 'provider:SANDBOX', currency: 'USD', balanceMinor: 0 },
    { account: 'refunds', currency: 'USD', balanceMinor: 700 },
    { account: 'sales', currency: 'USD', balanceMinor: -700 },
  ]);
});

test('pauses grow and are capped at ten minutes', () => {
  expect([0, 1, 2, 3].map(pauseMs)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(pauseMs(50)).toBe(600_000);
});
