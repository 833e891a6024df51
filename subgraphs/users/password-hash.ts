/** Passwords at rest: argon2id, a bounded number at once. */
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { Fault } from '#platform/errors.ts';
import { canonicalPassword, isTooLong } from './password.ts';

/** OWASP Password Storage Cheat Sheet, second of the equal settings: argon2id, 19 MiB, two passes, one lane. */
export const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/**
 * A hash takes some 20 ms of a core and 19 MiB. Node has four threads for such work and SQLite, files and names need
 * some too: two hashes at once keep the shop going in a storm of sign-ins; the rest queue, and beyond that wait outside.
 */
export const HASHES_AT_ONCE = 2;
export const HASHES_WAITING = 100;
/** About what a full queue takes to be worked off. */
export const HASH_RETRY_AFTER_MS = 2_000;

/** A hash of these parameters that no password is known for, so that an unknown e-mail address takes the time of a wrong password. */
export const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$CQaUuc4RmJhfcEVsghzImw$iGQuHvVlx9KPmdy+1kvub0++81xcupWa6mTUcSLezzE';

/** Null stands for an account that is not there: it is hashed all the same, and the answer is no. */
export type Matches = (passwordHash: string | null, password: string) => Promise<boolean>;

export interface Passwords {
  /** PHC string of a new hash. Throws LIMITED when too many wait. */
  hash(password: string): Promise<string>;
  /**
   * Checks a password in turn. Whatever must be read before and counted after the check belongs inside `work`: then
   * many guesses at once cannot all pass a throttle before the first has failed. Throws LIMITED when too many wait.
   */
  inTurn<T>(work: (matches: Matches) => Promise<T>): Promise<T>;
  /** Whether the hash was made with other parameters than today's and should be made anew. */
  isOutdated(passwordHash: string): boolean;
}

export function createPasswords(): Passwords {
  const gate = bulkhead(HASHES_AT_ONCE, HASHES_WAITING);
  const bounded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await gate.execute(work);
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new Fault('LIMITED', 'Very many people are signing in right now; try again in a moment.', {
        retryAfterMs: HASH_RETRY_AFTER_MS,
      });
    }
  };
  return {
    hash: (password) => bounded(() => hash(canonicalPassword(password), ARGON2)),
    inTurn: (work) => bounded(() => work(matches)),
    isOutdated(passwordHash) {
      const made = parseOptions(passwordHash);
      return made.memoryCost !== ARGON2.memoryCost || made.timeCost !== ARGON2.timeCost || made.parallelism !== ARGON2.parallelism;
    },
  };
}

const matches: Matches = async (passwordHash, password) => {
  // A password that is too long cannot have been set, and its length must not cost.
  const tooLong = isTooLong(password);
  const same = await verify(passwordHash ?? NOBODYS_HASH, tooLong ? '' : canonicalPassword(password));
  return same && passwordHash !== null && !tooLong;
};
