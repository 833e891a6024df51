/** Signing in by e-mail address and password, throttled by both ends. */
import type { RequestContext } from '#platform/subgraph/context.ts';
import { canonicalEmail, type Account } from './account.ts';
import type { Parts } from './parts.ts';
import { findAccount } from './people.ts';
import { invalidCredentials, tooManyAttempts } from './refusals.ts';
import { openSession } from './sessions.ts';
import { bringCart, sessionFor } from './sign-in.ts';
import { FAILED_LOGINS_PER_CLIENT, FAILED_LOGINS_PER_EMAIL, clientOf, count, forget, waitMs, type Counted } from './throttle.ts';

export interface LoginInput {
  email: string;
  password: string;
  cartId?: string | null;
}

export async function login(parts: Parts, input: LoginInput, context: RequestContext) {
  const { deps, passwords } = parts;
  const email = canonicalEmail(input.email);
  const account = email === null ? null : await findAccount(deps.database, 'email', email);
  const checked = await checkPassword(parts, { account, email: email ?? input.email, password: input.password }, context);
  if (checked.retryAfterMs > 0) return tooManyAttempts(context.language, checked.retryAfterMs);
  if (!checked.right || !account) return invalidCredentials(context.language);

  const freshHash = passwords.isOutdated(account.passwordHash) ? await passwords.hash(input.password) : null;
  const opened = await deps.database.transaction(async (tx) => {
    if (freshHash)
      await tx.execute('update accounts set password_hash = ? where id = ? and password_hash = ?', [
        freshHash,
        account.id,
        account.passwordHash,
      ]);
    return openSession(tx, deps, account.id);
  });
  await bringCart(parts, input.cartId, account.id);
  return sessionFor(parts, account, opened);
}

interface Claim {
  /** Null when no account has this e-mail address: it takes the same time. */
  account: Account | null;
  email: string;
  password: string;
}

/** Whether the password is right, or how long to wait before the next try counts. A failure is counted. */
export function checkPassword(
  { deps, passwords }: Parts,
  claim: Claim,
  context: RequestContext,
): Promise<{ right: boolean; retryAfterMs: number }> {
  const byEmail: Counted = [FAILED_LOGINS_PER_EMAIL, claim.email];
  const byClient: Counted = [FAILED_LOGINS_PER_CLIENT, clientOf(context.clientAddress)];
  return passwords.inTurn(async (matches) => {
    const retryAfterMs = await waitMs(deps.kv, byEmail, byClient);
    if (retryAfterMs > 0) return { right: false, retryAfterMs };
    const right = await matches(claim.account?.passwordHash ?? null, claim.password);
    if (right) await forget(deps.kv, byEmail);
    else await count(deps.kv, byEmail, byClient);
    return { right, retryAfterMs: 0 };
  });
}
