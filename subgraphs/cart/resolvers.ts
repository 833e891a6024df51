/** The schema of this room, resolved. A cart asks for prices and stock only when a field that shows them is selected. */
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { Problem } from './cart.ts';
import { cartChanged } from './cart-changed.ts';
import {
  acceptCartPrices, addToCart, setCartLine,
  type AcceptCartPricesInput, type AddToCartInput, type Answer, type CartRoomDeps, type SetCartLineInput, type Shopper,
} from './change-lines.ts';
import { problemMessage, refusalMessage } from './messages.ts';
import { viewCart, type CartView, type PricedCart, type PricedLine } from './price-cart.ts';
import { cartOfUser, visibleCart } from './read-cart.ts';
import type { VariantWatch } from './variant-watch.ts';

export function createResolvers(deps: CartRoomDeps, watch: VariantWatch) {
  const money = (amountMinor: number) => ({ amountMinor, currency: deps.shop.currency });
  const amount = (pick: (priced: PricedCart) => number) => async (view: CartView) => money(pick(await view.priced()));

  return {
    Query: {
      async cart(_: unknown, { id }: { id: string }, context: RequestContext) {
        const cart = await visibleCart(deps.database, id, shopperOf(context));
        return cart && viewCart(deps, cart);
      },
    },
    Mutation: {
      addToCart: async (_: unknown, { input }: { input: AddToCartInput }, context: RequestContext) =>
        answer(context, await addToCart(deps, shopperOf(context), input)),
      setCartLine: async (_: unknown, { input }: { input: SetCartLineInput }, context: RequestContext) =>
        answer(context, await setCartLine(deps, shopperOf(context), input)),
      acceptCartPrices: async (_: unknown, { input }: { input: AcceptCartPricesInput }, context: RequestContext) =>
        answer(context, await acceptCartPrices(deps, shopperOf(context), input)),
    },
    Subscription: {
      cartChanged: {
        subscribe: (_: unknown, { cartId }: { cartId: string }, context: RequestContext) =>
          cartChanged(deps, watch, { cartId, userId: shopperOf(context), clientGone: context.signal }),
      },
    },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      /** Only the shopper's own: another's cart is nobody's business. A cart whose first item was refused is none yet. */
      async cart({ id }: { id: string }, _: unknown, context: RequestContext) {
        const cart = shopperOf(context) === id ? await cartOfUser(deps.database, id) : null;
        return cart && cart.version > 0 ? viewCart(deps, cart) : null;
      },
    },
    Cart: {
      id: ({ cart }: CartView) => cart.id,
      version: ({ cart }: CartView) => cart.version,
      couponCode: ({ cart }: CartView) => cart.couponCode,
      itemCount: ({ cart }: CartView) => cart.lines.reduce((sum, line) => sum + line.quantity, 0),
      lines: async (view: CartView) => (await view.priced()).lines,
      subtotal: amount((priced) => priced.subtotalMinor),
      discount: amount((priced) => priced.discountMinor),
      total: amount((priced) => priced.totalMinor),
      shippingEstimate: amount((priced) => priced.shippingMinor),
    },
    CartLine: {
      id: ({ line }: PricedLine) => line.id,
      quantity: ({ line }: PricedLine) => line.quantity,
      variant: ({ line }: PricedLine) => ({ id: line.variantId }),
      unitPrice: ({ unitPriceMinor }: PricedLine) => money(unitPriceMinor),
      lineTotal: ({ lineTotalMinor }: PricedLine) => money(lineTotalMinor),
    },
    CartProblem: {
      message: (problem: Problem, _: unknown, context: RequestContext) => problemMessage(context.language, problem),
    },
    AddToCartResult: { __resolveType: typeOf },
    SetCartLineResult: { __resolveType: typeOf },
  };
}

const shopperOf = (context: RequestContext): Shopper => context.identity?.userId ?? null;

const typeOf = (value: object): string => ('cart' in value ? 'Cart' : 'available' in value ? 'OutOfStock' : 'CartRefused');

function answer(context: RequestContext, result: Answer) {
  if (!('refused' in result)) return result;
  const { refused: code, ...fields } = result;
  return { code, message: refusalMessage(context.language, result), ...fields };
}
