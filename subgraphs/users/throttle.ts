/**
 * How often one may fail. Counters live in kv with an end: no account is ever locked for good, and losing them all
 * costs nothing but patience.
 */
import { isIPv6 } from 'node:net';
import { rateLimit, type Kv } from '#platform/kv/kv.ts';
import { digestOf } from './sessions.ts';

export interface Throttle {
  name: string;
  limit: number;
  windowMs: number;
}

const MINUTES_MS = 60_000;
export const FAILED_LOGINS_PER_EMAIL: Throttle = { name: 'login-email', limit: 10, windowMs: 15 * MINUTES_MS };
export const FAILED_LOGINS_PER_CLIENT: Throttle = { name: 'login-client', limit: 50, windowMs: 15 * MINUTES_MS };
/** `register` tells whether an address has an account; this bounds how many one client can learn. */
export const TAKEN_EMAILS_PER_CLIENT: Throttle = { name: 'taken-client', limit: 30, windowMs: 15 * MINUTES_MS };
export const RESETS_PER_EMAIL: Throttle = { name: 'reset-email', limit: 5, windowMs: 60 * MINUTES_MS };
export const RESETS_PER_CLIENT: Throttle = { name: 'reset-client', limit: 50, windowMs: 60 * MINUTES_MS };
export const VERIFICATIONS_PER_USER: Throttle = { name: 'verification-user', limit: 5, windowMs: 60 * MINUTES_MS };

/** One throttle for one party, e.g. an e-mail address. */
export type Counted = readonly [Throttle, string];

/** Hashed, so that kv and its dumps hold nobody's address. */
const keyOf = ([throttle, party]: Counted): string => `users:throttle:${throttle.name}:${digestOf(party).slice(0, 32)}`;

/** Counts one more for each; answers 0, or the milliseconds to wait when that was too many. */
export async function count(kv: Kv, ...counted: Counted[]): Promise<number> {
  const waits = await Promise.all(counted.map((one) => rateLimit(kv, keyOf(one), one[0].limit, one[0].windowMs)));
  return Math.max(0, ...waits);
}

/** Whether one of them is used up already: 0, or the milliseconds to wait. Counts nothing. */
export async function waitMs(kv: Kv, ...counted: Counted[]): Promise<number> {
  const waits = await Promise.all(
    counted.map(async (one) => (Number((await kv.get(keyOf(one))) ?? 0) < one[0].limit ? 0 : Math.max(1, await kv.ttlMs(keyOf(one))))),
  );
  return Math.max(0, ...waits);
}

/** Starts the count anew, after a success. */
export const forget = (kv: Kv, counted: Counted): Promise<void> => kv.delete(keyOf(counted));

/** What counts as one client: an IPv4 address, or the /64 that one IPv6 subscriber has to himself. */
export function clientOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::') as [string, string?];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const groups =
    tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
