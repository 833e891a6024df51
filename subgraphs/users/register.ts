/** A new account, signed in at once; the letter that proves the address follows. */
import { Fault } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import { MAX_NAME_LENGTH, canonicalEmail, oneLine, type Account } from './account.ts';
import { addAccount } from './add-account.ts';
import type { Parts } from './parts.ts';
import { weaknessOf } from './password.ts';
import { findAccount } from './people.ts';
import { emailTaken, weakPassword } from './refusals.ts';
import { openSession } from './sessions.ts';
import { bringCart, sessionFor } from './sign-in.ts';
import { TAKEN_EMAILS_PER_CLIENT, clientOf, count, waitMs, type Counted } from './throttle.ts';

export interface RegisterInput {
  email: string;
  password: string;
  displayName: string;
  cartId?: string | null;
}

export async function register(parts: Parts, input: RegisterInput, context: RequestContext) {
  const { deps, passwords, letters } = parts;
  const { email, displayName } = checked(input);
  const weakness = weaknessOf(input.password, email);
  if (weakness) return weakPassword(context.language, weakness);

  const curious: Counted = [TAKEN_EMAILS_PER_CLIENT, clientOf(context.clientAddress)];
  const retryAfterMs = await waitMs(deps.kv, curious);
  if (retryAfterMs > 0) throw new Fault('LIMITED', undefined, { retryAfterMs });
  const taken = async () => {
    await count(deps.kv, curious);
    return emailTaken(context.language);
  };
  if (await findAccount(deps.database, 'email', email)) return taken();

  const account: Account = {
    id: deps.ids.uuid(),
    email,
    displayName,
    passwordHash: await passwords.hash(input.password),
    roles: ['customer'],
    emailVerifiedAtMs: null,
    language: context.language,
    createdAtMs: deps.clock.nowMs(),
  };
  const opened = await deps.database.transaction(async (tx) => {
    if (!(await addAccount(tx, deps.outbox, account))) return null;
    await letters.queue(tx, 'verify-email', account.id);
    return openSession(tx, deps, account.id);
  });
  if (!opened) return taken();
  await bringCart(parts, input.cartId, account.id);
  return sessionFor(parts, account, opened);
}

function checked(input: RegisterInput): { email: string; displayName: string } {
  const email = canonicalEmail(input.email);
  const displayName = oneLine(input.displayName, MAX_NAME_LENGTH);
  if (email !== null && displayName !== null) return { email, displayName };
  throw new Fault('INVALID_INPUT', undefined, {
    fields: {
      ...(email === null ? { 'input.email': 'must be an e-mail address' } : {}),
      ...(displayName === null ? { 'input.displayName': `must be one line of 1 to ${MAX_NAME_LENGTH} characters` } : {}),
    },
  });
}
