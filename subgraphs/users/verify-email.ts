/** Proving that an e-mail address is the person's. */
import { Fault } from '#platform/errors.ts';
import { requireIdentity, type RequestContext } from '#platform/subgraph/context.ts';
import type { Parts } from './parts.ts';
import { findAccount, person } from './people.ts';
import { tokenInvalid, tooManyAttempts } from './refusals.ts';
import { VERIFICATIONS_PER_USER, count } from './throttle.ts';

/** Queues one more letter; nothing when the address is proven already. */
export async function requestEmailVerification({ deps, letters }: Parts, context: RequestContext) {
  const { userId } = requireIdentity(context);
  const account = await findAccount(deps.database, 'id', userId);
  if (!account) throw new Fault('NOT_FOUND');
  if (account.emailVerifiedAtMs !== null) return person(account);
  const retryAfterMs = await count(deps.kv, [VERIFICATIONS_PER_USER, userId]);
  if (retryAfterMs > 0) return tooManyAttempts(context.language, retryAfterMs);
  await deps.database.transaction((tx) => letters.queue(tx, 'verify-email', userId));
  return person(account);
}

export async function verifyEmail({ deps, letters }: Parts, token: string, context: RequestContext) {
  // The read keeps made-up tokens away from the one writer.
  if ((await letters.holderOf('verify-email', token)) === null) return tokenInvalid(context.language);
  const account = await deps.database.transaction(async (tx) => {
    const userId = await letters.spend(tx, 'verify-email', token);
    if (userId === null) return null;
    await tx.execute('update accounts set email_verified_at_ms = ? where id = ? and email_verified_at_ms is null', [
      deps.clock.nowMs(),
      userId,
    ]);
    return findAccount(tx, 'id', userId);
  });
  return account ? person(account, true) : tokenInvalid(context.language);
}
