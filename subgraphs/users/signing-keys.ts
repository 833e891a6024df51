/**
 * The Ed25519 keys that access tokens are signed with (RFC 8037). Private halves rest sealed with AES-256-GCM under a
 * secret that is not in the database; public halves are told to whoever verifies. A new key is published a day before
 * it signs and an old one stays published a day after, so that nobody meets a token whose key they cannot know.
 */
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Logger } from '#platform/telemetry/log.ts';

const HOUR_MS = 3_600_000;
export const KEY_SIGNS_FOR_MS = 30 * 24 * HOUR_MS;
/** Between a key's publication and its first signature: longer than anybody may cache the key set. */
export const KEY_KNOWN_BEFORE_MS = 24 * HOUR_MS;
/** After its successor signs; longer than any access token lives. */
export const KEY_KNOWN_AFTER_MS = 24 * HOUR_MS;
/** How often a process looks for keys that another one has made. */
export const KEYS_REREAD_MS = 60_000;

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
}

export interface SigningKeys {
  /** Makes the first key, or the next one when it is time, and forgets the ones nobody needs. Safe in several processes at once. */
  rotate(): Promise<void>;
  /** The key to sign with now. */
  current(): Promise<SigningKey>;
  /** RFC 7517, public halves only. */
  published(): Promise<{ keys: Record<string, unknown>[] }>;
}

interface KeyRow {
  generation: number;
  kid: string;
  public_key: string;
  sealed_key: string;
  active_from_ms: number;
}

interface Parts {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** 32 bytes. */
  sealingKey: Uint8Array;
}

export function createSigningKeys({ database, clock, ids, log, sealingKey }: Parts): SigningKeys {
  let known: { readAtMs: number; rows: KeyRow[] } = { readAtMs: -Infinity, rows: [] };
  const opened = new Map<string, SigningKey | null>();

  async function read(): Promise<KeyRow[]> {
    const rows = await database.query<KeyRow>(
      'select generation, kid, public_key, sealed_key, active_from_ms from signing_keys order by generation desc',
    );
    known = { readAtMs: clock.nowMs(), rows };
    return rows;
  }

  /** Null when the row was sealed under another secret: such a key is still published, but cannot sign here. */
  function open(row: KeyRow): SigningKey | null {
    const before = opened.get(row.kid);
    if (before !== undefined) return before;
    const seed = unseal(row.sealed_key, row.kid, sealingKey);
    if (!seed) log.warn({ kid: row.kid }, 'a signing key was sealed under another SESSION_SECRET and is not used');
    const key = seed ? { kid: row.kid, privateKey: privateKeyOf(seed) } : null;
    opened.set(row.kid, key);
    return key;
  }

  const signer = (rows: KeyRow[]): SigningKey | null => {
    for (const row of rows) {
      const key = row.active_from_ms <= clock.nowMs() ? open(row) : null;
      if (key) return key;
    }
    return null;
  };

  async function add(generation: number, activeFromMs: number): Promise<void> {
    const seed = Buffer.from(ids.token(32), 'base64url');
    const jwk = createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' });
    const kid = await calculateJwkThumbprint(jwk as { kty: string });
    const row = {
      generation,
      kid,
      public_key: JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' }),
      sealed_key: seal(seed, kid, sealingKey, Buffer.from(ids.token(12), 'base64url')),
      active_from_ms: activeFromMs,
    };
    const made = await database.transaction((tx) => tx.insertIfAbsent('signing_keys', row));
    if (made) log.info({ kid, activeFromMs }, 'made a signing key');
  }

  async function rotate(): Promise<void> {
    const nowMs = clock.nowMs();
    let rows = await read();
    const newest = rows[0];
    if (!signer(rows)) await add((newest?.generation ?? 0) + 1, nowMs);
    else if (newest!.active_from_ms + KEY_SIGNS_FOR_MS <= nowMs) await add(newest!.generation + 1, nowMs + KEY_KNOWN_BEFORE_MS);
    rows = await read();
    const successor = rows.find((row) => row.active_from_ms + KEY_KNOWN_AFTER_MS <= nowMs);
    if (!successor || rows.at(-1) === successor) return;
    await database.transaction((tx) => tx.execute('delete from signing_keys where generation < ?', [successor.generation]));
    await read();
  }

  return {
    rotate,
    async current() {
      if (known.readAtMs + KEYS_REREAD_MS <= clock.nowMs()) await read();
      if (!signer(known.rows)) await rotate();
      const key = signer(known.rows);
      if (!key) throw new Fault('UNAVAILABLE', 'There is no key to sign with; try again shortly.');
      return key;
    },
    published: async () => ({ keys: (await read()).map((row) => JSON.parse(row.public_key) as Record<string, unknown>) }),
  };
}

/** A PKCS #8 envelope of an Ed25519 key is these bytes and the 32 of the seed (RFC 8410 §7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** nonce | tag | ciphertext in base64url, bound to `kid` so that sealed keys cannot change places. */
function seal(plain: Uint8Array, kid: string, key: Uint8Array, nonce: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(kid));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Null when it was sealed under another key or was changed. */
function unseal(text: string, kid: string, key: Uint8Array): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(kid)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const plain = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // GCM's tag does not match: the only way `final` fails.
    return null;
  }
}
