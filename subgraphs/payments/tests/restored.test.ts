/** A shop whose books were brought back to an earlier time, and whose provider's were not. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { readSandboxBooks } from '../audit.ts';
import { openBank, type Bank } from './bank.ts';

let bank: Bank;
afterEach(() => bank.mall.close());

/** As the provider has it: what it did for the same order in the time that was lost. */
function atTheProvider(sql: string): void {
  const books = new DatabaseSync(bank.sandboxFile());
  books.exec(sql);
  books.close();
}
const undo = () => bank.command('void-payment', 'o1', {}, { key: 'o1/authorise-payment/undo', undoes: 'o1/authorise-payment' });

test('the same ask names the same payment, so the provider is asked under the same key, whatever the time', async () => {
  const keys: string[] = [];
  for (let life = 0; life < 2; life++) {
    bank = await openBank();
    await bank.authorise('o1');
    await bank.authorise('o2');
    await bank.mall.settle();
    keys.push(bank.calls.map(({ key }) => key).sort().join());
    await bank.mall.close();
  }
  bank = await openBank();
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys[0]!.split(',')).size).toBe(2);
});

test.each([
  ['taken', "update authorisations set state = 'CAPTURED', captured_minor = amount_minor"],
  ['taken and given back', "update authorisations set state = 'CAPTURED', captured_minor = amount_minor, refunded_minor = amount_minor"],
])('called off here, and %s there in the time that was lost: nothing stays taken, and the undo ends', async (_, then) => {
  bank = await openBank();
  await bank.authorise('o1');
  await bank.mall.settle();
  atTheProvider(then);
  await undo();
  await bank.mall.settle();
  expect(bank.replies('o1').at(-1)).toEqual({ outcome: 'done' });
  expect((await bank.records('o1'))[0]).toMatchObject({ status: 'VOIDED' });
  expect((await bank.audit()).openCalls).toBe(0);
  const money = readSandboxBooks(bank.sandboxFile()).get('o1')!;
  expect([money.heldMinor, money.capturedMinor - money.refundedMinor]).toEqual([0, 0]);
});
