/**
 * Who is signed in. The access token lives in this tab's memory only; the refresh token lives in localStorage, where a
 * lock keeps two tabs from spending the same one (a token spent twice ends the whole family, see `refreshSession`).
 */
import { LogoutDocument, RefreshSessionDocument, type SessionPartsFragment } from './gql/graphql.ts';
import { readStored, readStoredJson, writeStored } from './storage.ts';
import { after, newKey, nowMs } from './time.ts';

export interface SignedIn {
  refreshToken: string;
  user: { id: string; email: string | null; displayName: string | null; roles: readonly string[] };
}

export interface Session {
  /** The person of the last sign-in, also before the first token of this tab is there; null for a guest. */
  current(): SignedIn | null;
  subscribe(listener: () => void): () => void;
  /** A token that is good for at least half a minute; null for a guest, or when the accounts do not answer now. */
  accessToken(): Promise<string | null>;
  /** Forgets this tab's access token: the server no longer takes it. */
  distrust(token: string): void;
  begin(session: SessionPartsFragment): void;
  /** Signs out here and in all other tabs; the server ends the family when it can be reached. */
  end(): Promise<void>;
}

const STORED = 'gomall.session';
const LOCK = 'gomall.session.lock';
const SPARE_MS = 30_000;
const REFRESH_TIMEOUT_MS = 10_000;
const PAUSE_AFTER_FAILURE_MS = 5_000;

const isSignedIn = (value: unknown): value is SignedIn =>
  typeof value === 'object' && value !== null && typeof (value as SignedIn).refreshToken === 'string' && typeof (value as SignedIn).user?.id === 'string';

export function createSession(endpoint: string, language: string): Session {
  let signedIn = readStoredJson(STORED, isSignedIn);
  let access: { token: string; untilMs: number } | null = null;
  let refreshing: Promise<string | null> | null = null;
  let pausedUntilMs = 0;
  const listeners = new Set<() => void>();

  function change(next: SignedIn | null): void {
    const samePerson = next?.user.id === signedIn?.user.id;
    signedIn = next;
    if (!samePerson) access = null;
    for (const listener of listeners) listener();
  }

  // Another tab signed in, signed out or rotated the token.
  window.addEventListener('storage', (event) => {
    if (event.key === STORED || event.key === null) change(readStoredJson(STORED, isSignedIn));
  });

  function keep(session: SessionPartsFragment): string {
    access = { token: session.accessToken, untilMs: nowMs() + session.expiresInSeconds * 1000 };
    const { id, email, displayName, roles } = session.user;
    const next: SignedIn = { refreshToken: session.refreshToken, user: { id: String(id), email: email ?? null, displayName: displayName ?? null, roles: roles ?? [] } };
    writeStored(STORED, JSON.stringify(next));
    signedIn = next;
    for (const listener of listeners) listener();
    return session.accessToken;
  }

  async function refresh(): Promise<string | null> {
    return await withLock(async () => {
      // While we waited, another tab may have rotated the token or signed out: what is stored now counts.
      const stored = readStoredJson(STORED, isSignedIn);
      if (!stored) {
        change(null);
        return null;
      }
      const answer = await post(endpoint, language, RefreshSessionDocument.toString(), { refreshToken: stored.refreshToken });
      const result = answer?.refreshSession;
      if (!result) {
        pausedUntilMs = nowMs() + PAUSE_AFTER_FAILURE_MS;
        return null;
      }
      if (result.__typename === 'Session') return keep(result as unknown as SessionPartsFragment);
      writeStored(STORED, null);
      change(null);
      return null;
    });
  }

  return {
    current: () => signedIn,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async accessToken() {
      if (!signedIn) return null;
      if (access && access.untilMs - nowMs() > SPARE_MS) return access.token;
      if (nowMs() < pausedUntilMs) return null;
      refreshing ??= refresh().finally(() => {
        refreshing = null;
      });
      return await refreshing;
    },
    distrust(token) {
      if (access?.token === token) access = null;
    },
    begin(session) {
      access = null;
      keep(session);
    },
    async end() {
      const stored = readStoredJson(STORED, isSignedIn);
      writeStored(STORED, null);
      change(null);
      if (stored) await post(endpoint, language, LogoutDocument.toString(), { refreshToken: stored.refreshToken });
    },
  };
}

interface Answer { refreshSession?: { __typename: string } | null }

/** Null when the server cannot be reached or does not answer in words we know: the session is kept for a later try. */
async function post(endpoint: string, language: string, query: string, variables: Record<string, unknown>): Promise<Answer | null> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-language': language },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
    });
    const body = (await response.json()) as { data?: Answer | null };
    return body.data ?? null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return await navigator.locks.request(LOCK, work);
  return await withLease(work);
}

const LEASE_MS = 15_000;
const LEASE_TRIES = 100;

/** On plain HTTP in a LAN there are no Web Locks: a lease in localStorage, read again after a pause, is nearly as good. */
async function withLease<T>(work: () => Promise<T>): Promise<T> {
  const mine = newKey();
  for (let attempt = 0; attempt < LEASE_TRIES; attempt++) {
    const [owner, until] = (readStored(LOCK) ?? '').split(' ');
    if (!owner || Number(until) < nowMs()) {
      writeStored(LOCK, `${mine} ${nowMs() + LEASE_MS}`);
      await pause(60);
      if ((readStored(LOCK) ?? mine).startsWith(mine)) break;
    }
    await pause(150);
  }
  try {
    return await work();
  } finally {
    writeStored(LOCK, null);
  }
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => after(delayMs, () => resolve()));
