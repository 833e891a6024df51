/** New passwords: by the old one, or by a letter. */
import type { Transaction } from '#platform/database/database.ts';
import { requireIdentity, type RequestContext } from '#platform/subgraph/context.ts';
import { Fault } from '#platform/errors.ts';
import { canonicalEmail, type Account } from './account.ts';
import { checkPassword } from './login.ts';
import type { Parts } from './parts.ts';
import { weaknessOf } from './password.ts';
import { findAccount, person } from './people.ts';
import { invalidCredentials, tokenInvalid, tooManyAttempts, weakPassword } from './refusals.ts';
import { endOtherSessions } from './sessions.ts';
import { FAILED_LOGINS_PER_EMAIL, RESETS_PER_CLIENT, RESETS_PER_EMAIL, clientOf, count, forget } from './throttle.ts';

/** Ends all other sessions. */
export async function changePassword(parts: Parts, input: { currentPassword: string; newPassword: string }, context: RequestContext) {
  const { deps, passwords, letters } = parts;
  const { userId, sessionId } = requireIdentity(context);
  const account = await findAccount(deps.database, 'id', userId);
  if (!account) throw new Fault('NOT_FOUND');
  const checked = await checkPassword(parts, { account, email: account.email, password: input.currentPassword }, context);
  if (checked.retryAfterMs > 0) return tooManyAttempts(context.language, checked.retryAfterMs);
  if (!checked.right) return invalidCredentials(context.language);
  const weakness = weaknessOf(input.newPassword, account.email);
  if (weakness) return weakPassword(context.language, weakness);

  const passwordHash = await passwords.hash(input.newPassword);
  const changed = await deps.database.transaction(async (tx) => {
    // Only over the password that was shown: of two changes at once, one holds and the other is told.
    const set = await tx.execute('update accounts set password_hash = ? where id = ? and password_hash = ?', [
      passwordHash,
      userId,
      account.passwordHash,
    ]);
    if (set.changed === 0) return false;
    await endOtherSessions(tx, userId, sessionId, deps.clock.nowMs());
    await voidResets(tx, userId, deps.clock.nowMs());
    await letters.queue(tx, 'password-changed', userId);
    return true;
  });
  return changed ? person(account, true) : invalidCredentials(context.language);
}

/** The answer tells nothing about the account: an unknown address is written down the same way, for nobody. */
export async function requestPasswordReset({ deps, letters }: Parts, input: string, context: RequestContext) {
  const email = canonicalEmail(input);
  if (email === null) throw new Fault('INVALID_INPUT', undefined, { fields: { email: 'must be an e-mail address' } });
  const retryAfterMs = await count(deps.kv, [RESETS_PER_EMAIL, email], [RESETS_PER_CLIENT, clientOf(context.clientAddress)]);
  if (retryAfterMs > 0) return tooManyAttempts(context.language, retryAfterMs);
  const account = await findAccount(deps.database, 'email', email);
  await deps.database.transaction((tx) => letters.queue(tx, 'reset-password', account?.id ?? null));
  return { __typename: 'LetterSent', done: true };
}

/** The letter's token is the proof, also that the address is the person's. Ends all sessions. */
export async function resetPassword(
  { deps, passwords, letters }: Parts,
  input: { token: string; newPassword: string },
  context: RequestContext,
) {
  const holder = await letters.holderOf('reset-password', input.token);
  const account = holder === null ? null : await findAccount(deps.database, 'id', holder);
  if (!account) return tokenInvalid(context.language);
  const weakness = weaknessOf(input.newPassword, account.email);
  if (weakness) return weakPassword(context.language, weakness);

  const passwordHash = await passwords.hash(input.newPassword);
  const nowMs = deps.clock.nowMs();
  const emailVerifiedAtMs = account.emailVerifiedAtMs ?? nowMs;
  const reset = await deps.database.transaction(async (tx) => {
    if ((await letters.spend(tx, 'reset-password', input.token)) === null) return false;
    await tx.execute('update accounts set password_hash = ?, email_verified_at_ms = ? where id = ?', [
      passwordHash,
      emailVerifiedAtMs,
      account.id,
    ]);
    await endOtherSessions(tx, account.id, null, nowMs);
    await voidResets(tx, account.id, nowMs);
    await letters.queue(tx, 'password-changed', account.id);
    return true;
  });
  if (!reset) return tokenInvalid(context.language);
  // Whoever was kept out by somebody's guesses comes in with the new password.
  await forget(deps.kv, [FAILED_LOGINS_PER_EMAIL, account.email]);
  const changed: Account = { ...account, passwordHash, emailVerifiedAtMs };
  return person(changed, true);
}

/** Other letters that are still under way must not undo the new password. */
const voidResets = (tx: Transaction, userId: string, nowMs: number) =>
  tx.execute(
    `update account_letters set used_at_ms = ?, due_at_ms = null where user_id = ? and kind = 'reset-password' and used_at_ms is null`,
    [nowMs, userId],
  );
