import { randomBytes, randomFillSync, randomInt } from 'node:crypto';
import type { Ids } from './ids.ts';

const UUID_BYTES = 16;
/** Random bytes are drawn for so many UUIDs at once: a draw costs the same for one as for hundreds. */
const pool = Buffer.alloc(UUID_BYTES * 256);
let used = pool.length;

/** RFC 9562 §5.7: 48 bits of Unix time in milliseconds, version 7, variant 10, 74 random bits. */
function uuidV7(nowMs: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + UUID_BYTES);
  used += UUID_BYTES;
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const systemIds: Ids = {
  uuid: () => uuidV7(Date.now()),
  token: (bytes = 24) => randomBytes(bytes).toString('base64url'),
  integer: (below) => randomInt(below),
};
