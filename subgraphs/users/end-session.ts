/** Signing out: here, or of a place that was lost. */
import { Fault } from '#platform/errors.ts';
import { requireIdentity, type RequestContext } from '#platform/subgraph/context.ts';
import type { Parts } from './parts.ts';
import { findAccount, person } from './people.ts';
import { sessionEnded } from './refusals.ts';
import { digestOf, endSession } from './sessions.ts';

/** Ends the session this refresh token belongs to, whether the token is spent or not. */
export async function logout({ deps }: Parts, refreshToken: string, context: RequestContext) {
  const nowMs = deps.clock.nowMs();
  const [found] = await deps.database.query<{ session_id: string }>(
    `select t.session_id from refresh_tokens t join account_sessions s on s.id = t.session_id
      where t.token_hash = ? and s.ended_at_ms is null and s.expires_at_ms > ?`,
    [digestOf(refreshToken), nowMs],
  );
  const ended = found && (await deps.database.transaction((tx) => endSession(tx, found.session_id, nowMs)));
  return ended ? { __typename: 'LoggedOut', done: true } : sessionEnded(context.language);
}

/** Another person's session is NOT_FOUND, like one that is over. */
export async function endOwnSession({ deps }: Parts, id: string, context: RequestContext) {
  const { userId } = requireIdentity(context);
  const account = await findAccount(deps.database, 'id', userId);
  const [session] = await deps.database.query('select id from account_sessions where id = ? and user_id = ?', [id, userId]);
  if (!account || !session) throw new Fault('NOT_FOUND');
  if (!(await deps.database.transaction((tx) => endSession(tx, id, deps.clock.nowMs())))) throw new Fault('NOT_FOUND');
  return person(account);
}
