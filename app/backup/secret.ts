/** Tells one SESSION_SECRET from another without telling it: the root of what the mall has sealed and signed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveSecret } from '#platform/subgraph/secrets.ts';

/** 32 hexadecimal digits, derived by HKDF; null where there is neither a configured secret nor a kept one in `folder`. */
export function secretMark(configured: string | null, folder: string): string | null {
  const file = join(folder, 'session-secret');
  const secret = configured ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : null);
  return secret === null ? null : Buffer.from(deriveSecret(Buffer.from(secret), 'backup/mark')).toString('hex').slice(0, 32);
}
