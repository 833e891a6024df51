/**
 * Sends letters that are rows of a room. The row is written in the transaction of what it tells; here rows that are due are
 * taken by a lease, sent outside of any transaction (a mail server must never hold the one writer) and marked. A crash before
 * the mark repeats the letter under the same id, which receivers know by its Message-ID: never lost, and told as one when it
 * comes twice.
 */
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LetterRefused, type Letter, type Mail } from './mail.ts';

/** What the mail port may take for one letter; then it counts as not sent. */
export const LETTER_TIMEOUT_MS = 30_000;
/** Longer than that: after it another process may try. */
export const LETTER_LEASE_MS = 60_000;
/** How long a stopping process waits for the letter in hand; its lease runs out by itself otherwise. */
export const LETTER_STOP_MS = 2_000;
/** Pauses double from the lease up to this; with the attempts that is about a day. */
export const LETTER_PAUSE_MAX_MS = 4 * 3_600_000;
export const LETTER_ATTEMPTS = 12;
export const LETTERS_A_ROUND = 20;
export const LETTERS_SCAN_EVERY_MS = 5_000;

export interface LetterRow {
  id: string;
  kind: string;
  attempts: number;
}

/** How a room keeps its letters. Times are Unix ms. */
export interface LetterRows<Row extends LetterRow> {
  /** Those due at `nowMs`, the longest due first, at most `limit`. */
  due(nowMs: number, limit: number): Promise<Row[]>;
  /** Counts the attempt and makes the row due at `nextTryMs`; false when another process was faster. */
  claim(row: Row, nextTryMs: number): Promise<boolean>;
  /** What to send for each of these rows; null for one that nobody is to get any more. */
  written(rows: readonly Row[]): Promise<(row: Row) => Letter | null>;
  /** No more due; `sentMs` is null for one that was not sent. */
  settle(id: string, sentMs: number | null): Promise<void>;
}

export interface LetterSender {
  /** Sends what is due; calls while it runs make it look once more. The signal ends this run after the letter in hand. */
  send(signal?: AbortSignal): Promise<void>;
  /** Takes no further letter, for good, and waits a moment for the one in hand. */
  stop(): Promise<void>;
}

export function createLetterSender<Row extends LetterRow>(rows: LetterRows<Row>, { mail, clock, log }: { mail: Mail; clock: Clock; log: Logger }): LetterSender {
  let sending: Promise<void> | null = null;
  let again = false;
  /** The run under way is to end; a later one sends again, since the work may come back to this process. */
  let ending = false;
  let stopped = false;

  async function round(): Promise<void> {
    do {
      again = false;
      const due = await rows.due(clock.nowMs(), LETTERS_A_ROUND);
      if (due.length === 0 || ending) return;
      const letterFor = await rows.written(due);
      for (const row of due) if (!ending) await sendOne(row, letterFor);
      again ||= due.length === LETTERS_A_ROUND;
    } while (again && !ending);
  }

  async function sendOne(row: Row, letterFor: (row: Row) => Letter | null): Promise<void> {
    if (!(await rows.claim(row, clock.nowMs() + Math.min(LETTER_LEASE_MS * 2 ** row.attempts, LETTER_PAUSE_MAX_MS)))) return;
    let letter: Letter | null;
    try {
      letter = letterFor(row);
      if (letter !== null) await inTime(mail.send(letter));
    } catch (error) {
      // Any fault: the row stays due, until the last attempt, or until a repeat would be refused as well.
      const last = error instanceof LetterRefused || row.attempts + 1 >= LETTER_ATTEMPTS;
      log.warn({ err: error, letterId: row.id, kind: row.kind, attempt: row.attempts + 1, last }, 'a letter could not be sent');
      if (last) await rows.settle(row.id, null);
      return;
    }
    await rows.settle(row.id, letter === null ? null : clock.nowMs());
  }

  const inTime = (work: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const drop = clock.after(LETTER_TIMEOUT_MS, () => reject(new Fault('UNAVAILABLE', `The mail port took over ${LETTER_TIMEOUT_MS} ms.`)));
      work.then(resolve, reject).finally(drop);
    });

  /** Resolves with the work, or a moment after the signal. */
  const untilAborted = (work: Promise<void>, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        ending = true;
        clock.after(LETTER_STOP_MS, resolve);
      };
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });

  return {
    send(signal) {
      if (stopped || signal?.aborted) return Promise.resolve();
      again = true;
      ending = false;
      sending ??= round().finally(() => (sending = null));
      return signal ? untilAborted(sending, signal) : sending;
    },
    async stop() {
      stopped = true;
      ending = true;
      if (sending) await untilAborted(sending, AbortSignal.abort());
    },
  };
}
