/** What the shop tells people, as a table: to whom, by which ways, and whether it can wait. Plain data, no engine. */
export type NotificationKind =
  | 'ORDER_CONFIRMED' | 'ORDER_SHIPPED' | 'ORDER_DELIVERED' | 'ORDER_CANCELLED' | 'ORDER_REFUNDED'
  | 'PAYMENT_DECLINED' | 'PAYMENT_ACTION_REQUIRED' | 'BACK_IN_STOCK' | 'PRICE_DROP' | 'LOW_STOCK';

export interface KindRules {
  audience: 'shopper' | 'staff';
  /** Whether letters go out where nobody has said otherwise; null where none ever does. */
  email: boolean | null;
  /** Quiet hours do not hold it back: a minute later it would be too late. */
  urgent?: true;
}

/** Nothing that stands before an order's confirmation has a letter: it could not be taken back. */
export const KINDS: Readonly<Record<NotificationKind, KindRules>> = {
  ORDER_CONFIRMED: { audience: 'shopper', email: true },
  ORDER_SHIPPED: { audience: 'shopper', email: true },
  ORDER_DELIVERED: { audience: 'shopper', email: true },
  ORDER_CANCELLED: { audience: 'shopper', email: true },
  ORDER_REFUNDED: { audience: 'shopper', email: true },
  PAYMENT_DECLINED: { audience: 'shopper', email: null },
  PAYMENT_ACTION_REQUIRED: { audience: 'shopper', email: null, urgent: true },
  BACK_IN_STOCK: { audience: 'shopper', email: true },
  PRICE_DROP: { audience: 'shopper', email: true },
  LOW_STOCK: { audience: 'staff', email: false },
};

export const KIND_NAMES = Object.keys(KINDS) as NotificationKind[];

/** What a text is made from; names are there in both languages, as the reader may change theirs. */
export interface NotificationData {
  /** The order's number, GM-1042; absent when a process of an earlier version told of it. */
  number?: string;
  amountMinor?: number;
  currency?: string;
  carrier?: string;
  trackingNumber?: string;
  code?: string;
  untilMs?: number;
  name?: { en: string | null; zh: string | null };
  fromMinor?: number;
  available?: number;
}

/** Something to be told. */
export interface News {
  kind: NotificationKind;
  orderId?: string;
  productId?: string;
  data: NotificationData;
}
