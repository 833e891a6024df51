/** Identifiers that follow from what they name, so that whoever does the same thing again names it the same. */
import { createHash } from 'node:crypto';

/** A UUID version 8 made of SHA-256 over `name` (RFC 9562 §5.8 and appendix B.2). As unguessable as the name. */
export function derivedUuid(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
