/**
 * What the mall's processes say to each other is signed: who asks, in which language, under which trace, from where, until
 * when, for which request and with which body (HMAC, RFC 2104, with SHA-256). So a room believes the router and other
 * rooms, and nobody else who can reach its port. A signature is good for one path and one body, for half a minute; what
 * must not be done twice has its idempotency key.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { RequestContext } from './context.ts';
import { SCOPES, type Scope } from './permissions.ts';
import { deriveSecret } from './secrets.ts';

/** The header that carries it. */
export const SIGNED_HEADER = 'x-gomall-signed';
/** What the key is derived for from SESSION_SECRET, the same in every process. */
export const SIGNATURE_PURPOSE = 'shared/router-signature';
export const SIGNATURE_LIFE_MS = 30_000;
/** How far the clocks of two machines may be apart. */
export const CLOCK_SKEW_MS = 5_000;

const VERSION = 'v1';
const MAX_LENGTH = 16_384;

export type SignedParts = Pick<RequestContext, 'identity' | 'language' | 'traceId' | 'clientAddress'>;

export interface Signer {
  /** `request` is what it is for: `POST /orders/graphql`. */
  sign(request: string, parts: SignedParts, body: string | Uint8Array): string;
  /** @throws Fault UNAUTHENTICATED saying what does not fit. */
  verify(signed: string | undefined, request: string, body: string | Uint8Array): SignedParts;
}

const payloadSchema = z.object({
  until: z.int(),
  user: z.object({ userId: z.string(), roles: z.array(z.string()), scopes: z.array(z.string()), sessionId: z.string() }).nullable(),
  language: z.enum(['en', 'zh']),
  traceId: z.string(),
  clientAddress: z.string(),
});

export function createSigner(rootSecret: Uint8Array, clock: Pick<Clock, 'nowMs'>): Signer {
  const key = deriveSecret(rootSecret, SIGNATURE_PURPOSE);

  const macOf = (request: string, payload: string, body: string | Uint8Array) =>
    createHmac('sha256', key).update(`${VERSION}\n${request}\n${payload}\n${hash('sha256', body)}`).digest();

  return {
    sign(request, { identity, language, traceId, clientAddress }, body) {
      const user = identity && { ...identity, scopes: [...identity.scopes] };
      const payload = Buffer.from(JSON.stringify({ until: clock.nowMs() + SIGNATURE_LIFE_MS, user, language, traceId, clientAddress })).toString('base64url');
      return `${VERSION}.${payload}.${macOf(request, payload, body).toString('base64url')}`;
    },

    verify(signed, request, body) {
      if (!signed) throw refusal('This request is not signed: rooms answer the router and each other only.');
      const [version, payload = '', mac = '', ...more] = signed.length > MAX_LENGTH ? [] : signed.split('.');
      if (version !== VERSION || more.length > 0) throw refusal('The signature is of a form that is not known here.');
      const [given, ours] = [Buffer.from(mac, 'base64url'), macOf(request, payload, body)];
      if (given.length !== ours.length || !timingSafeEqual(given, ours)) {
        throw refusal('The signature does not fit this request: it was altered on the way, or SESSION_SECRET is not the same in all processes.');
      }
      const parsed = payloadSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      if (!parsed.success) throw refusal('The signature fits, but not what it signs: the processes are of versions too far apart.');
      const { until, user, ...parts } = parsed.data;
      const ageMs = clock.nowMs() - (until - SIGNATURE_LIFE_MS);
      if (ageMs > SIGNATURE_LIFE_MS + CLOCK_SKEW_MS || ageMs < -CLOCK_SKEW_MS) {
        throw refusal(`The request was signed ${Math.abs(Math.round(ageMs / 1_000))} s ${ageMs > 0 ? 'ago' : 'in the future'} by the clock here; set the clocks of the machines (NTP).`);
      }
      // A process of the next version may know scopes that guard nothing here.
      return { ...parts, identity: user && { ...user, scopes: new Set(user.scopes.filter(isScope)) } };
    },
  };
}

const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
const refusal = (message: string) => new Fault('UNAUTHENTICATED', message);
