/** The embedded live port: listeners of this process, each with a short queue of its own. */
import { LIVE_BACKLOG, type Live } from './live.ts';

class Listener implements AsyncIterableIterator<string> {
  #queue: string[] = [];
  #waiting: ((result: IteratorResult<string>) => void)[] = [];
  #ended = false;
  readonly #leave: () => void;

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  push(payload: string): void {
    const next = this.#waiting.shift();
    if (next) return next({ done: false, value: payload });
    this.#queue.push(payload);
    if (this.#queue.length > LIVE_BACKLOG) this.#queue.shift();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#queue = [];
    for (const next of this.#waiting.splice(0)) next({ done: true, value: undefined });
    this.#leave();
  }

  next(): Promise<IteratorResult<string>> {
    const payload = this.#queue.shift();
    if (payload !== undefined) return Promise.resolve({ done: false, value: payload });
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<string>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

export function createEmbeddedLive(): Live {
  const channels = new Map<string, Set<Listener>>();
  let closed = false;

  return {
    publish(channel, payload) {
      for (const listener of channels.get(channel) ?? []) listener.push(payload);
    },
    listen(channel, signal) {
      const listener = new Listener(() => {
        signal?.removeEventListener('abort', abort);
        const rest = channels.get(channel);
        rest?.delete(listener);
        if (rest?.size === 0) channels.delete(channel);
      });
      const abort = () => listener.end();
      if (closed || signal?.aborted) {
        listener.end();
        return listener;
      }
      const listeners = channels.get(channel) ?? new Set();
      channels.set(channel, listeners.add(listener));
      signal?.addEventListener('abort', abort, { once: true });
      return listener;
    },
    async close() {
      closed = true;
      for (const listeners of [...channels.values()]) for (const listener of [...listeners]) listener.end();
    },
  };
}
