import { hkdfSync } from 'node:crypto';

/** 32 bytes for one purpose out of the root secret, by HKDF with SHA-256 (RFC 5869): the same at every start, of no use for another purpose. */
export function deriveSecret(root: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', root, 'gomall', purpose, 32));
}
