import type { Ids } from '#platform/ids/ids.ts';

/** Standard Webhooks asks for 24 to 64 random bytes. */
const SECRET_BYTES = 32;

export const randomBytesOf = (ids: Ids): Buffer => Buffer.from(ids.token(SECRET_BYTES), 'base64url');
