/** `refund-payment`: gives a part of what was taken back; never more than is left, counting refunds under way. */
import type { CommandHandler } from '#platform/inbox/inbox.ts';
import { commands, type CommandInput } from '#schema/messages.ts';
import { lockPaymentOfOrder } from '../calls.ts';
import { refundableMinor } from '../payment.ts';
import { addRefund } from '../settle.ts';
import type { CommandParts } from './parts.ts';

export const refundPayment = ({ deps, worker }: CommandParts): CommandHandler<CommandInput<'payments', 'refund-payment'>> => ({
  type: 'refund-payment',
  input: commands.payments['refund-payment'],
  async handle(tx, { orderId, refundId, amountMinor }, { key }) {
    const payment = await lockPaymentOfOrder(tx, orderId);
    const left = payment ? refundableMinor(payment) : 0;
    if (!payment || amountMinor > left || amountMinor === 0) {
      return { outcome: 'refused', code: 'REFUND_TOO_LARGE', message: `At most ${left} can be given back.`, data: { refundableMinor: left } };
    }
    const call = await addRefund(deps, tx, payment, { amountMinor, refundId, commandKey: key });
    tx.afterCommit(() => worker.take(call));
    return null;
  },
});
