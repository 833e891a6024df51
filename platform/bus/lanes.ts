/**
 * The lanes of one subscription, a lane a key: messages of a key one after the other, keys side by side. A lane whose
 * head fails waits and is tried again; the others go on.
 */
import type { Clock } from '#platform/clock/clock.ts';
import { MAX_ATTEMPTS, pauseAfter } from './backoff.ts';
import { Unhandleable, type Message, type Subscription } from './bus.ts';
import type { Mood } from './rude.ts';

/** Handlers of one subscription that run side by side. */
const MAX_AT_ONCE = 32;

export interface Errand {
  message: Message;
  topic: string;
  /** Attempts made so far. */
  attempts: number;
  /** Not before this time (Unix ms). */
  notBeforeMs: number;
  /** False when it is another process's by now: then it is dropped, and nothing is recorded. */
  valid?(): boolean;
  /** Called once when the message is handled. */
  handled(): void;
  /** Records a failed attempt; the message is tried again at `nextAtMs`. */
  postponed(attempts: number, nextAtMs: number, error: string): Promise<void>;
  /** Records that it is given up. */
  buried(attempts: number, error: string): Promise<void>;
}

interface Lane {
  key: string;
  errands: Errand[];
  state: 'idle' | 'queued' | 'busy' | 'waiting';
  /** When it goes on by itself, while it waits. */
  wakeAtMs: number;
  wake: () => void;
}

export class Lanes {
  readonly subscription: Subscription;
  readonly #clock: Clock;
  readonly #mood: Mood;
  readonly #lanes = new Map<string, Lane>();
  readonly #ready: Lane[] = [];
  #atOnce = 0;
  #running = false;
  #size = 0;
  #whenQuiet: (() => void)[] = [];
  /** When second copies come, in the rude mood. */
  readonly #copies = new Set<{ atMs: number }>();

  constructor(subscription: Subscription, clock: Clock, mood: Mood) {
    this.subscription = subscription;
    this.#clock = clock;
    this.#mood = mood;
  }

  start(): void {
    this.#running = true;
    this.#runReady();
  }

  /** Resolves when no handler runs any more, or after `withinMs`: a handler that hangs is left behind, its message comes again. */
  async stop(withinMs: number): Promise<void> {
    this.#running = false;
    for (const lane of this.#lanes.values()) lane.wake();
    if (this.#atOnce > 0 && withinMs > 0) {
      await new Promise<void>((resolve) => {
        this.#whenQuiet.push(resolve);
        this.#clock.after(withinMs, resolve);
      });
    }
    this.#lanes.clear();
    this.#ready.length = 0;
    this.#copies.clear();
    this.#size = 0;
  }

  push(errand: Errand): void {
    this.#size++;
    this.#line(errand);
    if (!this.#mood.twice()) return;
    this.#size++;
    const again: Errand = { ...errand, handled: () => {}, postponed: async () => {}, buried: async () => {} };
    const delayMs = 1 + this.#mood.lateMs();
    const copy = { atMs: this.#clock.nowMs() + delayMs };
    this.#copies.add(copy);
    this.#clock.after(delayMs, () => {
      if (this.#copies.delete(copy)) this.#line(again);
    });
  }

  /** When the next message that waits comes, Unix ms; null when one is at hand now, or none is left. */
  nextAtMs(): number | null {
    if (this.#atOnce > 0 || this.#ready.length > 0) return null;
    let next: number | null = null;
    for (const { atMs } of this.#copies) next = Math.min(next ?? atMs, atMs);
    for (const lane of this.#lanes.values()) if (lane.state === 'waiting') next = Math.min(next ?? lane.wakeAtMs, lane.wakeAtMs);
    return next;
  }

  /** Messages not yet handled. */
  size(): number {
    return this.#size;
  }

  #line(errand: Errand): void {
    const key = `${errand.topic}\n${errand.message.subject}`;
    let lane = this.#lanes.get(key);
    if (!lane) this.#lanes.set(key, (lane = { key, errands: [], state: 'idle', wakeAtMs: 0, wake: () => {} }));
    lane.errands.push(errand);
    if (lane.state === 'idle') this.#settle(lane);
  }

  /** Decides what the lane does next. */
  #settle(lane: Lane): void {
    const head = lane.errands[0];
    if (!head) {
      this.#lanes.delete(lane.key);
      return;
    }
    const waitMs = Math.max(head.notBeforeMs - this.#clock.nowMs(), this.#mood.lateMs());
    if (waitMs <= 0) {
      lane.state = 'queued';
      this.#ready.push(lane);
      this.#runReady();
      return;
    }
    lane.state = 'waiting';
    lane.wakeAtMs = this.#clock.nowMs() + waitMs;
    lane.wake = this.#clock.after(waitMs, () => {
      lane.wake = () => {};
      lane.state = 'queued';
      this.#ready.push(lane);
      this.#runReady();
    });
  }

  #runReady(): void {
    while (this.#running && this.#atOnce < MAX_AT_ONCE && this.#ready.length > 0) {
      const lane = this.#ready.shift()!;
      lane.state = 'busy';
      this.#atOnce++;
      void this.#attempt(lane).finally(() => {
        this.#atOnce--;
        if (this.#running) {
          lane.state = 'idle';
          this.#settle(lane);
          this.#runReady();
        } else if (this.#atOnce === 0) {
          for (const resolve of this.#whenQuiet.splice(0)) resolve();
        }
      });
    }
  }

  async #attempt(lane: Lane): Promise<void> {
    const errand = lane.errands[0]!;
    if (errand.valid && !errand.valid()) return this.#leave(lane);
    const attempt = errand.attempts + 1;
    try {
      await this.subscription.handle(errand.message, { attempt });
    } catch (error) {
      await this.#failed(lane, errand, attempt, error);
      return;
    }
    this.#leave(lane);
    errand.handled();
  }

  async #failed(lane: Lane, errand: Errand, attempt: number, error: unknown): Promise<void> {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const pauseMs = pauseAfter(attempt);
    try {
      if (error instanceof Unhandleable || attempt >= MAX_ATTEMPTS) {
        await errand.buried(attempt, text);
        this.#leave(lane);
        return;
      }
      errand.notBeforeMs = this.#clock.nowMs() + pauseMs;
      errand.attempts = attempt;
      await errand.postponed(attempt, errand.notBeforeMs, text);
    } catch {
      // The failure itself cannot be written down (a full disk, say): the message stays in its outbox row, and in this
      // lane for another attempt.
      errand.notBeforeMs = this.#clock.nowMs() + pauseMs;
    }
  }

  #leave(lane: Lane): void {
    lane.errands.shift();
    this.#size--;
  }
}
