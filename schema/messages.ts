/**
 * What rooms tell each other over the bus: the data of every event and command, one zod schema each. No personal data, no
 * tokens: ids, amounts and states only (payment tokens excepted in `authorise-payment`, which never leaves the outbox
 * of orders unsealed: see subgraphs/orders).
 *
 * `npm run schema` writes them as JSON Schema to schema/events/ and schema/commands/, and refuses a change that processes of
 * the last version would not understand, or the other way round (schema/compatibility.ts). Fields that may be missing and
 * new messages come freely; any other change is a message of its own, `order.placed.v2`, told beside the old one until no
 * process of the last version runs.
 */
import { z } from 'zod';

const id = z.string().min(1).max(128);
const money = z.int().min(0).max(2_147_483_647);
const currency = z.string().regex(/^[A-Z]{3}$/);
/** Readable, for people: GM-1042. Absent where a process of an earlier version tells. */
const number = z.string().max(20).optional();
const lines = z.array(z.object({ variantId: id, quantity: z.int().min(1) })).min(1).max(100);

export const events = {
  users: {
    'user.registered': z.object({ userId: id }),
    'user.roles-changed': z.object({ userId: id, roles: z.array(z.string()) }),
  },
  products: {
    /** A product was made, edited, archived or reviewed; read it anew. */
    'product.changed': z.object({ productId: id, slug: z.string(), archived: z.boolean(), variantIds: z.array(id) }),
    /** New kinds of a product, in one message; inventory opens their levels with `initialStock` units on hand. */
    'variants.added': z.object({ productId: id, variants: z.array(z.object({ variantId: id, sku: z.string(), initialStock: z.int().min(0) })).min(1).max(100) }),
    'variant.price-changed': z.object({ variantId: id, productId: id, fromMinor: money, toMinor: money, currency }),
  },
  inventory: {
    /** After any change of a level, with the numbers after it. */
    'stock.changed': z.object({ variantId: id, available: z.int(), onHand: z.int(), held: z.int() }),
    'stock.low': z.object({ variantId: id, available: z.int(), threshold: z.int() }),
    'stock.back': z.object({ variantId: id, available: z.int() }),
    'hold.expired': z.object({ orderId: id }),
  },
  cart: {
    'cart.changed': z.object({ cartId: id, version: z.int() }),
  },
  orders: {
    'order.placed': z.object({ orderId: id, userId: id.nullable(), cartId: id.nullable(), totalMinor: money, currency, lines: z.array(z.object({ variantId: id, productId: id, quantity: z.int() })) }),
    'order.confirmed': z.object({ orderId: id, userId: id.nullable(), number, totalMinor: money, currency, lines: z.array(z.object({ variantId: id, productId: id, quantity: z.int() })) }),
    /** The shopper has to go to the bank until then (Unix ms). */
    'order.action-required': z.object({ orderId: id, userId: id.nullable(), number, untilMs: z.int() }),
    /** `confirmed`: it had been confirmed before; absent counts as not. */
    'order.cancelled': z.object({ orderId: id, userId: id.nullable(), number, code: z.string(), confirmed: z.boolean().optional() }),
    'order.shipped': z.object({ orderId: id, userId: id.nullable(), number, carrier: z.string(), trackingNumber: z.string() }),
    'order.delivered': z.object({ orderId: id, userId: id.nullable(), number }),
    'order.refunded': z.object({ orderId: id, userId: id.nullable(), number, amountMinor: money, currency }),
  },
  payments: {
    'payment.authorised': z.object({ orderId: id, paymentId: id, amountMinor: money, currency }),
    'payment.captured': z.object({ orderId: id, paymentId: id, amountMinor: money, currency }),
    'payment.voided': z.object({ orderId: id, paymentId: id, amountMinor: money, currency }),
    'payment.refunded': z.object({ orderId: id, paymentId: id, refundId: id, amountMinor: money, refundedMinor: money, currency }),
    'payment.declined': z.object({ orderId: id, paymentId: id, code: z.string() }),
  },
  recommendations: {
    /** A better model is served from now on; every process takes it from the blobs. */
    'model.published': z.object({ modelId: id, ndcg: z.number(), recall: z.number() }),
  },
  analytics: {
    /** A product's page was looked at; `visitor` is a hash that lasts a day. */
    'product.viewed': z.object({ visitor: id, userId: id.nullable(), productId: id, atMs: z.int() }),
  },
} as const;

/** The `input` of each command; the envelope (`key`, `undoes`) is platform/inbox's. The subject is always the order's id. */
export const commands = {
  inventory: {
    /** Sets stock aside until `expiresAtMs`. Done, or refused with OUT_OF_STOCK and `data: { variantId, available }`. */
    'hold-stock': z.object({ orderId: id, lines, expiresAtMs: z.int() }),
    /** Undo of hold-stock; also gives back a hold that was made permanent. */
    'release-stock': z.object({ orderId: id }),
    /** Makes the hold permanent by one conditional statement. Refused with HOLD_EXPIRED. */
    'confirm-hold': z.object({ orderId: id }),
    /** Turns held units into sold ones. */
    'take-stock': z.object({ orderId: id }),
    /** Units of a cancelled order, sold before, come back on hand. */
    'return-stock': z.object({ orderId: id, lines }),
  },
  payments: {
    /**
     * `token` is sealed (platform/seal, secret `shared/payment-token`, bound to the order's id). Done with `data: { paymentId }`;
     * waiting with `data: { actionUrl }`; refused with PAYMENT_DECLINED and `data: { declineCode }`, or PROVIDER_UNAVAILABLE.
     */
    'authorise-payment': z.object({ orderId: id, provider: z.enum(['SANDBOX', 'STRIPE', 'ALIPAY']), token: z.string().max(512), amountMinor: money, currency, expiresAtMs: z.int() }),
    /** Undo of authorise-payment: voids what is authorised, refunds what was captured, or keeps it from happening. */
    'void-payment': z.object({ orderId: id }),
    /** Refused with NOT_AUTHORISED or CAPTURE_REFUSED. */
    'capture-payment': z.object({ orderId: id }),
    /** Refused with REFUND_TOO_LARGE. Done with `data: { refundId, refundedMinor }`. */
    'refund-payment': z.object({ orderId: id, refundId: id, amountMinor: money, reason: z.string().max(500) }),
  },
  cart: {
    /** Empties the cart that the order was made from, if it is still at that version; otherwise takes off what was ordered. */
    /** `lineId`: the line of the cart that was ordered; one of the same variant that was begun since is another. */
    'clear-cart': z.object({ cartId: id, orderId: id, lines: z.array(z.object({ variantId: id, quantity: z.int().min(1), lineId: id.optional() })).min(1).max(100) }),
  },
} as const;

export type EventData<Room extends keyof typeof events, Type extends keyof (typeof events)[Room]> = z.infer<Extract<(typeof events)[Room][Type], z.ZodType>>;
export type CommandInput<Room extends keyof typeof commands, Type extends keyof (typeof commands)[Room]> = z.infer<Extract<(typeof commands)[Room][Type], z.ZodType>>;
