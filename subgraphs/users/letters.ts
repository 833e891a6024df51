/**
 * Letters, from the fact to the mail port. A letter is a row, written in the transaction of the fact that needs it;
 * that row is both the queue and the token. The sender takes rows that are due by a lease, sends outside of any
 * transaction (a mail server must never hold the one writer) and marks them. A crash before the mark repeats the
 * letter under the same id, which receivers know by its Message-ID: never lost, and told as one when it comes twice.
 *
 * The secret token is an HMAC of the row's id: it is nowhere until the letter is written, is the same when the letter
 * is written again, and only its hash is stored.
 */
import { createHmac } from 'node:crypto';
import type { Transaction } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import { LetterRefused } from '#platform/mail/mail.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { linkOf, writeLetter, type LetterKind } from './letter-texts.ts';
import { digestOf } from './sessions.ts';

const HOUR_MS = 3_600_000;
const TOKEN_LIFE_MS: Record<LetterKind, number> = { 'verify-email': 72 * HOUR_MS, 'reset-password': HOUR_MS, 'password-changed': 0 };

/** What the mail port may take for one letter; then it counts as not sent. */
export const LETTER_TIMEOUT_MS = 30_000;
/** Longer than that: after it another process may try. */
export const LETTER_LEASE_MS = 60_000;
/** How long a stopping process waits for the letter in hand; its lease runs out by itself otherwise. */
export const LETTER_STOP_MS = 2_000;
/** Pauses double from the lease up to this; with the attempts that is about a day. */
export const LETTER_PAUSE_MAX_MS = 4 * HOUR_MS;
export const LETTER_ATTEMPTS = 12;
export const LETTERS_A_ROUND = 20;
export const LETTERS_SCAN_EVERY_MS = 5_000;

type Deps = Pick<RoomDeps, 'database' | 'clock' | 'ids' | 'secret' | 'mail' | 'log' | 'publicUrl'>;

export interface Letters {
  /** Queues a letter in the caller's transaction. With `userId` null the row is for nobody and never sent. */
  queue(tx: Transaction, kind: LetterKind, userId: string | null): Promise<void>;
  /** Spends the token of a letter; answers whose it was, or null when it is wrong, used or too old. */
  spend(tx: Transaction, kind: LetterKind, token: string): Promise<string | null>;
  /** Whose token this is, without spending it; null as above. */
  holderOf(kind: LetterKind, token: string): Promise<string | null>;
  /** Sends what is due; calls while it runs make it look once more. After the signal as after `stop`. */
  send(signal?: AbortSignal): Promise<void>;
  /** Takes no further letter and waits a moment for the one in hand. */
  stop(): Promise<void>;
}

interface DueLetter {
  id: string;
  kind: LetterKind;
  attempts: number;
  due_at_ms: number;
  email: string;
  display_name: string;
  language: 'en' | 'zh';
  email_verified_at_ms: number | null;
}

export function createLetters(deps: Deps): Letters {
  const { database, clock, ids, mail, log, publicUrl } = deps;
  const tokenOf = (letterId: string): string => createHmac('sha256', deps.secret('users.letters')).update(letterId).digest('base64url');
  let sending: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function round(): Promise<void> {
    do {
      again = false;
      const due = await database.query<DueLetter>(
        `select l.id, l.kind, l.attempts, l.due_at_ms, a.email, a.display_name, a.language, a.email_verified_at_ms
           from account_letters l join accounts a on a.id = l.user_id where l.due_at_ms <= ? order by l.due_at_ms limit ${LETTERS_A_ROUND}`,
        [clock.nowMs()],
      );
      for (const letter of due) if (!stopped) await sendOne(letter);
      again ||= due.length === LETTERS_A_ROUND;
    } while (again && !stopped);
  }

  async function sendOne(letter: DueLetter): Promise<void> {
    const token = tokenOf(letter.id);
    const nextTryMs = clock.nowMs() + Math.min(LETTER_LEASE_MS * 2 ** letter.attempts, LETTER_PAUSE_MAX_MS);
    const claimed = await database.transaction((tx) =>
      tx.execute(
        'update account_letters set due_at_ms = ?, attempts = attempts + 1, token_hash = ?, expires_at_ms = ? where id = ? and due_at_ms = ?',
        [nextTryMs, digestOf(token), clock.nowMs() + TOKEN_LIFE_MS[letter.kind], letter.id, letter.due_at_ms],
      ),
    );
    if (claimed.changed === 0) return;
    const pointless = letter.kind === 'verify-email' && letter.email_verified_at_ms !== null;
    try {
      const text = writeLetter(letter.kind, letter.language, letter.display_name, linkOf(letter.kind, publicUrl, token));
      if (!pointless) await within(LETTER_TIMEOUT_MS, mail.send({ to: letter.email, id: letter.id, ...text }));
    } catch (error) {
      // Any fault of the mail port: the row stays due, until the last attempt, or until a repeat would be refused as well.
      const last = error instanceof LetterRefused || letter.attempts + 1 >= LETTER_ATTEMPTS;
      log.warn({ err: error, letterId: letter.id, kind: letter.kind, attempt: letter.attempts + 1, last }, 'a letter could not be sent');
      if (last) await settle(letter.id, null);
      return;
    }
    await settle(letter.id, pointless ? null : clock.nowMs());
  }

  const within = (limitMs: number, work: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const drop = clock.after(limitMs, () => reject(new Fault('UNAVAILABLE', `The mail port took over ${limitMs} ms.`)));
      work.then(resolve, reject).finally(drop);
    });

  const settle = (id: string, sentAtMs: number | null) =>
    database.transaction((tx) => tx.execute('update account_letters set due_at_ms = null, sent_at_ms = ? where id = ?', [sentAtMs, id]));

  function send(signal?: AbortSignal): Promise<void> {
    again = true;
    sending ??= round().finally(() => (sending = null));
    return signal ? untilAborted(sending, signal) : sending;
  }

  /** Resolves with the work, or a moment after the signal. */
  const untilAborted = (work: Promise<void>, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        stopped = true;
        clock.after(LETTER_STOP_MS, resolve);
      };
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });

  return {
    send,
    async stop() {
      stopped = true;
      if (sending) await untilAborted(sending, AbortSignal.abort());
    },
    async queue(tx, kind, userId) {
      const nowMs = clock.nowMs();
      await tx.execute('insert into account_letters (id, user_id, kind, created_at_ms, due_at_ms, attempts) values (?, ?, ?, ?, ?, 0)', [
        ids.uuid(),
        userId,
        kind,
        nowMs,
        userId === null ? null : nowMs,
      ]);
      tx.afterCommit(() => void send().catch((error: unknown) => log.error({ err: error }, 'letters wait for the next scan')));
    },
    async spend(tx, kind, token) {
      const nowMs = clock.nowMs();
      const hash = digestOf(token);
      const spent = await tx.execute(
        'update account_letters set used_at_ms = ? where token_hash = ? and kind = ? and used_at_ms is null and expires_at_ms > ?',
        [nowMs, hash, kind, nowMs],
      );
      if (spent.changed === 0) return null;
      const [row] = await tx.query<{ user_id: string }>('select user_id from account_letters where token_hash = ?', [hash]);
      return row?.user_id ?? null;
    },
    async holderOf(kind, token) {
      const [row] = await database.query<{ user_id: string }>(
        'select user_id from account_letters where token_hash = ? and kind = ? and used_at_ms is null and expires_at_ms > ?',
        [digestOf(token), kind, clock.nowMs()],
      );
      return row?.user_id ?? null;
    },
  };
}
