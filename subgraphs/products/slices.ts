/** Long work in short slices, so that shoppers never wait for it. */
import type { Clock } from '#platform/clock/clock.ts';

/** Work between two pauses; with the slowest single step the event loop stays below 50 ms. */
export const SLICE_MS = 8;

export class Slices {
  readonly #clock: Clock;
  #startedMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.nowMs();
  }

  async pause(): Promise<void> {
    await this.#clock.sleep(0);
    this.#startedMs = this.#clock.nowMs();
  }

  async pauseIfLong(): Promise<void> {
    if (this.#clock.nowMs() - this.#startedMs >= SLICE_MS) await this.pause();
  }
}
