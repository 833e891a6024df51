/** An order's life as a table. Plain data, no engine. */
export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED';
export type OrderMove = 'confirm' | 'cancel' | 'ship' | 'deliver';
export type PaymentStatus = 'NONE' | 'ACTION_REQUIRED' | 'AUTHORISED' | 'CAPTURED' | 'DECLINED' | 'VOIDED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
export type PaymentProvider = 'SANDBOX' | 'STRIPE' | 'ALIPAY';

const TABLE: Record<OrderStatus, Partial<Record<OrderMove, OrderStatus>>> = {
  PENDING: { confirm: 'CONFIRMED', cancel: 'CANCELLED' },
  CONFIRMED: { ship: 'SHIPPED', cancel: 'CANCELLED' },
  SHIPPED: { deliver: 'DELIVERED' },
  DELIVERED: {},
  CANCELLED: {},
};

export const ORDER_STATUSES = Object.keys(TABLE) as OrderStatus[];

/** The state after the move, or null where the table has none. */
export const after = (status: OrderStatus, move: OrderMove): OrderStatus | null => TABLE[status][move] ?? null;

/** What decides over an order's next moves. */
export interface OrderFacts {
  status: OrderStatus;
  /** Somebody called it off after it was confirmed; money and stock are on their way back. */
  cancelRequested: boolean;
  totalMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  /** Refunds that have been decided and are not done. */
  refundingMinor: number;
}

export const cancellable = (order: OrderFacts): boolean => after(order.status, 'cancel') !== null && !order.cancelRequested;

/** Only what is paid and not called off or given back whole leaves the house. */
export const shippable = (order: OrderFacts): boolean =>
  after(order.status, 'ship') !== null && !order.cancelRequested && order.capturedMinor === order.totalMinor && (order.totalMinor === 0 || refundableMinor(order) > 0);

/** What can still be given back, counting refunds on their way. */
export const refundableMinor = (order: OrderFacts): number => order.capturedMinor - order.refundedMinor - order.refundingMinor;

/** Money can be given back by hand once it was taken, unless the whole order is being called off. */
export const refundable = (order: OrderFacts): boolean => order.capturedMinor > 0 && !order.cancelRequested && order.status !== 'CANCELLED';

/** Where the money stands after so much was given back. */
export const paymentAfterRefund = (capturedMinor: number, refundedMinor: number): PaymentStatus =>
  refundedMinor >= capturedMinor ? 'REFUNDED' : refundedMinor > 0 ? 'PARTIALLY_REFUNDED' : 'CAPTURED';

/** `GM-1042`: short, for people; the sequence begins at 1. */
export const orderNumber = (sequence: number): string => `GM-${1_000 + sequence}`;
