/**
 * Time, as a port: the only way to read a clock or to start a timer, so that a test or a simulator can own both.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Milliseconds since some beginning: what nobody puts forward or back, for measuring how long something takes. */
  elapsedMs(): number;
  /** Runs `work` once after `delayMs`; the returned function takes it back. Timers never keep the process alive. */
  after(delayMs: number, work: () => void): () => void;
  /** Runs `work` every `periodMs`; the returned function ends it. */
  every(periodMs: number, work: () => void): () => void;
  /** Resolves after `delayMs`, or rejects with the signal's reason. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
