/** Identifiers and randomness, as a port, so that a test or a simulator can own them. */
export interface Ids {
  /** A UUID version 7 (RFC 9562): unguessable enough to name things, ordered by time of making. Not a secret. */
  uuid(): string;
  /** A secret of `bytes` random bytes (default 24) in base64url: for guest tokens, refresh tokens, cart ids. */
  token(bytes?: number): string;
  /** A whole number, 0 ≤ n < `below`, without bias. */
  integer(below: number): number;
}
