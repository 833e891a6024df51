/**
 * Idempotency keys (contract): kept in the transaction of the fact with a reference to the outcome. The same key with
 * the same input answers the same outcome, another input is CONFLICT, a concurrent repeat waits for the first.
 */
import type { Transaction } from '#platform/database/database.ts';

export interface IdempotentCall {
  /** The mutation, e.g. `placeOrder`. */
  operation: string;
  /** Whose key it is: `user:<id>`, `cart:<id>`, or `anonymous` (then the key must be a UUID). */
  scope: string;
  /** 8 to 128 characters, made by the client; anything else is INVALID_INPUT on `input.idempotencyKey`. */
  key: string;
  /** The whole input; compared by a hash of its canonical JSON. */
  input: unknown;
}

export interface Idempotency {
  /**
   * Runs `work` in one transaction unless the key is known, and answers what it answered: a small JSON value,
   * usually ids. `replayed` tells which. A throw from `work` rolls back the key too.
   */
  run<Outcome>(call: IdempotentCall, work: (tx: Transaction) => Promise<Outcome>): Promise<{ outcome: Outcome; replayed: boolean }>;
}
