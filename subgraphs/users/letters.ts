/**
 * Letters of accounts. A letter is a row, written in the transaction of the fact that needs it; that row is both the queue
 * (`platform/mail/letter-sender.ts`) and the token.
 *
 * The secret token is an HMAC of the row's id: it is nowhere until the letter is written, is the same when the letter
 * is written again, and only its hash is stored.
 */
import { createHmac } from 'node:crypto';
import type { Transaction } from '#platform/database/database.ts';
import { createLetterSender, type LetterSender } from '#platform/mail/letter-sender.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { linkOf, writeLetter, type LetterKind } from './letter-texts.ts';
import { digestOf } from './sessions.ts';

const HOUR_MS = 3_600_000;
const TOKEN_LIFE_MS: Record<LetterKind, number> = { 'verify-email': 72 * HOUR_MS, 'reset-password': HOUR_MS, 'password-changed': 0 };

type Deps = Pick<RoomDeps, 'database' | 'clock' | 'ids' | 'secret' | 'mail' | 'log' | 'publicUrl'>;

export interface Letters extends LetterSender {
  /** Queues a letter in the caller's transaction. With `userId` null the row is for nobody and never sent. */
  queue(tx: Transaction, kind: LetterKind, userId: string | null): Promise<void>;
  /** Spends the token of a letter; answers whose it was, or null when it is wrong, used or too old. */
  spend(tx: Transaction, kind: LetterKind, token: string): Promise<string | null>;
  /** Whose token this is, without spending it; null as above. */
  holderOf(kind: LetterKind, token: string): Promise<string | null>;
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
  const { database, clock, ids, log, publicUrl } = deps;
  const tokenOf = (letterId: string): string => createHmac('sha256', deps.secret('users.letters')).update(letterId).digest('base64url');
  const sender = createLetterSender<DueLetter>({
    due: (nowMs, limit) =>
      database.query<DueLetter>(
        `select l.id, l.kind, l.attempts, l.due_at_ms, a.email, a.display_name, a.language, a.email_verified_at_ms
           from account_letters l join accounts a on a.id = l.user_id where l.due_at_ms <= ? order by l.due_at_ms limit ${limit}`,
        [nowMs],
      ),
    async claim(letter, nextTryMs) {
      const { changed } = await database.transaction((tx) =>
        tx.execute(
          'update account_letters set due_at_ms = ?, attempts = attempts + 1, token_hash = ?, expires_at_ms = ? where id = ? and due_at_ms = ?',
          [nextTryMs, digestOf(tokenOf(letter.id)), clock.nowMs() + TOKEN_LIFE_MS[letter.kind], letter.id, letter.due_at_ms],
        ),
      );
      return changed === 1;
    },
    written: async () => ({ id, kind, email, language, display_name: name, email_verified_at_ms: verifiedMs }) =>
      kind === 'verify-email' && verifiedMs !== null ? null : { to: email, id, ...writeLetter(kind, language, name, linkOf(kind, publicUrl, tokenOf(id))) },
    async settle(id, sentMs) {
      await database.transaction((tx) => tx.execute('update account_letters set due_at_ms = null, sent_at_ms = ? where id = ?', [sentMs, id]));
    },
  }, deps);

  return {
    ...sender,
    async queue(tx, kind, userId) {
      const nowMs = clock.nowMs();
      await tx.execute('insert into account_letters (id, user_id, kind, created_at_ms, due_at_ms, attempts) values (?, ?, ?, ?, ?, 0)', [
        ids.uuid(),
        userId,
        kind,
        nowMs,
        userId === null ? null : nowMs,
      ]);
      tx.afterCommit(() => void sender.send().catch((error: unknown) => log.error({ err: error }, 'letters wait for the next scan')));
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
