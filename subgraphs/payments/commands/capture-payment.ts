/** `capture-payment`: takes what was set aside. */
import type { CommandHandler } from '#platform/inbox/inbox.ts';
import { commands, type CommandInput } from '#schema/messages.ts';
import { captureKey, lockPaymentOfOrder } from '../calls.ts';
import { after } from '../payment.ts';
import { addCall, callOf } from '../settle.ts';
import type { CommandParts } from './parts.ts';

export const capturePayment = ({ deps, worker }: CommandParts): CommandHandler<CommandInput<'payments', 'capture-payment'>> => ({
  type: 'capture-payment',
  input: commands.payments['capture-payment'],
  async handle(tx, { orderId }, { key }) {
    const payment = await lockPaymentOfOrder(tx, orderId);
    if (payment && payment.capturedMinor > 0) return { outcome: 'done', data: { paymentId: payment.id } };
    if (!payment || !after(payment.status, 'capture')) {
      return { outcome: 'refused', code: 'NOT_AUTHORISED', message: `There is nothing to take: ${payment?.status ?? 'no payment'}.` };
    }
    const call = await addCall(deps, tx, { ...callOf(payment), id: captureKey(payment.id), kind: 'CAPTURE', commandKey: key });
    tx.afterCommit(() => worker.take(call));
    return null;
  },
});
