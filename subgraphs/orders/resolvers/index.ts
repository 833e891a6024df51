/** The room's GraphQL: thin, each field one verb. */
import { Fault, invalidInput } from '#platform/errors.ts';
import { requireScope, hasScope, type RequestContext } from '#platform/subgraph/context.ts';
import { Problems, readCountry } from '../address.ts';
import { cancelOrder, type CancelOrderInput } from '../cancel-order.ts';
import { orderFor, type ChangeAnswer } from '../change-order.ts';
import { cursorOf, listOrders, ordersOfUser, type OrderFilter, type OrderPage, type PageRequest } from '../list-orders.ts';
import type { Parts } from '../parts.ts';
import { placeOrder, type PlaceOrderInput } from '../place-order.ts';
import { prepareOrder, type Draft } from '../prepare-order.ts';
import { refundOrder, type RefundOrderInput } from '../refund-order.ts';
import { resumeSaga } from '../resume-saga.ts';
import { deliverOrder, type DeliverOrderInput } from '../deliver-order.ts';
import { shipOrder, type ShipOrderInput } from '../ship-order.ts';
import { changedOrder, placedOrder, placeOrderRefused } from './answers.ts';
import { orderFields } from './order.ts';
import { orderChanged, ordersChanged } from './subscriptions.ts';
import { createLoaders, type OrderView } from './view.ts';

type Root<Args> = (root: unknown, args: Args, context: RequestContext) => unknown;

export function orderResolvers(parts: Parts): Record<string, unknown> {
  const { deps, keys } = parts;

  const connection = (page: OrderPage, access: OrderView['access']) => {
    const loaders = createLoaders(deps);
    const edges = page.rows.map((row) => ({ cursor: cursorOf(row), node: { row, access, loaders } }));
    return { totalCount: () => page.totalCount(), edges, pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
  };
  const changed = (answer: ChangeAnswer, context: RequestContext) =>
    changedOrder(context.language, answer, { row: answer.order, access: answer.access, loaders: createLoaders(deps) });

  const Query: Record<string, Root<any>> = {
    order: async (_, { id, guestToken }: { id: string; guestToken?: string }, context) => {
      const { order, access } = await orderFor(parts, context, id, guestToken);
      return { row: order, access, loaders: createLoaders(deps) };
    },
    orders: async (_, { filter, ...page }: PageRequest & { filter?: OrderFilter }, context) => {
      requireScope(context, 'orders:read');
      return connection(await listOrders(deps.database, page, filter), 'staff');
    },
    checkoutQuote: async (_, { cartId, countryCode }: { cartId: string; countryCode: string }, context) => {
      const problems = new Problems();
      const country = readCountry(problems, 'countryCode', countryCode);
      problems.throwIfAny();
      const draft = await prepareOrder(deps, { cartId, userId: context.identity?.userId ?? null, countryCode: country, asSeen: false });
      return quoteOf(draft, deps.shop.currency);
    },
  };

  const Mutation: Record<string, Root<any>> = {
    placeOrder: async (_, { input }: { input: PlaceOrderInput }, context) => {
      const answer = await placeOrder(parts, context, input);
      if ('refusal' in answer) return placeOrderRefused(context.language, answer.refusal);
      // Only its maker knows the key, and with it comes to the order: its shopper, or its guest.
      const access = answer.order.user_id === null ? 'guest' : 'owner';
      return placedOrder(context.language, { row: answer.order, access, loaders: createLoaders(deps) });
    },
    cancelOrder: async (_, { input }: { input: CancelOrderInput }, context) => changed(await cancelOrder(parts, context, input), context),
    refundOrder: async (_, { input }: { input: RefundOrderInput }, context) => {
      requireScope(context, 'orders:write');
      return changed(await refundOrder(parts, context, input), context);
    },
    shipOrder: async (_, { input }: { input: ShipOrderInput }, context) => {
      requireScope(context, 'orders:write');
      return changed(await shipOrder(parts, context, input), context);
    },
    deliverOrder: async (_, { input }: { input: DeliverOrderInput }, context) => {
      requireScope(context, 'orders:write');
      return changed(await deliverOrder(parts, context, input), context);
    },
    resumeSaga: async (_, { orderId }: { orderId: string }, context) => changed(await resumeSaga(parts, context, orderId), context),
  };

  return {
    Query,
    Mutation,
    Subscription: {
      orderChanged: { subscribe: (_: unknown, args: { id: string; guestToken?: string }, context: RequestContext) => orderChanged(parts, args, context) },
      ordersChanged: { subscribe: (_: unknown, __: unknown, context: RequestContext) => ordersChanged(parts, context) },
    },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      orders: async ({ id }: { id: string }, page: PageRequest, context: RequestContext) => {
        const own = context.identity?.userId === id;
        if (!context.identity) throw new Fault('UNAUTHENTICATED');
        if (!own && !hasScope(context, 'orders:read')) throw new Fault('FORBIDDEN', 'These are not your orders.');
        return connection(await ordersOfUser(deps.database, page, id), own ? 'owner' : 'staff');
      },
    },
    ...orderFields(deps, keys),
  };
}

/** A quote is no mutation: what stands in its way is a fault that names the argument. */
function quoteOf(draft: Draft | string, currency: string) {
  if (draft === 'CART_NOT_FOUND') throw new Fault('NOT_FOUND', 'There is no such cart, or it is not yours to see.');
  if (draft === 'TOTAL_TOO_LARGE') throw invalidInput('cartId', 'the total is larger than an order can be');
  if (draft === 'VARIANT_UNAVAILABLE') throw invalidInput('cartId', 'something in the cart is no longer sold');
  const none = { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 };
  const totals = typeof draft === 'string' ? none : draft.totals;
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    subtotal: money(totals.subtotalMinor),
    discount: money(totals.discountMinor),
    shipping: money(totals.shippingMinor),
    tax: money(totals.taxMinor),
    total: money(totals.totalMinor),
  };
}
