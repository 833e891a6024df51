/** What the merchant decides once for the whole shop; read from the configuration. */
export interface ShopSettings {
  /** ISO 4217. */
  currency: string;
  /** One flat rate for every parcel, in minor units of the shop's currency. */
  shippingMinor: number;
  /** Orders of at least this subtotal ship free; null: none does. */
  freeShippingFromMinor: number | null;
  /** Tax by country, in basis points of goods and shipping (1900 = 19 %); `*` is for the others. Added to prices. */
  taxBasisPoints: Record<string, number>;
  /** At or below this many free units a variant is LOW, unless it has its own threshold. */
  lowStockThreshold: number;
  /** Webhooks may go to the machine itself, without https: for development. */
  webhookLoopback?: boolean;
}

/** No total may pass this (the `Int` of GraphQL). */
export const MAX_MINOR = 2_147_483_647;
