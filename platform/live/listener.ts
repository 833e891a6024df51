/** One listener of a live channel, with a short queue of its own. */
import { LIVE_BACKLOG, LOOK_AGAIN } from './live.ts';

export class Listener implements AsyncIterableIterator<string> {
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
    if (payload === LOOK_AGAIN && this.#queue.at(-1) === LOOK_AGAIN) return;
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
