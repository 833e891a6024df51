/** Files of the mall, known by their content: what is stored under a key can only ever be what the key says. */
export interface Blobs {
  /** Stores the bytes durably and answers their key, the SHA-256 in hex; the same bytes again change nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes; null when there are none under this key, or others than the key says (then they are told of as a warning). */
  get(key: string): Promise<Uint8Array | null>;
  /** Forgets the bytes; quiet when there are none. */
  delete(key: string): Promise<void>;
}
