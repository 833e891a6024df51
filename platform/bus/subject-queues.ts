/**
 * What a listener has in hand: messages of a subject one after the other, subjects side by side. A message that fails is
 * parked together with those of its subject behind it, so that nothing here waits for a second attempt.
 */
import type { Message } from './bus.ts';

/** Handlers of one listener that run side by side. */
const MAX_AT_ONCE = 32;

export interface Item {
  /** As the mall names it. */
  topic: string;
  message: Message;
  /** Order within the subject. */
  offset: number;
  /** Handled or parked: its offset may be passed. */
  release(): void;
}

export interface QueueHandlers {
  handle(item: Item): Promise<void>;
  /** Whether a message of this subject waits as a row, so that this one must too. */
  mustWait(key: string): Promise<boolean>;
  /**
   * Takes items of one subject, the first of which failed (or all wait, without an error). True when they are safe and
   * may be released; false when they are to be forgotten, and come again. Never rejects.
   */
  park(key: string, items: readonly Item[], error?: unknown): Promise<boolean>;
  /** True when only this message is to be given up, and its subject goes on. */
  final(error: unknown): boolean;
}

interface Queue {
  key: string;
  items: Item[];
  busy: boolean;
}

export const subjectKey = (topic: string, subject: string): string => `${topic}\n${subject}`;

export class SubjectQueues {
  readonly #handlers: QueueHandlers;
  readonly #queues = new Map<string, Queue>();
  readonly #ready: Queue[] = [];
  #atOnce = 0;
  #size = 0;
  #open = true;
  #waiters: (() => void)[] = [];

  constructor(handlers: QueueHandlers) {
    this.#handlers = handlers;
  }

  /** Messages in hand. */
  get size(): number {
    return this.#size;
  }

  push(item: Item): void {
    if (!this.#open) return;
    const key = subjectKey(item.topic, item.message.subject);
    let queue = this.#queues.get(key);
    if (!queue) this.#queues.set(key, (queue = { key, items: [], busy: false }));
    queue.items.push(item);
    this.#size++;
    if (!queue.busy && queue.items.length === 1) this.#ready.push(queue);
    this.#runReady();
  }

  /** Forgets what is not being handled now: its partitions may be another process's by now. */
  drop(): void {
    for (const queue of this.#queues.values()) {
      const kept = queue.busy ? 1 : 0;
      this.#size -= queue.items.length - kept;
      queue.items.length = kept;
      if (!queue.busy) this.#queues.delete(queue.key);
    }
    this.#ready.length = 0;
    this.#wake();
  }

  /** No new handler begins; resolves when those under way have ended, or `enough` does. */
  async close(enough: Promise<unknown>): Promise<void> {
    this.#open = false;
    this.drop();
    await Promise.race([this.#until(() => this.#atOnce === 0), enough]);
  }

  /** Resolves when fewer than `count` messages are in hand, or `enough` does. */
  async below(count: number, enough: Promise<unknown>): Promise<void> {
    await Promise.race([this.#until(() => this.#size < count || !this.#open), enough]);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  #wake(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }

  #runReady(): void {
    while (this.#open && this.#atOnce < MAX_AT_ONCE && this.#ready.length > 0) {
      const queue = this.#ready.shift()!;
      queue.busy = true;
      this.#atOnce++;
      void this.#step(queue).finally(() => {
        this.#atOnce--;
        queue.busy = false;
        if (queue.items.length > 0) this.#ready.push(queue);
        else this.#queues.delete(queue.key);
        this.#wake();
        this.#runReady();
      });
    }
  }

  /** Handles or parks the head of a queue; never rejects. */
  async #step(queue: Queue): Promise<void> {
    const head = queue.items[0]!;
    const { handle, mustWait, park, final } = this.#handlers;
    if (await mustWait(queue.key)) return this.#parkAll(queue);
    try {
      await handle(head);
    } catch (error) {
      if (!final(error)) return this.#parkAll(queue, error);
      return this.#leave(queue, [head], await park(queue.key, [head], error));
    }
    this.#leave(queue, [head], true);
  }

  async #parkAll(queue: Queue, error?: unknown): Promise<void> {
    const items = [...queue.items];
    this.#leave(queue, items, await this.#handlers.park(queue.key, items, error));
  }

  #leave(queue: Queue, items: readonly Item[], released: boolean): void {
    const gone = new Set(items);
    const left = queue.items.filter((item) => !gone.has(item));
    this.#size -= queue.items.length - left.length;
    queue.items = left;
    if (released) for (const item of items) item.release();
  }
}
