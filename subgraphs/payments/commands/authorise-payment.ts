/** `authorise-payment`: a payment and its call are written; the provider is asked after the commit, the reply comes then. */
import { derivedUuid } from '#platform/ids/derived.ts';
import type { CommandHandler } from '#platform/inbox/inbox.ts';
import { commands, type CommandInput } from '#schema/messages.ts';
import { authorisationKey } from '../calls.ts';
import { addCall } from '../settle.ts';
import type { CommandParts } from './parts.ts';

type Input = CommandInput<'payments', 'authorise-payment'>;

export const authorisePayment = ({ deps, providers, worker }: CommandParts): CommandHandler<Input> => ({
  type: 'authorise-payment',
  input: commands.payments['authorise-payment'],
  async handle(tx, { orderId, provider, token, amountMinor, currency, expiresAtMs }, { key }) {
    if (!providers.has(provider)) return { outcome: 'refused', code: 'PROVIDER_UNAVAILABLE', message: `${provider} is not configured in this shop.` };
    // From the ask, so that a shop that was brought back to a time before it asks the provider under the same key.
    const paymentId = derivedUuid(`payment/${key}`);
    // The token came sealed and stays so; it is wiped with the provider's answer.
    await tx.execute(
      `insert into payment (id, order_id, provider, status, amount_minor, captured_minor, refunded_minor, refunding_minor, currency, token_sealed, created_ms)
       values (?, ?, ?, 'PENDING', ?, 0, 0, 0, ?, ?, ?)`,
      [paymentId, orderId, provider, amountMinor, currency, token, deps.clock.nowMs()],
    );
    const call = await addCall(deps, tx, {
      id: authorisationKey(paymentId), paymentId, orderId, provider, kind: 'AUTHORISE', amountMinor, currency,
      refundId: null, commandKey: key, sealedToken: token, expiresMs: expiresAtMs,
    });
    tx.afterCommit(() => worker.take(call));
    return null;
  },
});
