/**
 * Signatures of webhooks as Standard Webhooks 1.0 has them (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body`, so that neither the body nor its age can be changed. A replay within the tolerance is caught by
 * the receiver, which knows the id.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { WebhookRefused } from './provider.ts';

/** How far the sender's clock may be from ours. */
export const WEBHOOK_TOLERANCE_MS = 300_000;
/** Senders that rotate their key sign with two or three. */
const MAX_SIGNATURES = 5;

function signature(secret: Uint8Array, id: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest();
}

/** The three headers of a signed webhook; `nowMs` becomes its timestamp in seconds. */
export function signWebhook(secret: Uint8Array, id: string, nowMs: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature(secret, id, timestamp, body).toString('base64')}`,
  };
}

/** The webhook's id. Throws `WebhookRefused` when a header is missing, the time is off or no signature fits. */
export function verifyWebhook(secret: Uint8Array, headers: Headers, body: string, nowMs: number): string {
  const id = headers.get('webhook-id');
  const timestamp = headers.get('webhook-timestamp');
  const given = headers.get('webhook-signature');
  if (!id || id.length > 128 || !timestamp || !given) throw new WebhookRefused('a signature header is missing');
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookRefused('webhook-timestamp is not a number of seconds');
  if (Math.abs(nowMs - Number(timestamp) * 1000) > WEBHOOK_TOLERANCE_MS) throw new WebhookRefused('webhook-timestamp is too far from now');
  const expected = signature(secret, id, timestamp, body);
  const fits = given
    .split(' ', MAX_SIGNATURES)
    .map((part) => Buffer.from(part.startsWith('v1,') ? part.slice(3) : '', 'base64'))
    .some((candidate) => candidate.length === expected.length && timingSafeEqual(candidate, expected));
  if (!fits) throw new WebhookRefused('webhook-signature does not fit');
  return id;
}
