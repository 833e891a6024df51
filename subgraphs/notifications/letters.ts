/**
 * Letters, from the fact to the mail port. A letter is a row in the transaction of what it tells. The sender takes rows that
 * are due by a lease, asks whose they are and where those live, sends outside of any transaction and marks them. A crash
 * before the mark repeats the letter under the same id, which receivers know by its Message-ID: never lost, and told as one
 * when it comes twice. No e-mail address and no name is kept here: orders and users are asked each time.
 */
import type { z } from 'zod';
import type { Transaction } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import { LetterRefused } from '#platform/mail/mail.ts';
import type { Language } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { orderContacts, userProfiles } from '#schema/asks.ts';
import { KINDS, type News, type NotificationData, type NotificationKind } from './kinds.ts';
import { writeLetter } from './letter-form.ts';
import { textOf } from './texts.ts';

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

type Deps = Pick<RoomDeps, 'database' | 'clock' | 'ids' | 'mail' | 'log' | 'asker' | 'publicUrl'>;
type Contact = z.infer<typeof orderContacts.output>[number];
type Profile = z.infer<typeof userProfiles.output>[number];

export interface Letters {
  /** Queues a letter in the caller's transaction; a guest's (`userId` null) is about an order. */
  queue(tx: Transaction, letter: News & { userId: string | null; dueMs: number }): Promise<void>;
  /** Sends what is due; calls while it runs make it look once more. After the signal it takes no further one. */
  send(signal?: AbortSignal): Promise<void>;
  /** Takes no further letter and waits a moment for the one in hand. */
  stop(): Promise<void>;
}

interface DueLetter {
  id: string;
  kind: NotificationKind;
  user_id: string | null;
  order_id: string | null;
  data: string;
  due_ms: number;
  attempts: number;
}

/** To whom a letter goes, and with which words. */
interface Addressed {
  to: string;
  language: Language;
  displayName: string | null;
  link: string;
  data: NotificationData;
}

export function createLetters(deps: Deps): Letters {
  const { database, clock, ids, mail, log, asker, publicUrl } = deps;
  let sending: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function round(): Promise<void> {
    do {
      again = false;
      const due = await database.query<DueLetter>(
        `select id, kind, user_id, order_id, data, due_ms, attempts from notification_letters where due_ms <= ? order by due_ms limit ${LETTERS_A_ROUND}`,
        [clock.nowMs()],
      );
      if (due.length === 0 || stopped) return;
      const addressOf = await addressBook(due);
      for (const letter of due) if (!stopped) await sendOne(letter, addressOf(letter));
      again ||= due.length === LETTERS_A_ROUND;
    } while (again && !stopped);
  }

  /** Who and where they all are, by two questions; a room that does not answer leaves them due. */
  async function addressBook(due: readonly DueLetter[]): Promise<(letter: DueLetter) => Addressed | null> {
    const orderIds = [...new Set(due.flatMap(({ order_id }) => order_id ?? []))];
    const userIds = [...new Set(due.flatMap(({ user_id }) => user_id ?? []))];
    const [contacts, profiles] = await Promise.all([
      orderIds.length > 0 ? asker.ask(orderContacts, { orderIds }) : [],
      userIds.length > 0 ? asker.ask(userProfiles, { userIds }) : [],
    ]);
    const orders = new Map(contacts.map((contact) => [contact.orderId, contact]));
    const people = new Map(profiles.map((profile) => [profile.userId, profile]));
    return (letter) => addressed(letter, letter.order_id === null ? null : (orders.get(letter.order_id) ?? null), letter.user_id === null ? null : (people.get(letter.user_id) ?? null));
  }

  function addressed(letter: DueLetter, order: Contact | null, person: Profile | null): Addressed | null {
    const data = JSON.parse(letter.data) as NotificationData & { productId?: string };
    if (letter.order_id !== null) {
      if (!order) return null;
      const path = `${publicUrl}/orders/${encodeURIComponent(order.orderId)}`;
      const link = order.guestToken === null ? path : `${path}#t=${encodeURIComponent(order.guestToken)}`;
      return { to: order.email, language: person?.language ?? order.language ?? 'en', displayName: person?.displayName ?? null, link, data: { ...data, number: order.number } };
    }
    if (!person) return null;
    const link = KINDS[letter.kind].audience === 'staff' ? `${publicUrl}/admin/stock` : `${publicUrl}/account/notifications`;
    return { to: person.email, language: person.language, displayName: person.displayName, link, data };
  }

  async function sendOne(letter: DueLetter, to: Addressed | null): Promise<void> {
    const nextTryMs = clock.nowMs() + Math.min(LETTER_LEASE_MS * 2 ** letter.attempts, LETTER_PAUSE_MAX_MS);
    const claimed = await database.transaction((tx) =>
      tx.execute('update notification_letters set due_ms = ?, attempts = attempts + 1 where id = ? and due_ms = ?', [nextTryMs, letter.id, letter.due_ms]),
    );
    if (claimed.changed === 0) return;
    // Nobody is there any more: an account that was erased, an order of before the shop was brought back to an earlier time.
    if (to === null) return settle(letter.id, null);
    try {
      await within(LETTER_TIMEOUT_MS, mail.send({ to: to.to, id: letter.id, ...written(letter, to) }));
    } catch (error) {
      // Any fault of the mail port: the row stays due, until the last attempt, or until a repeat would be refused as well.
      const last = error instanceof LetterRefused || letter.attempts + 1 >= LETTER_ATTEMPTS;
      log.warn({ err: error, letterId: letter.id, kind: letter.kind, attempt: letter.attempts + 1, last }, 'a letter could not be sent');
      if (last) await settle(letter.id, null);
      return;
    }
    await settle(letter.id, clock.nowMs());
  }

  const written = (letter: DueLetter, { language, displayName, link, data }: Addressed) =>
    writeLetter({
      language,
      displayName,
      text: textOf(language, letter.kind, data),
      link,
      action: letter.order_id !== null ? 'order' : KINDS[letter.kind].audience === 'staff' ? 'stock' : 'product',
      preferencesLink: letter.user_id === null ? null : `${publicUrl}/account/notifications/preferences`,
    });

  const within = (limitMs: number, work: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const drop = clock.after(limitMs, () => reject(new Fault('UNAVAILABLE', `The mail port took over ${limitMs} ms.`)));
      work.then(resolve, reject).finally(drop);
    });

  const settle = async (id: string, sentMs: number | null): Promise<void> => {
    await database.transaction((tx) => tx.execute('update notification_letters set due_ms = null, sent_ms = ? where id = ?', [sentMs, id]));
  };

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
    async queue(tx, { kind, orderId, data, userId, dueMs }) {
      await tx.execute('insert into notification_letters (id, kind, user_id, order_id, data, created_ms, due_ms, attempts) values (?, ?, ?, ?, ?, ?, ?, 0)', [
        ids.uuid(), kind, userId, orderId ?? null, JSON.stringify(data), clock.nowMs(), dueMs,
      ]);
      tx.afterCommit(() => void send().catch((error: unknown) => log.warn({ err: error }, 'letters wait for the next scan')));
    },
  };
}
