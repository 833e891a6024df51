/**
 * The two halves of a subscription that says the current state first and then every change: a mailbox that gathers
 * hints while the reader is busy, and a stream that ends at once when its client goes, even while it waits.
 */
import { LOOK_AGAIN, type Live } from './live.ts';

export interface Mailbox {
  /** Notes that `key` changed; ten times before the reader looks is once. */
  add(key: string): void;
  /** Waits until there is something, and takes it all; null once the signal has aborted. */
  take(): Promise<ReadonlySet<string> | null>;
  /** From now on each hint of `channel` is a note that `key` changed; where `key` is null the hint itself is the key. */
  follow(live: Live, channel: string, key: string | null): void;
}

/** A mailbox that lives until `signal` aborts. A channel that fails makes `take` reject with its error. */
export function createMailbox(signal: AbortSignal): Mailbox {
  let keys = new Set<string>();
  let failure: { error: unknown } | null = null;
  let wake = () => {};
  signal.addEventListener('abort', () => wake(), { once: true });

  const mailbox: Mailbox = {
    add(key) {
      keys.add(key);
      wake();
    },
    async take() {
      while (!signal.aborted) {
        if (failure) throw failure.error;
        if (keys.size > 0) {
          const taken = keys;
          keys = new Set();
          return taken;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return null;
    },
    follow(live, channel, key) {
      const hints = live.listen(channel, signal);
      const pump = async () => {
        for await (const hint of hints) if (key !== null || hint !== LOOK_AGAIN) mailbox.add(key ?? hint);
      };
      pump().catch((error: unknown) => {
        failure = { error };
        wake();
      });
    },
  };
  return mailbox;
}

/**
 * An iterator over what `produce` yields. Its `return` aborts the signal first: a plain async generator would hold a
 * `return` back until the value it waits for has come, and a client that leaves would be listened for until then.
 */
export function stream<Value>(produce: (signal: AbortSignal) => AsyncGenerator<Value>, clientGone?: AbortSignal): AsyncIterableIterator<Value> {
  const ended = new AbortController();
  const values = produce(clientGone ? AbortSignal.any([ended.signal, clientGone]) : ended.signal);
  const iterator: AsyncIterableIterator<Value> = {
    next: () => values.next(),
    return() {
      ended.abort();
      return values.return(undefined);
    },
    throw(error) {
      ended.abort();
      return values.throw(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
