/**
 * Letters of what people are told: a row in the transaction of the news, sent by `platform/mail/letter-sender.ts`. No e-mail
 * address and no name is kept here: orders and users are asked each time whose it is and where those live.
 */
import type { z } from 'zod';
import type { Transaction } from '#platform/database/database.ts';
import { createLetterSender, type LetterSender } from '#platform/mail/letter-sender.ts';
import type { Language } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { orderContacts, userProfiles } from '#schema/asks.ts';
import { KINDS, type News, type NotificationData, type NotificationKind } from './kinds.ts';
import { writeLetter } from './letter-form.ts';
import { textOf } from './texts.ts';

type Deps = Pick<RoomDeps, 'database' | 'clock' | 'ids' | 'mail' | 'log' | 'asker' | 'publicUrl'>;
type Contact = z.infer<typeof orderContacts.output>[number];
type Profile = z.infer<typeof userProfiles.output>[number];

export interface Letters extends LetterSender {
  /** Queues a letter in the caller's transaction; a guest's (`userId` null) is about an order. */
  queue(tx: Transaction, letter: News & { userId: string | null; dueMs: number }): Promise<void>;
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
  const { database, clock, ids, log, asker, publicUrl } = deps;
  const sender = createLetterSender<DueLetter>({
    due: (nowMs, limit) =>
      database.query<DueLetter>(`select id, kind, user_id, order_id, data, due_ms, attempts from notification_letters where due_ms <= ? order by due_ms limit ${limit}`, [nowMs]),
    async claim(letter, nextTryMs) {
      const { changed } = await database.transaction((tx) =>
        tx.execute('update notification_letters set due_ms = ?, attempts = attempts + 1 where id = ? and due_ms = ?', [nextTryMs, letter.id, letter.due_ms]),
      );
      return changed === 1;
    },
    async written(due) {
      const addressOf = await addressBook(due);
      return (letter) => {
        const to = addressOf(letter);
        // Nobody is there any more: an account that was erased, an order of before the shop was brought back to an earlier time.
        return to && { to: to.to, id: letter.id, ...textsOf(letter, to) };
      };
    },
    async settle(id, sentMs) {
      await database.transaction((tx) => tx.execute('update notification_letters set due_ms = null, sent_ms = ? where id = ?', [sentMs, id]));
    },
  }, deps);

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

  const textsOf = (letter: DueLetter, { language, displayName, link, data }: Addressed) =>
    writeLetter({
      language,
      displayName,
      text: textOf(language, letter.kind, data),
      link,
      action: letter.order_id !== null ? 'order' : KINDS[letter.kind].audience === 'staff' ? 'stock' : 'product',
      preferencesLink: letter.user_id === null ? null : `${publicUrl}/account/notifications/preferences`,
    });

  return {
    ...sender,
    async queue(tx, { kind, orderId, data, userId, dueMs }) {
      await tx.execute('insert into notification_letters (id, kind, user_id, order_id, data, created_ms, due_ms, attempts) values (?, ?, ?, ?, ?, ?, ?, 0)', [
        ids.uuid(), kind, userId, orderId ?? null, JSON.stringify(data), clock.nowMs(), dueMs,
      ]);
      tx.afterCommit(() => void sender.send().catch((error: unknown) => log.warn({ err: error }, 'letters wait for the next scan')));
    },
  };
}
