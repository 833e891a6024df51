/** schema.graphql, field by field. */
import { invalidInput } from '#platform/errors.ts';
import { hasScope, requireIdentity, type RequestContext } from '#platform/subgraph/context.ts';
import { mapStream } from '#platform/stream.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { countOf, cursorOf, dataOf, markRead, MAX_IDS, pageOf, positionOf, type NotificationRow, type Page } from './feed.ts';
import type { Feeds } from './follow-feed.ts';
import { preferencesOf, savePreferences, type SavePreferencesInput } from './preferences.ts';
import { clockTime, type QuietHours } from './quiet-hours.ts';
import { refused, textOf } from './texts.ts';
import type { Deliveries } from './webhooks/deliveries.ts';
import { webhookResolvers } from './webhooks/resolvers.ts';
import { unwatchProduct, watchesOf, watchLoader, watchProduct, type WatchInput, type WatchRow } from './watches.ts';

type Context = RequestContext;
type Input<T> = { input: T };
interface PageView extends Page {
  /** Both counts are one statement, made when either is asked for. */
  counts(): Promise<{ total: number; unread: number }>;
}

export function createResolvers(deps: RoomDeps, feeds: Feeds, deliveries: Deliveries): Record<string, unknown> {
  const { database } = deps;
  const { Query, Mutation, ...webhookTypes } = webhookResolvers(deps, deliveries);
  const preferences = (userId: string, context: Context) => preferencesOf(database, userId, hasScope(context, 'stock:write'));
  return {
    ...webhookTypes,
    Query: {
      ...Query,
      async notifications(_: unknown, args: { first: number; after?: string | null; unreadOnly: boolean }, context: Context): Promise<PageView> {
        const { userId } = requireIdentity(context);
        let counted: ReturnType<PageView['counts']> | null = null;
        return { ...(await pageOf(database, userId, args)), counts: () => (counted ??= countOf(database, userId)) };
      },
      notificationPreferences: (_: unknown, __: unknown, context: Context) => preferences(requireIdentity(context).userId, context),
      watchedProducts: (_: unknown, __: unknown, context: Context) => watchesOf(database, requireIdentity(context).userId),
    },
    Mutation: {
      ...Mutation,
      async markNotificationsRead(_: unknown, { input }: Input<{ ids?: string[] | null; upTo?: string | null }>, context: Context) {
        const { userId } = requireIdentity(context);
        await markRead(deps, userId, whichOf(input));
        return { __typename: 'NotificationsRead', unreadCount: (await countOf(database, userId)).unread };
      },
      async saveNotificationPreferences(_: unknown, { input }: Input<SavePreferencesInput>, context: Context) {
        const { userId } = requireIdentity(context);
        const refusal = await savePreferences(deps, userId, input);
        return refusal ? refused(context.language, refusal) : { __typename: 'NotificationPreferences', ...(await preferences(userId, context)) };
      },
      async watchProduct(_: unknown, { input }: Input<WatchInput>, context: Context) {
        const { userId } = requireIdentity(context);
        const refusal = await watchProduct(deps, userId, input);
        return refusal ? refused(context.language, refusal) : { __typename: 'Variant', id: input.variantId };
      },
      async unwatchProduct(_: unknown, { variantId }: { variantId: string }, context: Context) {
        await unwatchProduct(deps, requireIdentity(context).userId, variantId);
        return { __typename: 'Variant', id: variantId };
      },
    },
    Subscription: {
      notificationReceived: {
        subscribe(_: unknown, { after }: { after?: string | null }, context: Context) {
          const { userId } = requireIdentity(context);
          const rows = feeds.follow(userId, after ?? null, context.signal);
          return mapStream(rows, async (row) => ({ notificationReceived: { cursor: cursorOf(row.position), notification: row } }), () => undefined);
        },
      },
    },
    NotificationConnection: {
      totalCount: async (page: PageView) => (await page.counts()).total,
      unreadCount: async (page: PageView) => (await page.counts()).unread,
      edges: (page: PageView) => page.rows.map((row) => ({ cursor: cursorOf(row.position), node: row })),
      pageInfo: (page: PageView) => ({ hasNextPage: page.hasNextPage, endCursor: cursorOf(page.end) }),
    },
    Notification: {
      title: (row: NotificationRow, _: unknown, { language }: Context) => textOf(language, row.kind, dataOf(row)).title,
      body: (row: NotificationRow, _: unknown, { language }: Context) => textOf(language, row.kind, dataOf(row)).body,
      order: (row: NotificationRow) => (row.order_id === null ? null : { id: row.order_id }),
      product: (row: NotificationRow) => (row.product_id === null ? null : { id: row.product_id }),
      readAt: (row: NotificationRow) => (row.read_ms === null ? null : rfc3339(row.read_ms)),
      quiet: (row: NotificationRow) => row.quiet === 1,
      createdAt: (row: NotificationRow) => rfc3339(row.created_ms),
    },
    QuietHours: {
      from: (hours: QuietHours) => clockTime(hours.fromMinute),
      to: (hours: QuietHours) => clockTime(hours.toMinute),
    },
    Variant: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      watch: ({ id }: { id: string }, _: unknown, context: Context) => (context.identity ? watchLoader(context, database, context.identity.userId).load(id) : null),
    },
    ProductWatch: {
      id: (row: WatchRow) => row.variant_id,
      variant: (row: WatchRow) => ({ id: row.variant_id }),
      backInStock: (row: WatchRow) => row.back_in_stock === 1,
      priceDrop: (row: WatchRow) => row.price_drop === 1,
    },
  };
}

function whichOf({ ids, upTo }: { ids?: string[] | null; upTo?: string | null }): { ids: string[] } | { upTo: number } {
  if (ids && upTo) throw invalidInput('input.upTo', 'must be absent when there are ids');
  if (upTo) return { upTo: positionOf(upTo, 'input.upTo') };
  if (!ids) throw invalidInput('input.ids', 'must be given, or upTo');
  if (ids.length > MAX_IDS) throw invalidInput('input.ids', `must be at most ${MAX_IDS}`);
  return { ids };
}

const rfc3339 = (ms: number): string => new Date(ms).toISOString();
