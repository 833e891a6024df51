/**
 * Sessions: families of refresh tokens, each token good for one refresh.
 *
 * A spent token that comes again is the sign of a thief (RFC 9700 §4.14.2): the family ends. But two tabs, or a client
 * whose answer was lost, also show a token twice, and honest people must not be signed out for it. So the successor
 * of a token is not random: it is an HMAC of the token under a secret of the room. Within `REPLAY_WINDOW_MS`, while
 * the successor is itself unspent, the same token gets the same successor again. The family stays one chain: a thief
 * who replays in the window gains the very token that the victim holds, and the next one of the two to be late by
 * more than the window ends the family. Detection comes one step later, but never fails.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Role } from '#platform/subgraph/permissions.ts';

const DAY_MS = 86_400_000;
/** A session nobody refreshes for so long is over … */
export const SESSION_IDLE_MS = 30 * DAY_MS;
/** … and any session after this: then the password is asked for again. */
export const SESSION_LIFE_MS = 90 * DAY_MS;
/** How long a spent token still answers with its successor: a lost answer, a restart of the mall and the repeat fit in. */
export const REPLAY_WINDOW_MS = 30_000;
const TOKEN_BYTES = 32;

export type Rotation =
  | { outcome: 'rotated'; sessionId: string; userId: string; roles: Role[]; refreshToken: string }
  | { outcome: 'ended' }
  | { outcome: 'reused'; sessionId: string };

type Deps = Pick<RoomDeps, 'database' | 'clock' | 'ids' | 'secret'>;

/** What is stored of a secret token: it has 256 random bits, so a plain hash is as good as a slow one. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface OpenedSession {
  sessionId: string;
  refreshToken: string;
}

/** A new family with its first token, in the caller's transaction. */
export async function openSession(tx: Transaction, deps: Deps, userId: string): Promise<OpenedSession> {
  const nowMs = deps.clock.nowMs();
  const sessionId = deps.ids.uuid();
  const refreshToken = deps.ids.token(TOKEN_BYTES);
  await tx.execute('insert into account_sessions (id, user_id, created_at_ms, last_used_at_ms, expires_at_ms) values (?, ?, ?, ?, ?)', [
    sessionId,
    userId,
    nowMs,
    nowMs,
    nowMs + SESSION_IDLE_MS,
  ]);
  await addToken(tx, refreshToken, sessionId, nowMs);
  return { sessionId, refreshToken };
}

const addToken = (tx: Transaction, token: string, sessionId: string, nowMs: number) =>
  tx.execute('insert into refresh_tokens (token_hash, session_id, created_at_ms) values (?, ?, ?)', [digestOf(token), sessionId, nowMs]);

const successorOf = (token: string, secret: Uint8Array): string => createHmac('sha256', secret).update(token).digest('base64url');

interface Holder {
  session_id: string;
  user_id: string;
  session_created_at_ms: number;
  roles: string;
}

/** Spends a refresh token for its successor. Unknown tokens cost one read and never reach the writer. */
export async function rotateToken(deps: Deps, token: string): Promise<Rotation> {
  const hash = digestOf(token);
  const nowMs = deps.clock.nowMs();
  const [holder] = await deps.database.query<Holder>(
    `select t.session_id, s.user_id, s.created_at_ms as session_created_at_ms, a.roles
       from refresh_tokens t join account_sessions s on s.id = t.session_id join accounts a on a.id = s.user_id
      where t.token_hash = ? and s.ended_at_ms is null and s.expires_at_ms > ?`,
    [hash, nowMs],
  );
  if (!holder) return { outcome: 'ended' };
  const sessionId = holder.session_id;
  const refreshToken = successorOf(token, deps.secret('users.refresh-tokens'));
  const expiresAtMs = Math.min(holder.session_created_at_ms + SESSION_LIFE_MS, nowMs + SESSION_IDLE_MS);

  return deps.database.transaction(async (tx): Promise<Rotation> => {
    // The row of the session is touched first: it puts two refreshes of one family in a row on every engine.
    const alive = await tx.execute(
      'update account_sessions set last_used_at_ms = ?, expires_at_ms = ? where id = ? and ended_at_ms is null',
      [nowMs, expiresAtMs, sessionId],
    );
    if (alive.changed === 0) return { outcome: 'ended' };
    const spent = await tx.execute('update refresh_tokens set spent_at_ms = ? where token_hash = ? and spent_at_ms is null', [nowMs, hash]);
    if (spent.changed === 1) await addToken(tx, refreshToken, sessionId, nowMs);
    else if (!(await mayReplay(tx, hash, digestOf(refreshToken), nowMs))) {
      await endSession(tx, sessionId, nowMs);
      return { outcome: 'reused', sessionId };
    }
    return { outcome: 'rotated', sessionId, userId: holder.user_id, roles: holder.roles.split(' ') as Role[], refreshToken };
  });
}

async function mayReplay(tx: Transaction, hash: string, successorHash: string, nowMs: number): Promise<boolean> {
  const rows = await tx.query<{ token_hash: string; spent_at_ms: number | null }>(
    `select token_hash, spent_at_ms from refresh_tokens where token_hash in (?, ?)${tx.forUpdate}`,
    [hash, successorHash],
  );
  const own = rows.find((row) => row.token_hash === hash);
  const successor = rows.find((row) => row.token_hash === successorHash);
  return (
    own?.spent_at_ms != null && nowMs - own.spent_at_ms <= REPLAY_WINDOW_MS && successor !== undefined && successor.spent_at_ms === null
  );
}

/** Ends the session; false when it was over before. */
export async function endSession(tx: Transaction, sessionId: string, nowMs: number): Promise<boolean> {
  const ended = await tx.execute('update account_sessions set ended_at_ms = ? where id = ? and ended_at_ms is null', [nowMs, sessionId]);
  return ended.changed === 1;
}

/** Ends every session of the person but the one to keep, if any. */
export const endOtherSessions = (tx: Transaction, userId: string, keepSessionId: string | null, nowMs: number) =>
  tx.execute('update account_sessions set ended_at_ms = ? where user_id = ? and ended_at_ms is null and id <> ?', [
    nowMs,
    userId,
    keepSessionId ?? '',
  ]);
