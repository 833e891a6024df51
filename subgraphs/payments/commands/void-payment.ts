/**
 * `void-payment`, the undo of `authorise-payment`: lets go what is set aside, gives back what was taken, or keeps an
 * authorisation that is still on its way from happening. (An undo before its ask is the inbox's tombstone.)
 */
import type { CommandHandler } from '#platform/inbox/inbox.ts';
import { commands, type CommandInput } from '#schema/messages.ts';
import { authorisationKey, finishCall, lockPaymentOfOrder } from '../calls.ts';
import { undoing } from '../payment.ts';
import { addCall, addRefund, callOf } from '../settle.ts';
import type { CommandParts } from './parts.ts';

export const voidPayment = ({ deps, worker }: CommandParts): CommandHandler<CommandInput<'payments', 'void-payment'>> => ({
  type: 'void-payment',
  input: commands.payments['void-payment'],
  async handle(tx, { orderId }, { key }) {
    const payment = await lockPaymentOfOrder(tx, orderId);
    const what = payment ? undoing(payment) : { how: 'nothing' as const };
    if (!payment || what.how === 'nothing') return { outcome: 'done' };
    // An authorisation under way finds its row gone and is of no interest; the provider keeps the later of the two out.
    if (what.how === 'void') await finishCall(tx, authorisationKey(payment.id));
    const call =
      what.how === 'void'
        ? await addCall(deps, tx, { ...callOf(payment), id: `${payment.id}/void`, kind: 'VOID', commandKey: key })
        : await addRefund(deps, tx, payment, { amountMinor: what.amountMinor, refundId: `${payment.id}/undo`, commandKey: key });
    tx.afterCommit(() => worker.take(call));
    return null;
  },
});
