/** Access tokens: short-lived JWTs (RFC 7519) that any process can verify by the published keys alone. */
import { SignJWT } from 'jose';
import type { Clock } from '#platform/clock/clock.ts';
import type { SigningKeys } from './signing-keys.ts';

export const ISSUER = 'gomall';
/** Also the longest that a taken role, or an ended session, can go on being believed. */
export const ACCESS_TOKEN_SECONDS = 600;

export interface AccessClaims {
  userId: string;
  roles: readonly string[];
  sessionId: string;
}

export async function issueAccessToken(keys: SigningKeys, clock: Clock, claims: AccessClaims): Promise<string> {
  const key = await keys.current();
  const issuedAt = Math.floor(clock.nowMs() / 1_000);
  return new SignJWT({ roles: claims.roles, sid: claims.sessionId })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: key.kid })
    .setIssuer(ISSUER)
    .setSubject(claims.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(key.privateKey);
}
