/** What a resolver knows of the request: who asks, in which language, under which trace. */
import { Fault } from '#platform/errors.ts';
import type { Scope } from './permissions.ts';

export type Language = 'en' | 'zh';

export interface Identity {
  userId: string;
  roles: readonly string[];
  scopes: ReadonlySet<Scope>;
  /** The family of refresh tokens this session belongs to. */
  sessionId: string;
}

export interface RequestContext {
  /** Null for a guest. Verified by the router; a room checks it again for everything it gives away. */
  identity: Identity | null;
  language: Language;
  traceId: string;
  /** Address of the client, after trusted proxies; for rate limits, never stored. */
  clientAddress: string;
  /** Aborted when the client has gone or its time is over. */
  signal?: AbortSignal;
  /** One value a request and key: batching loaders live here. */
  memo<T>(key: string, create: () => T): T;
}

export function createContext(parts: Omit<RequestContext, 'memo'>): RequestContext {
  const values = new Map<string, unknown>();
  return {
    ...parts,
    memo<T>(key: string, create: () => T): T {
      if (!values.has(key)) values.set(key, create());
      return values.get(key) as T;
    },
  };
}

export function requireIdentity(context: RequestContext): Identity {
  if (!context.identity) throw new Fault('UNAUTHENTICATED');
  return context.identity;
}

export const hasScope = (context: RequestContext, scope: Scope): boolean => context.identity?.scopes.has(scope) ?? false;

export function requireScope(context: RequestContext, scope: Scope): Identity {
  const identity = requireIdentity(context);
  if (!identity.scopes.has(scope)) throw new Fault('FORBIDDEN', `This needs the permission ${scope}.`);
  return identity;
}

/** The text in the reader's language; a text without translation is shown in the language it has. */
export function inLanguage(language: Language, text: { en?: string | null; zh?: string | null }): string {
  return (language === 'zh' ? text.zh || text.en : text.en || text.zh) ?? '';
}
