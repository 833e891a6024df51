import { expect, test } from 'vitest';
import type { SignedParts } from './signed-context.ts';
import { CLOCK_SKEW_MS, SIGNATURE_LIFE_MS, createSigner } from './signed-context.ts';

const SECRET = Buffer.from('the secret of all processes of this mall');
let nowMs = 1_800_000_000_000;
const clock = { nowMs: () => nowMs };
const signer = createSigner(SECRET, clock);
const parts: SignedParts = {
  identity: { userId: 'u1', roles: ['ops'], scopes: new Set(['stock:read', 'orders:read']), sessionId: 's1' }, language: 'zh', traceId: 'a'.repeat(32), clientAddress: '192.0.2.7',
};
const REQUEST = 'POST /orders/graphql';
const BODY = '{"query":"{ orders { id } }"}';
const signed = signer.sign(REQUEST, parts, BODY);
const refusalOf = (...args: Parameters<typeof signer.verify>): string => {
  try {
    signer.verify(...args);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

test('who asks, in which language, under which trace and from where comes through', () => {
  expect(signer.verify(signed, REQUEST, BODY)).toEqual(parts);
  expect(signer.verify(signer.sign(REQUEST, { ...parts, identity: null }, BODY), REQUEST, Buffer.from(BODY)).identity).toBeNull();
});

test('a scope that a process of the next version knows and this one does not grants nothing here', () => {
  const ofNext = { ...parts, identity: { ...parts.identity!, scopes: new Set(['stock:read', 'moon:read' as 'stock:read'] as const) } };
  expect([...signer.verify(signer.sign(REQUEST, ofNext, BODY), REQUEST, BODY).identity!.scopes]).toEqual(['stock:read']);
});

test('nothing is believed that is not signed, or not with our secret', () => {
  expect(refusalOf(undefined, REQUEST, BODY)).toMatch(/not signed/);
  expect(refusalOf('', REQUEST, BODY)).toMatch(/not signed/);
  expect(refusalOf('v0.abc.def', REQUEST, BODY)).toMatch(/form/);
  expect(refusalOf('v1', REQUEST, BODY)).toMatch(/does not fit/);
  expect(refusalOf('x'.repeat(100_000), REQUEST, BODY)).toMatch(/form/);
  expect(refusalOf(createSigner(Buffer.from('another secret'), clock).sign(REQUEST, parts, BODY), REQUEST, BODY)).toMatch(/SESSION_SECRET/);
});

test('a signature is for one request with one body', () => {
  expect(refusalOf(signed, 'POST /users/graphql', BODY)).toMatch(/does not fit/);
  expect(refusalOf(signed, REQUEST, BODY.replace('id', 'number'))).toMatch(/does not fit/);
});

test('every single changed character is noticed', () => {
  const [version, payload, mac] = signed.split('.') as [string, string, string];
  const payloads = Array.from(payload, (letter, index) => `${version}.${payload.slice(0, index)}${letter === 'A' ? 'B' : 'A'}${payload.slice(index + 1)}.${mac}`);
  const rights = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), user: { ...parts.identity, scopes: ['users:write'] } })).toString('base64url');
  for (const altered of [...payloads, `${version}.${rights}.${mac}`, `${version}.${payload}.${mac.slice(0, -4)}`]) expect(refusalOf(altered, REQUEST, BODY)).not.toBe('accepted');
});

test('it is over after half a minute, and clocks may be apart by the skew and no more', () => {
  const at = (ms: number) => {
    nowMs += ms;
    const said = refusalOf(signed, REQUEST, BODY);
    nowMs -= ms;
    return said;
  };
  expect(at(SIGNATURE_LIFE_MS + CLOCK_SKEW_MS)).toBe('accepted');
  expect(at(SIGNATURE_LIFE_MS + CLOCK_SKEW_MS + 1)).toMatch(/35 s ago .*NTP/);
  expect(at(-CLOCK_SKEW_MS)).toBe('accepted');
  expect(at(-180_000)).toMatch(/180 s in the future .*NTP/);
});
