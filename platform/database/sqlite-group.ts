/**
 * Group commit: transactions that wait for the one writer at the same time share a commit, which is the dear part (it waits
 * for the disk). Each runs alone and whole, behind a savepoint of its own; one that fails takes nothing with it, and
 * nobody hears of a success before the commit is durable. Each runs in the asynchronous context of whoever asked for it, so
 * that what is traced or counted there is its own.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Fault } from '#platform/errors.ts';
import type { Transaction } from './database.ts';
import type { Gate, SqliteConnection } from './sqlite-connection.ts';

/** Transactions in one commit at most, and how long (ms) it may go on taking more: both bound what a reader has to wait for. */
const MAX_TOGETHER = 64;
const MAX_TOGETHER_MS = 20;

export interface GroupedTransaction extends Transaction {
  flush(): Promise<void>;
  discard(): void;
  end(): void;
  runAfterCommit(): void;
}

export interface CommitGroupOptions {
  connection: SqliteConnection;
  gate: Gate;
  open(): GroupedTransaction;
  /** Rejects when the work takes too long. */
  within<T>(work: Promise<T>): Promise<T>;
  nowMs(): number;
  onHeld(heldMs: number): void;
}

const closed = () => new Fault('UNAVAILABLE', 'The database is closed.');

interface Job {
  work(tx: Transaction): Promise<unknown>;
  inItsContext<Result>(run: () => Result): Result;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

interface Done {
  job: Job;
  tx: GroupedTransaction;
  result: unknown;
}

export class CommitGroup {
  readonly #options: CommitGroupOptions;
  #waiting: Job[] = [];
  #running = false;
  #closed = false;

  constructor(options: CommitGroupOptions) {
    this.#options = options;
  }

  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) return reject(closed());
      this.#waiting.push({ work, inItsContext: AsyncLocalStorage.snapshot(), resolve: resolve as (result: unknown) => void, reject });
      if (this.#running) return;
      this.#running = true;
      // After everything that is ready to be read from the network has had its turn, so that it can join.
      setImmediate(() => void this.#drain());
    });
  }

  /** Refuses whoever waits, and whoever comes. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
  }

  async #drain(): Promise<void> {
    const { gate } = this.#options;
    while (this.#waiting.length > 0) {
      await gate.enter();
      const begunMs = this.#options.nowMs();
      const done = await this.#together(begunMs);
      gate.leave();
      this.#options.onHeld(this.#options.nowMs() - begunMs);
      for (const { job, tx, result } of done) {
        try {
          job.inItsContext(() => tx.runAfterCommit());
          job.resolve(result);
        } catch (error) {
          job.reject(error);
        }
      }
    }
    this.#running = false;
  }

  /** Runs those that wait in one transaction; answers those that are durable now. The others have been told. */
  async #together(begunMs: number): Promise<Done[]> {
    const { connection, nowMs } = this.#options;
    let done: Done[] = [];
    try {
      for (let count = 0; this.#waiting.length > 0 && count < MAX_TOGETHER && nowMs() - begunMs < MAX_TOGETHER_MS; count++) {
        const job = this.#waiting.shift()!;
        try {
          if (!connection.inTransaction) connection.exec('begin immediate');
          const outcome = await job.inItsContext(() => this.#alone(job, done.length > 0));
          if (outcome) done.push(outcome);
        } catch (error) {
          job.reject(error);
          // SQLite has rolled back by itself, and the others with it.
          if (!connection.inTransaction && done.length > 0) throw error;
        }
      }
      if (connection.inTransaction) connection.exec('commit');
    } catch (error) {
      if (connection.inTransaction) connection.exec('rollback');
      for (const { job } of done) job.reject(error);
      done = [];
    }
    return done;
  }

  /** One of them. Null when it failed and was taken back, and has been told so. */
  async #alone(job: Job, withOthers: boolean): Promise<Done | null> {
    const { connection, open, within } = this.#options;
    if (withOthers) connection.exec('savepoint one');
    const tx = open();
    try {
      const result = await within(job.work(tx));
      await tx.flush();
      if (withOthers) connection.exec('release one');
      return { job, tx, result };
    } catch (error) {
      tx.discard();
      // Where SQLite has rolled back by itself (a full disk), there is nothing to go back to.
      if (!connection.inTransaction) throw error;
      connection.exec(withOthers ? 'rollback to one; release one' : 'rollback');
      job.reject(error);
      return null;
    } finally {
      tx.end();
    }
  }
}
