/**
 * The checkout. Stock is set aside first, because it is what others want too; then money is set aside, which may take
 * the shopper to the bank for a quarter of an hour; the hold outlasts that. `confirm-hold` is the pivot: one statement
 * in inventory makes the hold permanent or refuses because it has run out. Before it everything is taken back, last
 * first; after it only forward: the goods are booked out, the money is taken, the cart is emptied. Letters, webhooks and
 * parcels wait for the pivot. An order that costs nothing asks nobody for money.
 */
import type { SagaDefinition, SagaStep } from '#platform/saga/saga.ts';
import type { PaymentProvider } from '../order.ts';
import { followCheckout, type FollowParts } from './follow-checkout.ts';

/** How long the shopper has at the bank (contract). */
export const PAY_WINDOW_MS = 15 * 60_000;
/** How long stock is set aside: longer than the shopper's window with its grace, so the provider's answer finds it there. */
export const HOLD_WINDOW_MS = 20 * 60_000;

/** No personal data, and the token only sealed; it is wiped once payments has answered. */
export type Checkout = {
  orderId: string;
  userId: string | null;
  /** Absent in checkouts that a process of an earlier version began. */
  number?: string;
  cartId: string;
  lines: { variantId: string; productId: string; quantity: number }[];
  /** Lines of the cart by variant; absent in sagas that began before there were any. */
  cartLineIds?: Record<string, string>;
  totalMinor: number;
  currency: string;
  provider: PaymentProvider;
  sealedToken: string | null;
  payUntilMs: number;
  holdUntilMs: number;
  authorised: boolean;
};

export type PlaceOrderSaga = SagaDefinition<Checkout>;

const units = (checkout: Checkout) => checkout.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
const cartLines = (checkout: Checkout) =>
  units(checkout).map((line) => {
    const lineId = checkout.cartLineIds?.[line.variantId];
    return { ...line, ...(lineId !== undefined && { lineId }) };
  });
const inventory = (command: string, input: Record<string, unknown>) => ({ room: 'inventory', command, input });
const payments = (command: string, input: Record<string, unknown>) => ({ room: 'payments', command, input });

export const STEPS: readonly SagaStep<Checkout>[] = [
  {
    name: 'hold-stock',
    ask: (checkout) => inventory('hold-stock', { orderId: checkout.orderId, lines: units(checkout), expiresAtMs: checkout.holdUntilMs }),
    undo: ({ orderId }) => inventory('release-stock', { orderId }),
    withinMs: 30_000,
  },
  {
    name: 'authorise-payment',
    ask: ({ orderId, provider, sealedToken, totalMinor, currency, payUntilMs }) =>
      totalMinor === 0
        ? null
        : payments('authorise-payment', { orderId, provider, token: sealedToken, amountMinor: totalMinor, currency, expiresAtMs: payUntilMs }),
    undo: ({ orderId }) => payments('void-payment', { orderId }),
    withinMs: 60_000,
  },
  { name: 'confirm-hold', pivot: true, ask: ({ orderId }) => inventory('confirm-hold', { orderId }), withinMs: 30_000 },
  { name: 'take-stock', ask: ({ orderId }) => inventory('take-stock', { orderId }), withinMs: 30_000 },
  {
    name: 'capture-payment',
    ask: ({ orderId, totalMinor }) => (totalMinor === 0 ? null : payments('capture-payment', { orderId })),
    withinMs: 60_000,
  },
  {
    name: 'clear-cart',
    ask: (checkout) => ({ room: 'cart', command: 'clear-cart', input: { cartId: checkout.cartId, orderId: checkout.orderId, lines: cartLines(checkout) } }),
    withinMs: 30_000,
  },
];

export const placeOrderSaga = (parts: FollowParts): PlaceOrderSaga => ({ name: 'place-order', steps: STEPS, onChange: followCheckout(parts) });
