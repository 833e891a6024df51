/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A change of stock: give either `delta` or `setTo`. */
export type AdjustStockInput = {
  /** Units more, or less when negative. */
  delta?: number | null | undefined;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** 1 to 200 characters, for the record. */
  reason: string;
  /** Units on hand after a count. */
  setTo?: number | null | undefined;
  /** Which variant. */
  variantId: string | number;
};

/** Taking off, or bringing back. */
export type ArchiveProductInput = {
  /** True takes it off, false brings it back. */
  archived: boolean;
  /** The version that was read. */
  expectedVersion: number;
  /** Which product. */
  id: string | number;
};

/** A fact about a product. */
export type AttributeInput = {
  /** E.g. material; filters take it. */
  name: string;
  /** The name in Chinese, e.g. 材质. Left out, the one that is known stays; empty takes it away. */
  nameZh?: string | null | undefined;
  /** At least one language. */
  value: LocalizedTextInput;
};

/** Calling an order off. */
export type CancelOrderInput = {
  /** For a guest's order. */
  guestToken?: string | null | undefined;
  /** Which order. */
  id: string | number;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** At most 500 characters. */
  reason?: string | null | undefined;
};

/** A picture that stands for a category. */
export type CategoryImageInput = {
  /** From the root, as in `categoryPaths`. */
  path: Array<string>;
  /** Begins with /media/. */
  url: string;
};

/** A category's name in both languages. */
export type CategoryNameInput = {
  /** As in the path. */
  en: string;
  /** In Chinese. */
  zh: string;
};

/** The parcel has arrived. */
export type DeliverOrderInput = {
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** Which order. */
  orderId: string | number;
};

/** A picture: a file of this host below /media/. */
export type ImageInput = {
  /** What it shows. */
  alt?: LocalizedTextInput | null | undefined;
  /** Begins with /media/. */
  url: string;
};

/** A text in the languages of the shop; at least one is given. */
export type LocalizedTextInput = {
  /** English. */
  en?: string | null | undefined;
  /** Chinese. */
  zh?: string | null | undefined;
};

/** An amount of money given by a client. */
export type MoneyInput = {
  /** Minor units of the currency, not negative. */
  amountMinor: number;
  /** ISO 4217 code, e.g. USD. */
  currency: string;
};

/** How to narrow the orders. */
export type OrderFilter = {
  /** Number or e-mail, or the beginning of one. */
  search?: string | null | undefined;
  /** Only with one of these. */
  status?: Array<OrderStatus> | null | undefined;
  /** Only those whose saga needs a person. */
  stuck?: boolean | null | undefined;
};

/** Where an order stands. */
export type OrderStatus =
  /** Called off; nothing is owed. */
  | 'CANCELLED'
  /** Bought; to be shipped. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** Being checked: stock, payment. */
  | 'PENDING'
  /** On its way. */
  | 'SHIPPED';

/** Who handles the money. */
export type PaymentProvider =
  /** Alipay. */
  | 'ALIPAY'
  /** The built-in provider for trying out; see paymentProviders for its tokens. */
  | 'SANDBOX'
  /** Stripe. */
  | 'STRIPE';

/** Where the money stands. */
export type PaymentStatus =
  /** The shopper has to do something at the bank. */
  | 'ACTION_REQUIRED'
  /** Set aside at the bank. */
  | 'AUTHORISED'
  /** Taken. */
  | 'CAPTURED'
  /** The bank said no. */
  | 'DECLINED'
  /** Nothing has happened yet. */
  | 'NONE'
  /** A part was given back. */
  | 'PARTIALLY_REFUNDED'
  /** All was given back. */
  | 'REFUNDED'
  /** Set free again. */
  | 'VOIDED';

/** A product whole: what is absent is taken away, variants that are left out are archived. */
export type ProductInput = {
  /** Facts for filters. */
  attributes?: Array<AttributeInput> | null | undefined;
  /** Who makes it. */
  brand?: string | null | undefined;
  /** Pictures that stand for categories of the paths; one that is not named keeps the picture it has. */
  categoryImages?: Array<CategoryImageInput> | null | undefined;
  /** Chinese names of path parts, where known. */
  categoryNamesZh?: Array<CategoryNameInput> | null | undefined;
  /** From the root, e.g. ["Apparel", "Shirts"], in English; made where missing. */
  categoryPaths?: Array<Array<string>> | null | undefined;
  /** Plain text. */
  description?: LocalizedTextInput | null | undefined;
  /** The main one first. */
  media?: Array<ImageInput> | null | undefined;
  /** At least one language. */
  name: LocalizedTextInput;
  /** Its address: lower-case letters, digits and hyphens. */
  slug: string;
  /** At least one, at most 100. */
  variants: Array<VariantInput>;
};

/** Units of a line. */
export type RefundLineInput = {
  /** Which line. */
  lineId: string | number;
  /** How many units. */
  quantity: number;
};

/** Giving money back. */
export type RefundOrderInput = {
  /** How much; absent with absent lines: all that is left. */
  amount?: MoneyInput | null | undefined;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** Units of lines to give the price back for. */
  lines?: Array<RefundLineInput> | null | undefined;
  /** Which order. */
  orderId: string | number;
  /** At most 500 characters. */
  reason?: string | null | undefined;
};

/** Where a saga stands. */
export type SagaState =
  /** All done. */
  | 'DONE'
  /** Going forward. */
  | 'RUNNING'
  /** Needs a person. */
  | 'STUCK'
  /** Taking back what was done. */
  | 'UNDOING'
  /** All taken back. */
  | 'UNDONE';

/** A product as staff enters it. */
export type SaveProductInput = {
  /** The version that was read; required with `id`. */
  expectedVersion?: number | null | undefined;
  /** Absent for a new product. */
  id?: string | number | null | undefined;
  /** The product. */
  product: ProductInput;
};

/** What a variant has for an option. */
export type SelectedOptionInput = {
  /** E.g. Size; filters take it. */
  name: string;
  /** The name in Chinese, e.g. 尺码; given with one variant it goes for all. Left out, the one that is known stays; empty takes it away. */
  nameZh?: string | null | undefined;
  /** E.g. Large; filters take it. */
  value: string;
  /** The value in Chinese, e.g. 大号; likewise. */
  valueZh?: string | null | undefined;
};

/** From how few units on a variant is low. */
export type SetLowStockThresholdInput = {
  /** 0 to 1000000. */
  threshold: number;
  /** Which variant. */
  variantId: string | number;
};

/** What a person may do from now on. */
export type SetUserRolesInput = {
  /** customer, merchant, ops, partner, admin; at least one. */
  roles: Array<string>;
  /** Whose roles. */
  userId: string | number;
};

/** Handing over to a carrier. */
export type ShipOrderInput = {
  /** 1 to 80 characters. */
  carrier: string;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** Which order. */
  orderId: string | number;
  /** 1 to 80 characters. */
  trackingNumber: string;
};

/** How to narrow the levels. */
export type StockFilter = {
  /** Only those at or below their threshold. */
  low?: boolean | null | undefined;
  /** Only these variants. */
  variantIds?: Array<string | number> | null | undefined;
};

/** Stock in a word. */
export type StockStatus =
  /** Enough. */
  | 'IN_STOCK'
  /** A few left. */
  | 'LOW'
  /** None left. */
  | 'OUT';

/** A variant as staff enters it. */
export type VariantInput = {
  /** What it cost before. */
  compareAtPriceMinor?: number | null | undefined;
  /** Address of its own picture. */
  imageUrl?: string | null | undefined;
  /** Units on hand when it is new; a change of stock later goes through `adjustStock`. */
  initialStock?: number | null | undefined;
  /** Its value for each option; the same names for all variants of a product. */
  options: Array<SelectedOptionInput>;
  /** What it costs, in minor units, not negative. */
  priceMinor: number;
  /** Unique in the shop; it tells which variant is changed. */
  sku: string;
};

export type SessionPartsFragment = { accessToken: string, refreshToken: string, expiresInSeconds: number, user: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null } };

export type MoneyPartsFragment = { amountMinor: number, currency: string };

export type ProductCardFragment = { id: string, slug: string, name: string, image: { url: string, alt: string } | null, variants: Array<{ id: string, sku: string, name: string, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> };

export type CartPartsFragment = { id: string, couponCode: string | null, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } };

export type OrderPartsFragment = { id: string, number: string, status: OrderStatus, placedAt: string, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, payment: { status: PaymentStatus, provider: PaymentProvider, actionUrl: string | null }, timeline: Array<{ at: string, kind: string, message: string }> };

export type LedgerBalancesQueryVariables = Exact<{ [key: string]: never; }>;


export type LedgerBalancesQuery = { ledgerBalances: Array<{ account: string, balanceMinor: string, currency: string }> | null };

export type OrderRowFragment = { id: string, number: string, status: OrderStatus, placedAt: string, email: string, total: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, payment: { status: PaymentStatus }, lines: Array<{ id: string, quantity: number }>, shippingAddress: { fullName: string, countryCode: string }, saga: { state: SagaState } | null };

export type OrdersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: OrderFilter | null | undefined;
}>;


export type OrdersQuery = { orders: { totalCount: number, edges: Array<{ node: { id: string, number: string, status: OrderStatus, placedAt: string, email: string, total: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, payment: { status: PaymentStatus }, lines: Array<{ id: string, quantity: number }>, shippingAddress: { fullName: string, countryCode: string }, saga: { state: SagaState } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PaletteOrdersQueryVariables = Exact<{
  first: number;
  search: string;
}>;


export type PaletteOrdersQuery = { orders: { edges: Array<{ node: { id: string, number: string, email: string } }> } | null };

export type OrdersChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type OrdersChangedSubscription = { ordersChanged: { id: string, number: string, status: OrderStatus } | null };

export type OrderQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderQuery = { order: { id: string, number: string, status: OrderStatus, placedAt: string, email: string, cancellable: boolean, customer: { id: string, email: string | null, displayName: string | null } | null, lines: Array<{ id: string, quantity: number, sku: string, name: string, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, variant: { id: string, image: { url: string, alt: string } | null, product: { id: string } } | null }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, payment: { status: PaymentStatus, provider: PaymentProvider, actionExpiresAt: string | null }, shippingAddress: { fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null }, timeline: Array<{ at: string, kind: string, message: string }>, shipment: { carrier: string, trackingNumber: string, shippedAt: string } | null, saga: { state: SagaState, steps: Array<{ name: string, state: string, attempts: number, error: string | null }> } | null, payments: Array<{ id: string, provider: string, status: string, providerReference: string | null, amount: { amountMinor: number, currency: string }, captured: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, entries: Array<{ id: string, kind: string, debit: string, credit: string, at: string, amount: { amountMinor: number, currency: string } }> }> | null } | null };

export type OrderChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type OrderChangedSubscription = { orderChanged: { id: string, status: OrderStatus } | null };

export type WholeOrderFragment = { id: string, number: string, status: OrderStatus, placedAt: string, email: string, cancellable: boolean, customer: { id: string, email: string | null, displayName: string | null } | null, lines: Array<{ id: string, quantity: number, sku: string, name: string, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, variant: { id: string, image: { url: string, alt: string } | null, product: { id: string } } | null }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, payment: { status: PaymentStatus, provider: PaymentProvider, actionExpiresAt: string | null }, shippingAddress: { fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null }, timeline: Array<{ at: string, kind: string, message: string }>, shipment: { carrier: string, trackingNumber: string, shippedAt: string } | null, saga: { state: SagaState, steps: Array<{ name: string, state: string, attempts: number, error: string | null }> } | null, payments: Array<{ id: string, provider: string, status: string, providerReference: string | null, amount: { amountMinor: number, currency: string }, captured: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, entries: Array<{ id: string, kind: string, debit: string, credit: string, at: string, amount: { amountMinor: number, currency: string } }> }> | null };

export type ShipOrderMutationVariables = Exact<{
  input: ShipOrderInput;
}>;


export type ShipOrderMutation = { shipOrder:
    | { __typename: 'Order', id: string }
    | { __typename: 'OrderRefused', code: string, message: string }
   | null };

export type CancelOrderMutationVariables = Exact<{
  input: CancelOrderInput;
}>;


export type CancelOrderMutation = { cancelOrder:
    | { __typename: 'Order', id: string }
    | { __typename: 'OrderRefused', code: string, message: string }
   | null };

export type RefundOrderMutationVariables = Exact<{
  input: RefundOrderInput;
}>;


export type RefundOrderMutation = { refundOrder:
    | { __typename: 'Order', id: string }
    | { __typename: 'OrderRefused', code: string, message: string }
   | null };

export type DeliverOrderMutationVariables = Exact<{
  input: DeliverOrderInput;
}>;


export type DeliverOrderMutation = { deliverOrder:
    | { __typename: 'Order', id: string }
    | { __typename: 'OrderRefused', code: string, message: string }
   | null };

export type ResumeSagaMutationVariables = Exact<{
  orderId: string | number;
}>;


export type ResumeSagaMutation = { resumeSaga:
    | { __typename: 'Order', id: string }
    | { __typename: 'OrderRefused', code: string, message: string }
   | null };

export type OverviewOrdersQueryVariables = Exact<{
  recent: number;
}>;


export type OverviewOrdersQuery = { recent: { totalCount: number, edges: Array<{ node: { id: string, number: string, status: OrderStatus, placedAt: string, email: string, total: { amountMinor: number, currency: string }, refunded: { amountMinor: number, currency: string }, payment: { status: PaymentStatus }, lines: Array<{ id: string, quantity: number }>, shippingAddress: { fullName: string, countryCode: string }, saga: { state: SagaState } | null } }>, pageInfo: { hasNextPage: boolean } } | null, toShip: { totalCount: number } | null, pending: { totalCount: number } | null, stuck: { totalCount: number, edges: Array<{ node: { id: string, number: string } }> } | null };

export type OverviewStockQueryVariables = Exact<{
  first: number;
}>;


export type OverviewStockQuery = { stockLevels: { totalCount: number, edges: Array<{ node: { id: string, onHand: number, available: number, held: number, threshold: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string } | null, product: { id: string } } | null } }> } | null };

export type PeopleQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type PeopleQuery = { users: { totalCount: number, edges: Array<{ node: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null, emailVerified: boolean | null, language: string | null, createdAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type SetUserRolesMutationVariables = Exact<{
  input: SetUserRolesInput;
}>;


export type SetUserRolesMutation = { setUserRoles:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string, roles: Array<string> | null }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type CatalogueQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  archived?: boolean | null | undefined;
}>;


export type CatalogueQuery = { catalogue: { totalCount: number, edges: Array<{ node: { id: string, slug: string, name: string, archived: boolean, version: number, updatedAt: string, image: { url: string, alt: string } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, variants: Array<{ id: string, sku: string, stock: { available: number, status: StockStatus } | null }>, translations: Array<{ language: string, name: string | null }> | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PaletteProductsQueryVariables = Exact<{
  first: number;
  search: string;
}>;


export type PaletteProductsQuery = { catalogue: { edges: Array<{ node: { id: string, name: string, slug: string } }> } | null };

export type EditedProductQueryVariables = Exact<{
  id: string | number;
}>;


export type EditedProductQuery = { product: { id: string, slug: string, brand: string | null, archived: boolean, version: number, updatedAt: string, name: string, translations: Array<{ language: string, name: string | null, description: string | null }> | null, image: { url: string } | null, media: Array<{ url: string, alt: string }>, attributes: Array<{ name: string, value: string }>, categories: Array<{ id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string } | null } | null } | null } | null } | null }>, variants: Array<{ id: string, sku: string, archived: boolean, price: { amountMinor: number, currency: string }, compareAtPrice: { amountMinor: number, currency: string } | null, options: Array<{ name: string, value: string }>, image: { url: string } | null, stock: { available: number, status: StockStatus } | null }> } | null };

export type EditedProductPartsFragment = { id: string, slug: string, brand: string | null, archived: boolean, version: number, updatedAt: string, name: string, translations: Array<{ language: string, name: string | null, description: string | null }> | null, image: { url: string } | null, media: Array<{ url: string, alt: string }>, attributes: Array<{ name: string, value: string }>, categories: Array<{ id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string, parent: { id: string, name: string } | null } | null } | null } | null } | null }>, variants: Array<{ id: string, sku: string, archived: boolean, price: { amountMinor: number, currency: string }, compareAtPrice: { amountMinor: number, currency: string } | null, options: Array<{ name: string, value: string }>, image: { url: string } | null, stock: { available: number, status: StockStatus } | null }> };

export type SaveProductMutationVariables = Exact<{
  input: SaveProductInput;
}>;


export type SaveProductMutation = { saveProduct:
    | { __typename: 'Product', id: string, version: number }
    | { __typename: 'ProductConflict', code: string, message: string, current: { id: string, version: number } }
    | { __typename: 'ProductRefused', field: string | null, code: string, message: string }
   | null };

export type ArchiveProductMutationVariables = Exact<{
  input: ArchiveProductInput;
}>;


export type ArchiveProductMutation = { archiveProduct:
    | { __typename: 'Product', id: string, version: number, archived: boolean }
    | { __typename: 'ProductConflict', code: string, message: string, current: { id: string, version: number, archived: boolean } }
    | { __typename: 'ProductRefused', code: string, message: string }
   | null };

export type ShopCurrencyQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopCurrencyQuery = { catalogue: { edges: Array<{ node: { id: string, priceRange: { min: { currency: string } } } }> } | null };

export type LevelRowFragment = { id: string, onHand: number, available: number, held: number, threshold: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string } | null, product: { id: string } } | null };

export type StockLevelsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: StockFilter | null | undefined;
}>;


export type StockLevelsQuery = { stockLevels: { totalCount: number, edges: Array<{ node: { id: string, onHand: number, available: number, held: number, threshold: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string } | null, product: { id: string } } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type StockMovementsQueryVariables = Exact<{
  variantIds: Array<string | number> | string | number;
  first: number;
}>;


export type StockMovementsQuery = { stockLevels: { edges: Array<{ node: { id: string, onHand: number, available: number, held: number, threshold: number, movements: Array<{ id: string, delta: number, reason: string, orderId: string | null, at: string }>, variant: { id: string, sku: string, name: string, image: { url: string, alt: string } | null, product: { id: string } } | null } }> } | null };

export type StockChangedSubscriptionVariables = Exact<{
  variantIds: Array<string | number> | string | number;
}>;


export type StockChangedSubscription = { stockChanged: { id: string, stockLevel: { id: string, onHand: number, available: number, held: number, threshold: number } | null } | null };

export type StockLowSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type StockLowSubscription = { stockLow: { available: number, threshold: number, variant: { id: string, name: string } | null } | null };

export type AdjustStockMutationVariables = Exact<{
  input: AdjustStockInput;
}>;


export type AdjustStockMutation = { adjustStock:
    | { __typename: 'StockLevel', id: string, onHand: number, available: number, held: number, threshold: number, movements: Array<{ id: string, delta: number }> }
    | { __typename: 'StockRefused', code: string, message: string }
   | null };

export type SetLowStockThresholdMutationVariables = Exact<{
  input: SetLowStockThresholdInput;
}>;


export type SetLowStockThresholdMutation = { setLowStockThreshold:
    | { __typename: 'StockLevel', id: string, onHand: number, available: number, held: number, threshold: number }
    | { __typename: 'StockRefused', code: string, message: string }
   | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SessionPartsFragmentDoc = new TypedDocumentString(`
    fragment SessionParts on Session {
  accessToken
  refreshToken
  expiresInSeconds
  user {
    id
    email
    displayName
    roles
  }
}
    `, {"fragmentName":"SessionParts"}) as unknown as TypedDocumentString<SessionPartsFragment, unknown>;
export const MoneyPartsFragmentDoc = new TypedDocumentString(`
    fragment MoneyParts on Money {
  amountMinor
  currency
}
    `, {"fragmentName":"MoneyParts"}) as unknown as TypedDocumentString<MoneyPartsFragment, unknown>;
export const ProductCardFragmentDoc = new TypedDocumentString(`
    fragment ProductCard on Product {
  id
  slug
  name
  image {
    url
    alt
  }
  variants {
    id
    sku
    name
    price {
      ...MoneyParts
    }
    stock {
      available
      status
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`, {"fragmentName":"ProductCard"}) as unknown as TypedDocumentString<ProductCardFragment, unknown>;
export const CartPartsFragmentDoc = new TypedDocumentString(`
    fragment CartParts on Cart {
  id
  couponCode
  lines {
    id
    quantity
    variant {
      id
      sku
      name
    }
    unitPrice {
      ...MoneyParts
    }
    lineTotal {
      ...MoneyParts
    }
    problems {
      code
      message
    }
  }
  subtotal {
    ...MoneyParts
  }
  discount {
    ...MoneyParts
  }
  total {
    ...MoneyParts
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`, {"fragmentName":"CartParts"}) as unknown as TypedDocumentString<CartPartsFragment, unknown>;
export const OrderPartsFragmentDoc = new TypedDocumentString(`
    fragment OrderParts on Order {
  id
  number
  status
  placedAt
  lines {
    id
    quantity
    variant {
      id
      sku
      name
    }
    unitPrice {
      ...MoneyParts
    }
    lineTotal {
      ...MoneyParts
    }
  }
  subtotal {
    ...MoneyParts
  }
  discount {
    ...MoneyParts
  }
  shipping {
    ...MoneyParts
  }
  tax {
    ...MoneyParts
  }
  total {
    ...MoneyParts
  }
  payment {
    status
    provider
    actionUrl
  }
  timeline {
    at
    kind
    message
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`, {"fragmentName":"OrderParts"}) as unknown as TypedDocumentString<OrderPartsFragment, unknown>;
export const OrderRowFragmentDoc = new TypedDocumentString(`
    fragment OrderRow on Order {
  id
  number
  status
  placedAt
  email
  total {
    ...MoneyParts
  }
  refunded {
    ...MoneyParts
  }
  payment {
    status
  }
  lines {
    id
    quantity
  }
  shippingAddress {
    fullName
    countryCode
  }
  saga {
    state
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`, {"fragmentName":"OrderRow"}) as unknown as TypedDocumentString<OrderRowFragment, unknown>;
export const WholeOrderFragmentDoc = new TypedDocumentString(`
    fragment WholeOrder on Order {
  id
  number
  status
  placedAt
  email
  cancellable
  customer {
    id
    email
    displayName
  }
  lines {
    id
    quantity
    sku
    name
    unitPrice {
      ...MoneyParts
    }
    lineTotal {
      ...MoneyParts
    }
    variant {
      id
      image {
        url
        alt
      }
      product {
        id
      }
    }
  }
  subtotal {
    ...MoneyParts
  }
  discount {
    ...MoneyParts
  }
  shipping {
    ...MoneyParts
  }
  tax {
    ...MoneyParts
  }
  total {
    ...MoneyParts
  }
  refunded {
    ...MoneyParts
  }
  payment {
    status
    provider
    actionExpiresAt
  }
  shippingAddress {
    fullName
    line1
    line2
    city
    region
    postalCode
    countryCode
    phone
  }
  timeline {
    at
    kind
    message
  }
  shipment {
    carrier
    trackingNumber
    shippedAt
  }
  saga {
    state
    steps {
      name
      state
      attempts
      error
    }
  }
  payments {
    id
    provider
    status
    providerReference
    amount {
      ...MoneyParts
    }
    captured {
      ...MoneyParts
    }
    refunded {
      ...MoneyParts
    }
    entries {
      id
      kind
      debit
      credit
      at
      amount {
        ...MoneyParts
      }
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`, {"fragmentName":"WholeOrder"}) as unknown as TypedDocumentString<WholeOrderFragment, unknown>;
export const EditedProductPartsFragmentDoc = new TypedDocumentString(`
    fragment EditedProductParts on Product {
  id
  slug
  brand
  archived
  version
  updatedAt
  name
  translations {
    language
    name
    description
  }
  image {
    url
  }
  media {
    url
    alt
  }
  attributes {
    name
    value
  }
  categories {
    id
    name
    parent {
      id
      name
      parent {
        id
        name
        parent {
          id
          name
          parent {
            id
            name
            parent {
              id
              name
            }
          }
        }
      }
    }
  }
  variants {
    id
    sku
    archived
    price {
      ...MoneyParts
    }
    compareAtPrice {
      ...MoneyParts
    }
    options {
      name
      value
    }
    image {
      url
    }
    stock {
      available
      status
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`, {"fragmentName":"EditedProductParts"}) as unknown as TypedDocumentString<EditedProductPartsFragment, unknown>;
export const LevelRowFragmentDoc = new TypedDocumentString(`
    fragment LevelRow on StockLevel {
  id
  onHand
  available
  held
  threshold
  variant {
    id
    sku
    name
    image {
      url
      alt
    }
    product {
      id
    }
  }
}
    `, {"fragmentName":"LevelRow"}) as unknown as TypedDocumentString<LevelRowFragment, unknown>;
export const LedgerBalancesDocument = new TypedDocumentString(`
    query LedgerBalances {
  ledgerBalances {
    account
    balanceMinor
    currency
  }
}
    `) as unknown as TypedDocumentString<LedgerBalancesQuery, LedgerBalancesQueryVariables>;
export const OrdersDocument = new TypedDocumentString(`
    query Orders($first: Int!, $after: String, $filter: OrderFilter) {
  orders(first: $first, after: $after, filter: $filter) {
    totalCount
    edges {
      node {
        ...OrderRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
fragment OrderRow on Order {
  id
  number
  status
  placedAt
  email
  total {
    ...MoneyParts
  }
  refunded {
    ...MoneyParts
  }
  payment {
    status
  }
  lines {
    id
    quantity
  }
  shippingAddress {
    fullName
    countryCode
  }
  saga {
    state
  }
}`) as unknown as TypedDocumentString<OrdersQuery, OrdersQueryVariables>;
export const PaletteOrdersDocument = new TypedDocumentString(`
    query PaletteOrders($first: Int!, $search: String!) {
  orders(first: $first, filter: {search: $search}) {
    edges {
      node {
        id
        number
        email
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PaletteOrdersQuery, PaletteOrdersQueryVariables>;
export const OrdersChangedDocument = new TypedDocumentString(`
    subscription OrdersChanged {
  ordersChanged {
    id
    number
    status
  }
}
    `) as unknown as TypedDocumentString<OrdersChangedSubscription, OrdersChangedSubscriptionVariables>;
export const OrderDocument = new TypedDocumentString(`
    query Order($id: ID!) {
  order(id: $id) {
    ...WholeOrder
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
fragment WholeOrder on Order {
  id
  number
  status
  placedAt
  email
  cancellable
  customer {
    id
    email
    displayName
  }
  lines {
    id
    quantity
    sku
    name
    unitPrice {
      ...MoneyParts
    }
    lineTotal {
      ...MoneyParts
    }
    variant {
      id
      image {
        url
        alt
      }
      product {
        id
      }
    }
  }
  subtotal {
    ...MoneyParts
  }
  discount {
    ...MoneyParts
  }
  shipping {
    ...MoneyParts
  }
  tax {
    ...MoneyParts
  }
  total {
    ...MoneyParts
  }
  refunded {
    ...MoneyParts
  }
  payment {
    status
    provider
    actionExpiresAt
  }
  shippingAddress {
    fullName
    line1
    line2
    city
    region
    postalCode
    countryCode
    phone
  }
  timeline {
    at
    kind
    message
  }
  shipment {
    carrier
    trackingNumber
    shippedAt
  }
  saga {
    state
    steps {
      name
      state
      attempts
      error
    }
  }
  payments {
    id
    provider
    status
    providerReference
    amount {
      ...MoneyParts
    }
    captured {
      ...MoneyParts
    }
    refunded {
      ...MoneyParts
    }
    entries {
      id
      kind
      debit
      credit
      at
      amount {
        ...MoneyParts
      }
    }
  }
}`) as unknown as TypedDocumentString<OrderQuery, OrderQueryVariables>;
export const OrderChangedDocument = new TypedDocumentString(`
    subscription OrderChanged($id: ID!) {
  orderChanged(id: $id) {
    id
    status
  }
}
    `) as unknown as TypedDocumentString<OrderChangedSubscription, OrderChangedSubscriptionVariables>;
export const ShipOrderDocument = new TypedDocumentString(`
    mutation ShipOrder($input: ShipOrderInput!) {
  shipOrder(input: $input) {
    __typename
    ... on Order {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ShipOrderMutation, ShipOrderMutationVariables>;
export const CancelOrderDocument = new TypedDocumentString(`
    mutation CancelOrder($input: CancelOrderInput!) {
  cancelOrder(input: $input) {
    __typename
    ... on Order {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelOrderMutation, CancelOrderMutationVariables>;
export const RefundOrderDocument = new TypedDocumentString(`
    mutation RefundOrder($input: RefundOrderInput!) {
  refundOrder(input: $input) {
    __typename
    ... on Order {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RefundOrderMutation, RefundOrderMutationVariables>;
export const DeliverOrderDocument = new TypedDocumentString(`
    mutation DeliverOrder($input: DeliverOrderInput!) {
  deliverOrder(input: $input) {
    __typename
    ... on Order {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeliverOrderMutation, DeliverOrderMutationVariables>;
export const ResumeSagaDocument = new TypedDocumentString(`
    mutation ResumeSaga($orderId: ID!) {
  resumeSaga(orderId: $orderId) {
    __typename
    ... on Order {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResumeSagaMutation, ResumeSagaMutationVariables>;
export const OverviewOrdersDocument = new TypedDocumentString(`
    query OverviewOrders($recent: Int!) {
  recent: orders(first: $recent) {
    totalCount
    edges {
      node {
        ...OrderRow
      }
    }
    pageInfo {
      hasNextPage
    }
  }
  toShip: orders(first: 1, filter: {status: [CONFIRMED]}) {
    totalCount
  }
  pending: orders(first: 1, filter: {status: [PENDING]}) {
    totalCount
  }
  stuck: orders(first: 5, filter: {stuck: true}) {
    totalCount
    edges {
      node {
        id
        number
      }
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
fragment OrderRow on Order {
  id
  number
  status
  placedAt
  email
  total {
    ...MoneyParts
  }
  refunded {
    ...MoneyParts
  }
  payment {
    status
  }
  lines {
    id
    quantity
  }
  shippingAddress {
    fullName
    countryCode
  }
  saga {
    state
  }
}`) as unknown as TypedDocumentString<OverviewOrdersQuery, OverviewOrdersQueryVariables>;
export const OverviewStockDocument = new TypedDocumentString(`
    query OverviewStock($first: Int!) {
  stockLevels(first: $first, filter: {low: true}) {
    totalCount
    edges {
      node {
        ...LevelRow
      }
    }
  }
}
    fragment LevelRow on StockLevel {
  id
  onHand
  available
  held
  threshold
  variant {
    id
    sku
    name
    image {
      url
      alt
    }
    product {
      id
    }
  }
}`) as unknown as TypedDocumentString<OverviewStockQuery, OverviewStockQueryVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People($first: Int!, $after: String, $search: String) {
  users(first: $first, after: $after, search: $search) {
    totalCount
    edges {
      node {
        id
        email
        displayName
        roles
        emailVerified
        language
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const SetUserRolesDocument = new TypedDocumentString(`
    mutation SetUserRoles($input: SetUserRolesInput!) {
  setUserRoles(input: $input) {
    __typename
    ... on User {
      id
      roles
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetUserRolesMutation, SetUserRolesMutationVariables>;
export const CatalogueDocument = new TypedDocumentString(`
    query Catalogue($first: Int!, $after: String, $search: String, $archived: Boolean) {
  catalogue(first: $first, after: $after, search: $search, archived: $archived) {
    totalCount
    edges {
      node {
        id
        slug
        name
        archived
        version
        updatedAt
        image {
          url
          alt
        }
        priceRange {
          min {
            ...MoneyParts
          }
          max {
            ...MoneyParts
          }
        }
        variants {
          id
          sku
          stock {
            available
            status
          }
        }
        translations {
          language
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`) as unknown as TypedDocumentString<CatalogueQuery, CatalogueQueryVariables>;
export const PaletteProductsDocument = new TypedDocumentString(`
    query PaletteProducts($first: Int!, $search: String!) {
  catalogue(first: $first, search: $search) {
    edges {
      node {
        id
        name
        slug
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PaletteProductsQuery, PaletteProductsQueryVariables>;
export const EditedProductDocument = new TypedDocumentString(`
    query EditedProduct($id: ID!) {
  product(id: $id) {
    ...EditedProductParts
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
fragment EditedProductParts on Product {
  id
  slug
  brand
  archived
  version
  updatedAt
  name
  translations {
    language
    name
    description
  }
  image {
    url
  }
  media {
    url
    alt
  }
  attributes {
    name
    value
  }
  categories {
    id
    name
    parent {
      id
      name
      parent {
        id
        name
        parent {
          id
          name
          parent {
            id
            name
            parent {
              id
              name
            }
          }
        }
      }
    }
  }
  variants {
    id
    sku
    archived
    price {
      ...MoneyParts
    }
    compareAtPrice {
      ...MoneyParts
    }
    options {
      name
      value
    }
    image {
      url
    }
    stock {
      available
      status
    }
  }
}`) as unknown as TypedDocumentString<EditedProductQuery, EditedProductQueryVariables>;
export const SaveProductDocument = new TypedDocumentString(`
    mutation SaveProduct($input: SaveProductInput!) {
  saveProduct(input: $input) {
    __typename
    ... on Product {
      id
      version
    }
    ... on ProductConflict {
      current {
        id
        version
      }
    }
    ... on ProductRefused {
      field
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SaveProductMutation, SaveProductMutationVariables>;
export const ArchiveProductDocument = new TypedDocumentString(`
    mutation ArchiveProduct($input: ArchiveProductInput!) {
  archiveProduct(input: $input) {
    __typename
    ... on Product {
      id
      version
      archived
    }
    ... on ProductConflict {
      current {
        id
        version
        archived
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ArchiveProductMutation, ArchiveProductMutationVariables>;
export const ShopCurrencyDocument = new TypedDocumentString(`
    query ShopCurrency {
  catalogue(first: 1) {
    edges {
      node {
        id
        priceRange {
          min {
            currency
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ShopCurrencyQuery, ShopCurrencyQueryVariables>;
export const StockLevelsDocument = new TypedDocumentString(`
    query StockLevels($first: Int!, $after: String, $filter: StockFilter) {
  stockLevels(first: $first, after: $after, filter: $filter) {
    totalCount
    edges {
      node {
        ...LevelRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment LevelRow on StockLevel {
  id
  onHand
  available
  held
  threshold
  variant {
    id
    sku
    name
    image {
      url
      alt
    }
    product {
      id
    }
  }
}`) as unknown as TypedDocumentString<StockLevelsQuery, StockLevelsQueryVariables>;
export const StockMovementsDocument = new TypedDocumentString(`
    query StockMovements($variantIds: [ID!]!, $first: Int!) {
  stockLevels(first: 1, filter: {variantIds: $variantIds}) {
    edges {
      node {
        ...LevelRow
        movements(first: $first) {
          id
          delta
          reason
          orderId
          at
        }
      }
    }
  }
}
    fragment LevelRow on StockLevel {
  id
  onHand
  available
  held
  threshold
  variant {
    id
    sku
    name
    image {
      url
      alt
    }
    product {
      id
    }
  }
}`) as unknown as TypedDocumentString<StockMovementsQuery, StockMovementsQueryVariables>;
export const StockChangedDocument = new TypedDocumentString(`
    subscription StockChanged($variantIds: [ID!]!) {
  stockChanged(variantIds: $variantIds) {
    id
    stockLevel {
      id
      onHand
      available
      held
      threshold
    }
  }
}
    `) as unknown as TypedDocumentString<StockChangedSubscription, StockChangedSubscriptionVariables>;
export const StockLowDocument = new TypedDocumentString(`
    subscription StockLow {
  stockLow {
    available
    threshold
    variant {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<StockLowSubscription, StockLowSubscriptionVariables>;
export const AdjustStockDocument = new TypedDocumentString(`
    mutation AdjustStock($input: AdjustStockInput!) {
  adjustStock(input: $input) {
    __typename
    ... on StockLevel {
      id
      onHand
      available
      held
      threshold
      movements(first: 1) {
        id
        delta
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AdjustStockMutation, AdjustStockMutationVariables>;
export const SetLowStockThresholdDocument = new TypedDocumentString(`
    mutation SetLowStockThreshold($input: SetLowStockThresholdInput!) {
  setLowStockThreshold(input: $input) {
    __typename
    ... on StockLevel {
      id
      onHand
      available
      held
      threshold
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetLowStockThresholdMutation, SetLowStockThresholdMutationVariables>;