import type { RequestContext } from '#platform/subgraph/context.ts';
import type { Parts } from './parts.ts';
import { accountLoader, person } from './people.ts';
import { sessionEnded, tokenReused } from './refusals.ts';
import { rotateToken } from './sessions.ts';
import { ACCESS_TOKEN_SECONDS, issueAccessToken } from './access-token.ts';

/** Spends a refresh token; the new session has the roles of this moment. See sessions.ts for tokens that come twice. */
export async function refreshSession({ deps, keys }: Parts, refreshToken: string, context: RequestContext) {
  const rotation = await rotateToken(deps, refreshToken);
  if (rotation.outcome === 'ended') return sessionEnded(context.language);
  if (rotation.outcome === 'reused') {
    deps.log.warn({ sessionId: rotation.sessionId }, 'a spent refresh token came again; its session was ended');
    return tokenReused(context.language);
  }
  return {
    __typename: 'Session',
    accessToken: await issueAccessToken(keys, deps.clock, rotation),
    refreshToken: rotation.refreshToken,
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
    user: async () => {
      const account = await accountLoader(context, deps.database).load(rotation.userId);
      return account && person(account, true);
    },
  };
}
