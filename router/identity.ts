/** Who is asking: access tokens (JWT, RFC 7519) signed by the users room with EdDSA, checked against its key set (RFC 7517). */
import { timingSafeEqual } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Identity } from '#platform/subgraph/context.ts';
import { scopesOf } from '#platform/subgraph/permissions.ts';
import { createLru } from '#platform/lru.ts';

export const TOKEN_ISSUER = 'gomall';

export interface VerifiedToken {
  identity: Identity;
  /** Milliseconds since the Unix epoch. */
  expiresAtMs: number;
}

export interface TokenVerifier {
  /** @throws Fault UNAUTHENTICATED for a token that is not ours or is over, UNAVAILABLE when the keys cannot be had. */
  verify(token: string): Promise<VerifiedToken>;
}

export interface VerifierOptions {
  /** Asks for the public keys. */
  jwks: () => Promise<{ keys: readonly unknown[] }>;
  clock: Clock;
  /** A secret of this machine that acts as an identity of its own, e.g. of `npm run import`. */
  local?: LocalToken | undefined;
}

export interface LocalToken {
  token: string;
  identity: Identity;
}

/** Keys are asked for anew after this, even when all tokens fit. */
const KEYS_FRESH_MS = 10 * 60_000;
/** Tokens of unknown keys make us ask again, but not more often than this. */
const KEYS_PAUSE_MS = 5_000;
/** A connection opened with the local token is asked for it again after this. */
const LOCAL_TOKEN_MS = 12 * 60 * 60_000;
/** Tokens remembered as verified until they run out. */
const REMEMBERED_TOKENS = 10_000;

export function createTokenVerifier({ jwks, clock, local }: VerifierOptions): TokenVerifier {
  const remembered = createLru<VerifiedToken>(REMEMBERED_TOKENS);
  let keys: Promise<JSONWebKeySet> | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  function keySet(olderThanMs: number): Promise<JSONWebKeySet> {
    if (!keys || clock.nowMs() - askedAtMs >= olderThanMs) {
      askedAtMs = clock.nowMs();
      const asked = jwks().then((set) => ({ keys: [...set.keys] }) as JSONWebKeySet);
      // A failure must not be kept: the next token asks again.
      asked.catch(() => {
        if (keys === asked) keys = undefined;
      });
      keys = asked;
    }
    return keys;
  }

  async function keysFor(token: string): Promise<JSONWebKeySet> {
    const set = await keySet(KEYS_FRESH_MS);
    const { kid } = decodeProtectedHeader(token);
    return set.keys.some((key) => key.kid === kid) ? set : keySet(KEYS_PAUSE_MS);
  }

  async function verifyAnew(token: string): Promise<VerifiedToken> {
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(await keysFor(token)), {
        issuer: TOKEN_ISSUER, algorithms: ['EdDSA'], currentDate: new Date(clock.nowMs()), requiredClaims: ['sub', 'exp'],
      });
      return { identity: identityOf(payload), expiresAtMs: payload.exp! * 1000 };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Fault('UNAUTHENTICATED', 'Your session has run out; refresh it or sign in again.');
      if (error instanceof errors.JOSEError || error instanceof TypeError) throw new Fault('UNAUTHENTICATED', 'The access token is not valid.', { cause: error });
      throw error;
    }
  }

  return {
    async verify(token) {
      if (local && sameSecret(token, local.token)) return { identity: local.identity, expiresAtMs: clock.nowMs() + LOCAL_TOKEN_MS };
      const known = remembered.get(token);
      if (known && known.expiresAtMs > clock.nowMs()) return known;
      const verified = await verifyAnew(token);
      remembered.set(token, verified);
      return verified;
    },
  };
}

/** In a time that tells nothing of where they differ. */
function sameSecret(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function identityOf({ sub, roles, sid }: JWTPayload): Identity {
  const isList = Array.isArray(roles) && roles.every((role) => typeof role === 'string');
  if (!sub || !isList || typeof sid !== 'string') throw new Fault('UNAUTHENTICATED', 'The access token is not valid.');
  return { userId: sub, roles, scopes: scopesOf(roles), sessionId: sid };
}

/** The syntax of RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** The token of an `Authorization` header, null without one. @throws Fault UNAUTHENTICATED when it is of another form. */
export function bearerToken(authorization: string | undefined | null): string | null {
  if (!authorization) return null;
  const token = BEARER.exec(authorization.trim())?.[1];
  if (!token) throw new Fault('UNAUTHENTICATED', 'The Authorization header must be "Bearer <access token>".');
  return token;
}
