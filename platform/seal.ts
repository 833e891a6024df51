/**
 * Seals a short secret for the way between rooms and for rows on disk: AES-256-GCM (NIST SP 800-38D) with a random
 * nonce. `purpose` is bound to it as associated data, so that a sealed text opens only where it was meant to.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Ids } from '#platform/ids/ids.ts';

const VERSION = 'v1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `v1.` and base64url of nonce, tag and cipher text; `key` is 32 bytes. Adds 42 characters and a third of the length. */
export function seal(ids: Ids, key: Uint8Array, text: string, purpose: string): string {
  const nonce = Buffer.from(ids.token(NONCE_BYTES), 'base64url');
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The text, or null when it was sealed with another key or for another purpose, or was changed on the way. */
export function unseal(key: Uint8Array, sealed: string, purpose: string): string | null {
  if (!sealed.startsWith(VERSION)) return null;
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(purpose)).setAuthTag(tag);
  const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch {
    // The tag does not fit: `final` throws for nothing else.
    return null;
  }
}
