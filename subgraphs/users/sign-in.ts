/** The end that registering, signing in and refreshing share: a session in the hand. */
import { adoptCart } from '#schema/asks.ts';
import { ACCESS_TOKEN_SECONDS, issueAccessToken } from './access-token.ts';
import type { Account } from './account.ts';
import type { Parts } from './parts.ts';
import { person } from './people.ts';
import type { OpenedSession } from './sessions.ts';

/** GraphQL's `Session`. */
export async function sessionFor({ deps, keys }: Parts, account: Account, opened: OpenedSession) {
  const claims = { userId: account.id, roles: account.roles, sessionId: opened.sessionId };
  return {
    __typename: 'Session',
    accessToken: await issueAccessToken(keys, deps.clock, claims),
    refreshToken: opened.refreshToken,
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
    user: person(account, true),
  };
}

/** Merges the guest's cart into the person's. Whatever fails there must not keep anybody from signing in. */
export async function bringCart({ deps }: Parts, cartId: string | null | undefined, userId: string): Promise<void> {
  if (!cartId) return;
  try {
    await deps.asker.ask(adoptCart, { cartId, userId });
  } catch (error) {
    deps.log.warn({ err: error, userId }, 'the cart room could not adopt a cart at sign-in');
  }
}
