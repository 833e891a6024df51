/**
 * Where the parts of the mall are, when they run in processes of their own: who has registered, and which of them are
 * well. Between processes only; in one process nobody asks.
 */

/** One process that runs a module. */
export interface Instance {
  /** The same as long as the process lives. */
  id: string;
  /** A room's name: `orders`. */
  module: string;
  /** Where it listens, without a trailing slash: `http://10.0.0.7:8090`. */
  address: string;
}

export interface Registration extends Instance {
  /** Answers 200 when the instance can serve: `/health/ready`. */
  healthPath: string;
}

export interface Watching {
  /** Those that are well as far as is known, in no order. Empty until the first was found well. */
  current(): readonly Instance[];
  /** Calls back after every change of `current`; the returned function ends that. */
  changed(listener: () => void): () => void;
  /** Somebody could not connect: it is left out from now on until it answers its health path again. */
  refused(instance: Instance): void;
}

export interface Discovery {
  /** Makes an instance known; the returned function takes it back, which others hear within a second where they can be reached. */
  register(registration: Registration): Promise<() => Promise<void>>;
  /** One watch a module, however often it is asked for. Never rejects: when the registry is away, the last known addresses serve. */
  watch(module: string): Watching;
  /** What is worse than it should be, a line each, for health, without addresses: the registry does not answer, clocks are apart. */
  ailments(): string[];
  /** Ends watches and checks. What is registered is taken back by its owner. */
  close(): Promise<void>;
}

export const HEALTH_PATH = '/health/ready';
