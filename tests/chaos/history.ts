/**
 * What happened, as those outside saw it: every call, every answer, every fault, in the order in which they came. In the
 * manner of Jepsen (https://jepsen.io): a call is invoked and ends `ok` (it happened), `fail` (it did not) or `info` (nobody
 * knows: no answer came, or one that says so). Kept in memory for the checker and as lines of JSON for people.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Operation = 'register' | 'browse' | 'fill' | 'place' | 'look' | 'bank' | 'cancel' | 'refund' | 'watch' | 'fault';

/** An order as somebody saw it. */
export interface SeenOrder {
  id: string;
  status: string;
  payment: string;
}

export interface Entry {
  /** Since the run began. */
  atMs: number;
  /** Who called: a shopper, a watcher of a shopper's, the nemesis. */
  who: string;
  op: Operation;
  /** The idempotency key of a call, the id of the order that is looked at, the name of a fault. */
  key: string;
  kind: 'invoke' | 'ok' | 'fail' | 'info';
  /** From the call to its end. */
  ms?: number;
  order?: SeenOrder;
  /** Of a refusal, or of what came instead of an answer. */
  code?: string;
  /** The words that came with a code nobody should see. */
  why?: string;
  /** Codes of fields that came without their value, while the answer came. */
  missing?: string[];
  /** Of a call of placeOrder: whose keys it is among (`cart:…`, `user:…`), and how it was paid. */
  scope?: string;
  token?: string;
  /** Of a refund: how much was asked for. */
  amountMinor?: number;
}

export class History {
  readonly entries: Entry[] = [];
  readonly #begunMs = performance.now();
  readonly #file: string | null;

  /** `file`: where lines are written, anew. */
  constructor(file: string | null = null) {
    this.#file = file;
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  /** Since the run began. */
  nowMs(): number {
    return Math.round(performance.now() - this.#begunMs);
  }

  add(entry: Omit<Entry, 'atMs'>): Entry {
    const dated: Entry = { atMs: this.nowMs(), ...entry };
    this.entries.push(dated);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(dated)}\n`);
    return dated;
  }
}
