/**
 * Live fan-out to whoever listens now, in any process. At most once, no memory: a listener subscribes first, then reads
 * the current state from its database, then follows. Payloads are hints (an id, a version), not facts.
 */
export interface Live {
  /** Never throws into the caller's business; a lost hint is made good by the next one or by a re-read. */
  publish(channel: string, payload: string): void;
  /** Listens from the moment this returns until the signal aborts or the loop is left. A slow listener keeps only the newest `LIVE_BACKLOG`. */
  listen(channel: string, signal?: AbortSignal): AsyncIterableIterator<string>;
  close(): Promise<void>;
}

export const LIVE_BACKLOG = 64;

/**
 * The hint that says nothing but that hints may have been missed: read the state anew. It is no number, so that a listener
 * that compares hints as times lets it through; a channel whose hints are keys has nothing to read by it. Engines that
 * lose a connection send it when it is back, and once a second while it is not.
 */
export const LOOK_AGAIN = 'look again';
