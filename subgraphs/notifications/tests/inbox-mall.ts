/** A mall with nothing but the notifications room, and the words its tests speak in. */
import { orderContacts, quoteVariants, staffAccounts, userProfiles } from '#schema/asks.ts';
import { LetterRefused, type Letter, type Mail } from '#platform/mail/mail.ts';
import type { Language } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { openMall, type Answer, type Mall, type Visitor } from '#platform/subgraph/testing.ts';
import { notifications } from '../index.ts';

export const ada: Visitor = { userId: 'ada' };
export const bob: Visitor = { userId: 'bob' };
export const HOUR_MS = 3_600_000;

export const INBOX = `query ($first: Int!, $after: String, $unreadOnly: Boolean! = false) { notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
  totalCount unreadCount edges { cursor node { id kind title body readAt quiet createdAt order { id } product { id } } } pageInfo { hasNextPage endCursor } } }`;
export const RECEIVED = 'subscription ($after: String) { notificationReceived(after: $after) { cursor notification { id kind title quiet } } }';

export interface InboxMall {
  mall: Mall;
  /** Letters handed to the mail port, which really writes them. */
  letters: Letter[];
  /** What the mail port does with the next letters. */
  mail: { mode: 'works' | 'refuses' | 'refuses-for-good' };
  /** What neighbours know; orders whose id begins with `guest` are guests'. */
  neighbours: { languages: Record<string, Language>; staff: string[]; away: boolean; archived: Set<string>; priceMinor: number };
  order(type: string, orderId: string, userId: string | null, more?: Record<string, unknown>): Promise<void>;
  goods(type: string, variantId: string, more?: Record<string, unknown>): Promise<void>;
  confirm(orderId: string, userId?: string | null): Promise<void>;
  inbox(visitor: Visitor, variables?: Record<string, unknown>): Promise<any>;
  ask(query: string, variables?: Record<string, unknown>, visitor?: Visitor): Promise<Answer>;
  follow(visitor: Visitor, after?: string | null): Follower;
  close(): Promise<void>;
}

export interface Follower {
  next(): Promise<any>;
  /** Closes; what was on its way is not taken. */
  leave(): void;
  done(): Promise<boolean | undefined>;
}

export async function openInbox({ rude }: { rude?: number } = {}): Promise<InboxMall> {
  const letters: Letter[] = [];
  const mail: InboxMall['mail'] = { mode: 'works' };
  const neighbours: InboxMall['neighbours'] = { languages: {}, staff: ['mina'], away: false, archived: new Set(), priceMinor: 1_000 };
  const watched = (real: Mail): Mail => ({
    async send(letter) {
      if (mail.mode === 'refuses-for-good') throw new LetterRefused('no such recipient');
      if (mail.mode === 'refuses') throw new Error('the mail server is away');
      await real.send(letter);
      letters.push(letter);
    },
    close: () => real.close(),
  });
  const here = <T>(answer: T): T => {
    if (neighbours.away) throw new Error('the room is away');
    return answer;
  };
  const room = { ...notifications, build: (deps: RoomDeps) => notifications.build({ ...deps, mail: watched(deps.mail) }) };
  const mall = await openMall({
    rooms: [room],
    ...(rude !== undefined && { rude }),
    asks: [
      {
        contract: orderContacts,
        handle: async ({ orderIds }) =>
          here(
            orderIds.map((orderId: string) => {
              const guest = orderId.startsWith('guest');
              return { orderId, number: `GM-${orderId}`, email: `${orderId}@example.com`, language: neighbours.languages[orderId] ?? null, guestToken: guest ? `token/of ${orderId}` : null };
            }),
          ),
      },
      {
        contract: userProfiles,
        handle: async ({ userIds }) => here(userIds.map((userId: string) => ({ userId, displayName: userId.toUpperCase(), email: `${userId}@example.com`, language: neighbours.languages[userId] ?? ('en' as const) }))),
      },
      {
        contract: quoteVariants,
        handle: async ({ variantIds }) =>
          here(
            variantIds.map((variantId: string) => ({
              variantId, productId: `product-of-${variantId}`, sku: variantId, name: { en: `The ${variantId}`, zh: `这件 ${variantId}` }, priceMinor: neighbours.priceMinor, currency: 'USD',
              sellable: !neighbours.archived.has(variantId),
            })),
          ),
      },
      { contract: staffAccounts, handle: async () => here(neighbours.staff) },
    ],
  });

  const ask: InboxMall['ask'] = (query, variables = {}, visitor = ada) => mall.execute('notifications', query, variables, visitor);
  async function tell(topic: 'gomall.orders.events' | 'gomall.inventory.events' | 'gomall.products.events', type: string, subject: string, data: unknown): Promise<void> {
    await mall.tell({ topic, type, version: 1, subject, data });
    await mall.settle();
  }
  const order: InboxMall['order'] = (type, orderId, userId, more = {}) => tell('gomall.orders.events', type, orderId, { orderId, userId, number: `GM-${orderId}`, ...more });

  return {
    mall, letters, mail, neighbours, order, ask,
    goods: (type, variantId, more = {}) => tell(type.startsWith('stock') ? 'gomall.inventory.events' : 'gomall.products.events', type, variantId, { variantId, ...more }),
    confirm: (orderId, userId = 'ada') => order('order.confirmed', orderId, userId, { totalMinor: 2_345, currency: 'USD', lines: [] }),
    async inbox(visitor, variables = {}) {
      const { data, errors } = await ask(INBOX, { first: 20, ...variables }, visitor);
      if (errors) throw new Error(JSON.stringify(errors));
      return data.notifications;
    },
    follow(visitor, after = null) {
      const gone = new AbortController();
      const events = mall.subscribe('notifications', RECEIVED, { after }, { ...visitor, signal: gone.signal });
      return {
        async next() {
          const { value } = await events.next();
          if (value?.errors) throw new Error(JSON.stringify(value.errors));
          return value?.data.notificationReceived;
        },
        leave: () => gone.abort(),
        done: async () => (await events.next()).done,
      };
    },
    close: () => mall.close(),
  };
}
