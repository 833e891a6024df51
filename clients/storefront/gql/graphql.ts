/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Taking today's prices. */
export type AcceptCartPricesInput = {
  /** Which cart. */
  cartId: string | number;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
};

/** Units for the cart. */
export type AddToCartInput = {
  /** Absent for a new cart; a signed-in shopper has one cart, whatever is given. */
  cartId?: string | number | null | undefined;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** At least 1; a line holds at most 999. */
  quantity: number;
  /** Which variant. */
  variantId: string | number;
};

/** One attribute to narrow by. */
export type AttributeFilter = {
  /** The name of an attribute or option, e.g. material, in either language. */
  name: string;
  /** Any of these, in either language. */
  values: Array<string>;
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

/** A new password for a signed-in person. */
export type ChangePasswordInput = {
  /** The one in use. */
  currentPassword: string;
  /** 8 to 128 characters. */
  newPassword: string;
};

/** Which notifications are read: `ids` or `upTo`. */
export type MarkNotificationsReadInput = {
  /** These, at most 100. */
  ids?: Array<string | number> | null | undefined;
  /** All up to this position of the feed. */
  upTo?: string | null | undefined;
};

/** What the shop tells people. */
export type NotificationKind =
  /** Something the reader waits for can be bought again. */
  | 'BACK_IN_STOCK'
  /** A variant has fallen to its threshold; for staff. */
  | 'LOW_STOCK'
  /** An order was called off. */
  | 'ORDER_CANCELLED'
  /** An order is bought; it will be shipped. */
  | 'ORDER_CONFIRMED'
  /** A parcel has arrived. */
  | 'ORDER_DELIVERED'
  /** Money was given back. */
  | 'ORDER_REFUNDED'
  /** A parcel is on its way. */
  | 'ORDER_SHIPPED'
  /** The bank wants the shopper to confirm a payment. */
  | 'PAYMENT_ACTION_REQUIRED'
  /** The bank said no; the order was called off. */
  | 'PAYMENT_DECLINED'
  /** Something the reader watches costs less. */
  | 'PRICE_DROP';

/** How to be told of one kind of thing. */
export type NotificationKindPreferenceInput = {
  /** Whether a letter is sent. */
  email: boolean;
  /** Whether it is put into the inbox. */
  inbox: boolean;
  /** Which kind. */
  kind: NotificationKind;
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

/** How an order is paid. */
export type PaymentInput = {
  /** Who handles the money. */
  provider: PaymentProvider;
  /** The provider's token for the shopper's card, never a card number. */
  token: string;
};

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

/** Buying. */
export type PlaceOrderInput = {
  /** The cart to buy; this or a ticket. */
  cartId?: string | number | null | undefined;
  /** Required for a guest; a shopper's own is taken otherwise. */
  email?: string | null | undefined;
  /** A flash sale's ticket to redeem; this or a cart. */
  flashSaleTicketId?: string | number | null | undefined;
  /** 8 to 128 characters, made by the client; the same again answers the same order. */
  idempotencyKey: string;
  /** How it is paid. */
  payment: PaymentInput;
  /** Where it goes. */
  shippingAddress: ShippingAddressInput;
  /** Optional code of a shipping method. */
  shippingMethod?: string | null | undefined;
  /** How long the answer may wait for the outcome, 0 to 10000 ms. */
  waitMs?: number | null | undefined;
};

/** How to narrow a list of products. */
export type ProductFilter = {
  /** Every one of these must hold; of its values any. */
  attributes?: Array<AttributeFilter> | null | undefined;
  /** Only products of this category and below. */
  categorySlug?: string | null | undefined;
  /** Only products with something in stock. */
  inStock?: boolean | null | undefined;
  /** Cheapest variant at most this, in minor units. */
  priceMaxMinor?: number | null | undefined;
  /** Cheapest variant at least this, in minor units. */
  priceMinMinor?: number | null | undefined;
};

/** Order of a list of products. */
export type ProductSort =
  /** Most sold first. */
  | 'BEST_SELLING'
  /** Newest first. */
  | 'NEWEST'
  /** Cheapest first. */
  | 'PRICE_ASC'
  /** Dearest first. */
  | 'PRICE_DESC'
  /** Best rated first. */
  | 'RATING';

/** Hours in which it is to be quiet. */
export type QuietHoursInput = {
  /** From when: 22:00. */
  from: string;
  /** Name of a time zone (IANA): Asia/Shanghai. */
  timeZone: string;
  /** Until when: 07:00. */
  to: string;
};

/** Kinds of reasons. */
export type RecommendationReasonKind =
  /** Something the shopper bought speaks for it. */
  | 'BOUGHT'
  /** All of what the shopper did speaks for it. */
  | 'FOR_YOU'
  /** It goes with something at hand, such as in the cart. */
  | 'GOES_WITH'
  /** It sells well in its category. */
  | 'POPULAR'
  /** Something the shopper looked at speaks for it. */
  | 'VIEWED';

/** A new password by letter. */
export type ResetPasswordInput = {
  /** 8 to 128 characters. */
  newPassword: string;
  /** From the letter. */
  token: string;
};

/** An address to keep. */
export type SaveAddressInput = {
  /** Town. */
  city: string;
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** Whom the parcel is for. */
  fullName: string;
  /** Absent for a new one. */
  id?: string | number | null | undefined;
  /** Take it by default at checkout. */
  isDefault?: boolean | null | undefined;
  /** Street and number. */
  line1: string;
  /** Flat, floor, company. */
  line2?: string | null | undefined;
  /** For the carrier. */
  phone?: string | null | undefined;
  /** Post code. */
  postalCode: string;
  /** State, province. */
  region?: string | null | undefined;
};

/** Changes of preferences; what is absent stays. */
export type SaveNotificationPreferencesInput = {
  /** Kinds to be changed. */
  kinds?: Array<NotificationKindPreferenceInput> | null | undefined;
  /** When it is to be quiet; null ends quiet hours. */
  quietHours?: QuietHoursInput | null | undefined;
};

/** A new quantity for a line. */
export type SetCartLineInput = {
  /** Which cart. */
  cartId: string | number;
  /** 8 to 128 characters, made by the client; the same again changes nothing. */
  idempotencyKey: string;
  /** Which line. */
  lineId: string | number;
  /** 0 removes the line; at most 999. */
  quantity: number;
};

/** Where an order goes. */
export type ShippingAddressInput = {
  /** Town. */
  city: string;
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** Whom the parcel is for, 1 to 120 characters. */
  fullName: string;
  /** Street and number. */
  line1: string;
  /** Flat, floor, company. */
  line2?: string | null | undefined;
  /** For the carrier. */
  phone?: string | null | undefined;
  /** Post code. */
  postalCode: string;
  /** State, province. */
  region?: string | null | undefined;
};

/** Stock in a word. */
export type StockStatus =
  /** Enough. */
  | 'IN_STOCK'
  /** A few left. */
  | 'LOW'
  /** None left. */
  | 'OUT';

/** What may change in a profile; absent fields stay. */
export type UpdateProfileInput = {
  /** 1 to 80 characters. */
  displayName?: string | null | undefined;
  /** en or zh. */
  language?: string | null | undefined;
};

/** What to wait for. */
export type WatchProductInput = {
  /** Tell me when it is back. */
  backInStock?: boolean;
  /** Tell me when it costs less. */
  priceDrop?: boolean;
  /** Which variant. */
  variantId: string | number;
};

/** A buyer's word. */
export type WriteReviewInput = {
  /** At most 4000 characters. */
  body: string;
  /** Which product. */
  productId: string | number;
  /** 1 to 5. */
  rating: number;
  /** 1 to 120 characters. */
  title: string;
};

export type SessionPartsFragment = { accessToken: string, refreshToken: string, expiresInSeconds: number, user: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null } };

export type MoneyPartsFragment = { amountMinor: number, currency: string };

export type ProductCardFragment = { id: string, slug: string, name: string, image: { url: string, alt: string } | null, variants: Array<{ id: string, sku: string, name: string, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> };

export type CartPartsFragment = { id: string, couponCode: string | null, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } };

export type OrderPartsFragment = { id: string, number: string, status: OrderStatus, placedAt: string, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, payment: { status: PaymentStatus, provider: PaymentProvider, actionUrl: string | null }, timeline: Array<{ at: string, kind: string, message: string }> };

export type AddressPartsFragment = { id: string, fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null, isDefault: boolean };

export type UserPartsFragment = { id: string, email: string | null, displayName: string | null, roles: Array<string> | null, emailVerified: boolean | null, language: string | null, createdAt: string | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null, emailVerified: boolean | null, language: string | null, createdAt: string | null, cart: { id: string } | null } | null };

export type MyAddressesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAddressesQuery = { viewer: { id: string, addresses: Array<{ id: string, fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null, isDefault: boolean }> | null } | null };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { viewer: { id: string, sessions: Array<{ id: string, createdAt: string, lastUsedAt: string, current: boolean }> | null } | null };

export type MyOrdersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyOrdersQuery = { viewer: { id: string, orders: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, number: string, status: OrderStatus, placedAt: string, total: { amountMinor: number, currency: string }, payment: { status: PaymentStatus }, lines: Array<{ id: string, quantity: number, name: string, variant: { id: string, image: { url: string, alt: string, width: number | null, height: number | null } | null } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { updateProfile:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string, email: string | null, displayName: string | null, roles: Array<string> | null, emailVerified: boolean | null, language: string | null, createdAt: string | null }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type SaveAddressMutationVariables = Exact<{
  input: SaveAddressInput;
}>;


export type SaveAddressMutation = { saveAddress:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string, addresses: Array<{ id: string, fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null, isDefault: boolean }> | null }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type RemoveAddressMutationVariables = Exact<{
  id: string | number;
}>;


export type RemoveAddressMutation = { removeAddress:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string, addresses: Array<{ id: string, fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null, isDefault: boolean }> | null }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type EndSessionMutationVariables = Exact<{
  id: string | number;
}>;


export type EndSessionMutation = { endSession:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string, sessions: Array<{ id: string, createdAt: string, lastUsedAt: string, current: boolean }> | null }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type RequestEmailVerificationMutationVariables = Exact<{ [key: string]: never; }>;


export type RequestEmailVerificationMutation = { requestEmailVerification:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type VerifyEmailMutationVariables = Exact<{
  token: string;
}>;


export type VerifyEmailMutation = { verifyEmail:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type RequestPasswordResetMutationVariables = Exact<{
  email: string;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset:
    | { __typename: 'LetterSent', done: boolean }
    | { __typename: 'TooManyAttempts', code: string, message: string }
   | null };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword:
    | { __typename: 'AccountLimit', code: string, message: string }
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'TokenInvalid', code: string, message: string }
    | { __typename: 'TooManyAttempts', code: string, message: string }
    | { __typename: 'User', id: string }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type CartViewFragment = { itemCount: number, version: number, id: string, couponCode: string | null, shippingEstimate: { amountMinor: number, currency: string }, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string, name: string }, stock: { available: number, status: StockStatus } | null } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } };

export type CartQueryVariables = Exact<{
  id: string | number;
}>;


export type CartQuery = { cart: { itemCount: number, version: number, id: string, couponCode: string | null, shippingEstimate: { amountMinor: number, currency: string }, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string, name: string }, stock: { available: number, status: StockStatus } | null } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } } | null };

export type CartChangedSubscriptionVariables = Exact<{
  cartId: string | number;
}>;


export type CartChangedSubscription = { cartChanged: { itemCount: number, version: number, id: string, couponCode: string | null, shippingEstimate: { amountMinor: number, currency: string }, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string, name: string }, stock: { available: number, status: StockStatus } | null } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } } | null };

export type AddToCartMutationVariables = Exact<{
  input: AddToCartInput;
}>;


export type AddToCartMutation = { addToCart:
    | { __typename: 'Cart', itemCount: number, version: number, id: string, couponCode: string | null, shippingEstimate: { amountMinor: number, currency: string }, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string, name: string }, stock: { available: number, status: StockStatus } | null } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } }
    | { __typename: 'CartRefused', code: string, message: string }
    | { __typename: 'OutOfStock', variantId: string, available: number, code: string, message: string }
   | null };

export type SetCartLineMutationVariables = Exact<{
  input: SetCartLineInput;
}>;


export type SetCartLineMutation = { setCartLine:
    | { __typename: 'Cart', itemCount: number, version: number, id: string, couponCode: string | null, shippingEstimate: { amountMinor: number, currency: string }, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string, name: string }, stock: { available: number, status: StockStatus } | null } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } }
    | { __typename: 'CartRefused', code: string, message: string }
    | { __typename: 'OutOfStock', variantId: string, available: number, code: string, message: string }
   | null };

export type AcceptCartPricesMutationVariables = Exact<{
  input: AcceptCartPricesInput;
}>;


export type AcceptCartPricesMutation = { acceptCartPrices:
    | { __typename: 'Cart', itemCount: number, version: number, id: string, couponCode: string | null, shippingEstimate: { amountMinor: number, currency: string }, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string, name: string }, stock: { available: number, status: StockStatus } | null } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } }
    | { __typename: 'CartRefused', code: string, message: string }
    | { __typename: 'OutOfStock', code: string, message: string }
   | null };

export type PicturePartsFragment = { url: string, alt: string, width: number | null, height: number | null };

export type CardPartsFragment = { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> };

export type CategoryPartsFragment = { id: string, slug: string, name: string, productCount: number, image: { url: string, alt: string, width: number | null, height: number | null } | null };

export type NavigationQueryVariables = Exact<{ [key: string]: never; }>;


export type NavigationQuery = { categories: Array<{ id: string, slug: string, name: string, productCount: number, children: Array<{ id: string, slug: string, name: string, productCount: number }>, image: { url: string, alt: string, width: number | null, height: number | null } | null }> | null };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { categories: Array<{ id: string, slug: string, name: string, productCount: number, image: { url: string, alt: string, width: number | null, height: number | null } | null }> | null, newest: { edges: Array<{ node: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } }> } | null, loved: { edges: Array<{ node: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } }> } | null, selling: { totalCount: number, edges: Array<{ node: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } }> } | null };

export type RecommendedForQueryVariables = Exact<{
  first: number;
  basedOn?: Array<string | number> | string | number | null | undefined;
}>;


export type RecommendedForQuery = { recommendedProducts: Array<{ product: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } | null, reason: { kind: RecommendationReasonKind, text: string } } | null> | null };

export type CategoryQueryVariables = Exact<{
  slug: string;
  first: number;
  after?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort | null | undefined;
}>;


export type CategoryQuery = { category: { id: string, slug: string, name: string, productCount: number, parent: { id: string, slug: string, name: string, parent: { id: string, slug: string, name: string } | null } | null, children: Array<{ id: string, slug: string, name: string, productCount: number, image: { url: string, alt: string, width: number | null, height: number | null } | null }>, image: { url: string, alt: string, width: number | null, height: number | null } | null } | null, products: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } }>, facets: Array<{ name: string, label: string, values: Array<{ value: string, label: string, count: number }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ProductsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort | null | undefined;
}>;


export type ProductsQuery = { products: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } }>, facets: Array<{ name: string, label: string, values: Array<{ value: string, label: string, count: number }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type SearchQueryVariables = Exact<{
  query: string;
  first: number;
  after?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
}>;


export type SearchQuery = { search: { totalCount: number, correctedQuery: string | null, edges: Array<{ cursor: string, node: { id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } }>, facets: Array<{ name: string, label: string, values: Array<{ value: string, label: string, count: number }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type SuggestionsQueryVariables = Exact<{
  query: string;
}>;


export type SuggestionsQuery = { searchSuggestions: { terms: Array<string>, products: Array<{ id: string, slug: string, name: string, image: { url: string, alt: string } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } } }> } | null };

export type ReviewPartsFragment = { id: string, rating: number, title: string, body: string, authorName: string, createdAt: string };

export type ProductQueryVariables = Exact<{
  slug: string;
}>;


export type ProductQuery = { product: { description: string, brand: string | null, id: string, slug: string, name: string, media: Array<{ url: string, alt: string, width: number | null, height: number | null }>, categories: Array<{ id: string, slug: string, name: string, parent: { id: string, slug: string, name: string, parent: { id: string, slug: string, name: string } | null } | null }>, attributes: Array<{ name: string, label: string, value: string }>, options: Array<{ name: string, values: Array<string> }>, variants: Array<{ id: string, sku: string, name: string, options: Array<{ name: string, value: string }>, image: { url: string, alt: string, width: number | null, height: number | null } | null, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }>, rating: { histogram: Array<number>, average: number | null, count: number }, reviews: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, rating: number, title: string, body: string, authorName: string, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, similarProducts: Array<{ id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } | null> | null, boughtTogether: Array<{ id: string, slug: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } }, rating: { average: number | null, count: number }, variants: Array<{ id: string, sku: string, name: string, compareAtPrice: { amountMinor: number, currency: string } | null, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> } | null> | null, image: { url: string, alt: string, width: number | null, height: number | null } | null, priceRange: { min: { amountMinor: number, currency: string }, max: { amountMinor: number, currency: string } } } | null };

export type MoreReviewsQueryVariables = Exact<{
  slug: string;
  after?: string | null | undefined;
}>;


export type MoreReviewsQuery = { product: { id: string, reviews: { edges: Array<{ cursor: string, node: { id: string, rating: number, title: string, body: string, authorName: string, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type WriteReviewMutationVariables = Exact<{
  input: WriteReviewInput;
}>;


export type WriteReviewMutation = { writeReview:
    | { __typename: 'Review', id: string, rating: number, title: string, body: string, authorName: string, createdAt: string }
    | { __typename: 'ReviewRefused', code: string, message: string }
   | null };

export type StockChangedSubscriptionVariables = Exact<{
  variantIds: Array<string | number> | string | number;
}>;


export type StockChangedSubscription = { stockChanged: { id: string, stock: { available: number, status: StockStatus } | null } | null };

export type CheckoutQuoteQueryVariables = Exact<{
  cartId: string | number;
  countryCode: string;
}>;


export type CheckoutQuoteQuery = { checkoutQuote: { subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } } | null };

export type PaymentProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type PaymentProvidersQuery = { paymentProviders: Array<{ code: string, name: string, testTokens: Array<{ token: string, description: string }> }> | null };

export type OrderViewFragment = { email: string, cancellable: boolean, id: string, number: string, status: OrderStatus, placedAt: string, refunded: { amountMinor: number, currency: string }, lines: Array<{ id: string, sku: string, name: string, quantity: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string } } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, payment: { status: PaymentStatus, actionUrl: string | null, actionExpiresAt: string | null, provider: PaymentProvider }, shippingAddress: { fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null }, shipment: { carrier: string, trackingNumber: string, shippedAt: string } | null, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, timeline: Array<{ at: string, kind: string, message: string }> };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { placeOrder:
    | { __typename: 'Order', id: string, status: OrderStatus, guestToken: string | null, payment: { status: PaymentStatus, actionUrl: string | null } }
    | { __typename: 'OrderRefused', code: string, message: string }
    | { __typename: 'OutOfStock', variantId: string, available: number, code: string, message: string }
    | { __typename: 'PaymentDeclined', code: string, message: string, order: { id: string } | null }
    | { __typename: 'PriceChanged', code: string, message: string }
   | null };

export type OrderQueryVariables = Exact<{
  id: string | number;
  guestToken?: string | null | undefined;
}>;


export type OrderQuery = { order: { email: string, cancellable: boolean, id: string, number: string, status: OrderStatus, placedAt: string, refunded: { amountMinor: number, currency: string }, lines: Array<{ id: string, sku: string, name: string, quantity: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string } } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, payment: { status: PaymentStatus, actionUrl: string | null, actionExpiresAt: string | null, provider: PaymentProvider }, shippingAddress: { fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null }, shipment: { carrier: string, trackingNumber: string, shippedAt: string } | null, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, timeline: Array<{ at: string, kind: string, message: string }> } | null };

export type OrderChangedSubscriptionVariables = Exact<{
  id: string | number;
  guestToken?: string | null | undefined;
}>;


export type OrderChangedSubscription = { orderChanged: { email: string, cancellable: boolean, id: string, number: string, status: OrderStatus, placedAt: string, refunded: { amountMinor: number, currency: string }, lines: Array<{ id: string, sku: string, name: string, quantity: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string } } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, payment: { status: PaymentStatus, actionUrl: string | null, actionExpiresAt: string | null, provider: PaymentProvider }, shippingAddress: { fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null }, shipment: { carrier: string, trackingNumber: string, shippedAt: string } | null, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, timeline: Array<{ at: string, kind: string, message: string }> } | null };

export type CancelOrderMutationVariables = Exact<{
  input: CancelOrderInput;
}>;


export type CancelOrderMutation = { cancelOrder:
    | { __typename: 'Order', email: string, cancellable: boolean, id: string, number: string, status: OrderStatus, placedAt: string, refunded: { amountMinor: number, currency: string }, lines: Array<{ id: string, sku: string, name: string, quantity: number, variant: { id: string, sku: string, name: string, image: { url: string, alt: string, width: number | null, height: number | null } | null, product: { id: string, slug: string } } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, payment: { status: PaymentStatus, actionUrl: string | null, actionExpiresAt: string | null, provider: PaymentProvider }, shippingAddress: { fullName: string, line1: string, line2: string | null, city: string, region: string | null, postalCode: string, countryCode: string, phone: string | null }, shipment: { carrier: string, trackingNumber: string, shippedAt: string } | null, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, timeline: Array<{ at: string, kind: string, message: string }> }
    | { __typename: 'OrderRefused', code: string, message: string }
   | null };

export type NoticePartsFragment = { id: string, kind: NotificationKind, title: string, body: string, readAt: string | null, quiet: boolean, createdAt: string, order: { id: string } | null, product: { id: string, slug: string } | null };

export type InboxTopQueryVariables = Exact<{ [key: string]: never; }>;


export type InboxTopQuery = { notifications: { unreadCount: number, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { endCursor: string | null } } | null };

export type InboxQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type InboxQuery = { notifications: { totalCount: number, unreadCount: number, edges: Array<{ cursor: string, node: { id: string, kind: NotificationKind, title: string, body: string, readAt: string | null, quiet: boolean, createdAt: string, order: { id: string } | null, product: { id: string, slug: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type NoticeReceivedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type NoticeReceivedSubscription = { notificationReceived: { cursor: string, notification: { id: string, kind: NotificationKind, title: string, body: string, quiet: boolean, createdAt: string, order: { id: string } | null } } | null };

export type MarkNoticesReadMutationVariables = Exact<{
  input: MarkNotificationsReadInput;
}>;


export type MarkNoticesReadMutation = { markNotificationsRead:
    | { __typename: 'NotificationRefused', code: string, message: string }
    | { __typename: 'NotificationsRead', unreadCount: number }
   | null };

export type PreferencePartsFragment = { kinds: Array<{ kind: NotificationKind, inbox: boolean, email: boolean | null }>, quietHours: { from: string, to: string, timeZone: string } | null };

export type NoticePreferencesQueryVariables = Exact<{ [key: string]: never; }>;


export type NoticePreferencesQuery = { notificationPreferences: { kinds: Array<{ kind: NotificationKind, inbox: boolean, email: boolean | null }>, quietHours: { from: string, to: string, timeZone: string } | null } | null };

export type SaveNoticePreferencesMutationVariables = Exact<{
  input: SaveNotificationPreferencesInput;
}>;


export type SaveNoticePreferencesMutation = { saveNotificationPreferences:
    | { __typename: 'NotificationPreferences', kinds: Array<{ kind: NotificationKind, inbox: boolean, email: boolean | null }>, quietHours: { from: string, to: string, timeZone: string } | null }
    | { __typename: 'NotificationRefused', code: string, message: string }
   | null };

export type VariantWatchQueryVariables = Exact<{
  slug: string;
}>;


export type VariantWatchQuery = { product: { id: string, variants: Array<{ id: string, watch: { backInStock: boolean, priceDrop: boolean } | null }> } | null };

export type WatchVariantMutationVariables = Exact<{
  input: WatchProductInput;
}>;


export type WatchVariantMutation = { watchProduct:
    | { __typename: 'NotificationRefused', code: string, message: string }
    | { __typename: 'Variant', id: string, watch: { backInStock: boolean, priceDrop: boolean } | null }
   | null };

export type UnwatchVariantMutationVariables = Exact<{
  variantId: string | number;
}>;


export type UnwatchVariantMutation = { unwatchProduct:
    | { __typename: 'NotificationRefused', code: string, message: string }
    | { __typename: 'Variant', id: string, watch: { backInStock: boolean, priceDrop: boolean } | null }
   | null };

export type SitemapProductsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type SitemapProductsQuery = { products: { edges: Array<{ node: { slug: string, updatedAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type SitemapCategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type SitemapCategoriesQuery = { categories: Array<{ slug: string, children: Array<{ slug: string, children: Array<{ slug: string }> }> }> | null };

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
export const AddressPartsFragmentDoc = new TypedDocumentString(`
    fragment AddressParts on Address {
  id
  fullName
  line1
  line2
  city
  region
  postalCode
  countryCode
  phone
  isDefault
}
    `, {"fragmentName":"AddressParts"}) as unknown as TypedDocumentString<AddressPartsFragment, unknown>;
export const UserPartsFragmentDoc = new TypedDocumentString(`
    fragment UserParts on User {
  id
  email
  displayName
  roles
  emailVerified
  language
  createdAt
}
    `, {"fragmentName":"UserParts"}) as unknown as TypedDocumentString<UserPartsFragment, unknown>;
export const MoneyPartsFragmentDoc = new TypedDocumentString(`
    fragment MoneyParts on Money {
  amountMinor
  currency
}
    `, {"fragmentName":"MoneyParts"}) as unknown as TypedDocumentString<MoneyPartsFragment, unknown>;
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
export const PicturePartsFragmentDoc = new TypedDocumentString(`
    fragment PictureParts on Image {
  url
  alt
  width
  height
}
    `, {"fragmentName":"PictureParts"}) as unknown as TypedDocumentString<PicturePartsFragment, unknown>;
export const CartViewFragmentDoc = new TypedDocumentString(`
    fragment CartView on Cart {
  ...CartParts
  itemCount
  version
  shippingEstimate {
    ...MoneyParts
  }
  lines {
    id
    variant {
      id
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
      product {
        id
        slug
        name
      }
      stock {
        available
        status
      }
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}`, {"fragmentName":"CartView"}) as unknown as TypedDocumentString<CartViewFragment, unknown>;
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
export const CardPartsFragmentDoc = new TypedDocumentString(`
    fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}`, {"fragmentName":"CardParts"}) as unknown as TypedDocumentString<CardPartsFragment, unknown>;
export const CategoryPartsFragmentDoc = new TypedDocumentString(`
    fragment CategoryParts on Category {
  id
  slug
  name
  productCount
  image {
    ...PictureParts
  }
}
    fragment PictureParts on Image {
  url
  alt
  width
  height
}`, {"fragmentName":"CategoryParts"}) as unknown as TypedDocumentString<CategoryPartsFragment, unknown>;
export const ReviewPartsFragmentDoc = new TypedDocumentString(`
    fragment ReviewParts on Review {
  id
  rating
  title
  body
  authorName
  createdAt
}
    `, {"fragmentName":"ReviewParts"}) as unknown as TypedDocumentString<ReviewPartsFragment, unknown>;
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
export const OrderViewFragmentDoc = new TypedDocumentString(`
    fragment OrderView on Order {
  ...OrderParts
  email
  cancellable
  refunded {
    ...MoneyParts
  }
  lines {
    id
    sku
    name
    variant {
      id
      image {
        ...PictureParts
      }
      product {
        id
        slug
      }
    }
  }
  payment {
    status
    actionUrl
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
  shipment {
    carrier
    trackingNumber
    shippedAt
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}`, {"fragmentName":"OrderView"}) as unknown as TypedDocumentString<OrderViewFragment, unknown>;
export const NoticePartsFragmentDoc = new TypedDocumentString(`
    fragment NoticeParts on Notification {
  id
  kind
  title
  body
  readAt
  quiet
  createdAt
  order {
    id
  }
  product {
    id
    slug
  }
}
    `, {"fragmentName":"NoticeParts"}) as unknown as TypedDocumentString<NoticePartsFragment, unknown>;
export const PreferencePartsFragmentDoc = new TypedDocumentString(`
    fragment PreferenceParts on NotificationPreferences {
  kinds {
    kind
    inbox
    email
  }
  quietHours {
    from
    to
    timeZone
  }
}
    `, {"fragmentName":"PreferenceParts"}) as unknown as TypedDocumentString<PreferencePartsFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...UserParts
    cart {
      id
    }
  }
}
    fragment UserParts on User {
  id
  email
  displayName
  roles
  emailVerified
  language
  createdAt
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const MyAddressesDocument = new TypedDocumentString(`
    query MyAddresses {
  viewer {
    id
    addresses {
      ...AddressParts
    }
  }
}
    fragment AddressParts on Address {
  id
  fullName
  line1
  line2
  city
  region
  postalCode
  countryCode
  phone
  isDefault
}`) as unknown as TypedDocumentString<MyAddressesQuery, MyAddressesQueryVariables>;
export const MySessionsDocument = new TypedDocumentString(`
    query MySessions {
  viewer {
    id
    sessions {
      id
      createdAt
      lastUsedAt
      current
    }
  }
}
    `) as unknown as TypedDocumentString<MySessionsQuery, MySessionsQueryVariables>;
export const MyOrdersDocument = new TypedDocumentString(`
    query MyOrders($after: String) {
  viewer {
    id
    orders(first: 10, after: $after) {
      totalCount
      edges {
        cursor
        node {
          id
          number
          status
          placedAt
          total {
            ...MoneyParts
          }
          payment {
            status
          }
          lines {
            id
            quantity
            name
            variant {
              id
              image {
                ...PictureParts
              }
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
fragment PictureParts on Image {
  url
  alt
  width
  height
}`) as unknown as TypedDocumentString<MyOrdersQuery, MyOrdersQueryVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    __typename
    ... on User {
      ...UserParts
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment UserParts on User {
  id
  email
  displayName
  roles
  emailVerified
  language
  createdAt
}`) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const SaveAddressDocument = new TypedDocumentString(`
    mutation SaveAddress($input: SaveAddressInput!) {
  saveAddress(input: $input) {
    __typename
    ... on User {
      id
      addresses {
        ...AddressParts
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment AddressParts on Address {
  id
  fullName
  line1
  line2
  city
  region
  postalCode
  countryCode
  phone
  isDefault
}`) as unknown as TypedDocumentString<SaveAddressMutation, SaveAddressMutationVariables>;
export const RemoveAddressDocument = new TypedDocumentString(`
    mutation RemoveAddress($id: ID!) {
  removeAddress(id: $id) {
    __typename
    ... on User {
      id
      addresses {
        ...AddressParts
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment AddressParts on Address {
  id
  fullName
  line1
  line2
  city
  region
  postalCode
  countryCode
  phone
  isDefault
}`) as unknown as TypedDocumentString<RemoveAddressMutation, RemoveAddressMutationVariables>;
export const EndSessionDocument = new TypedDocumentString(`
    mutation EndSession($id: ID!) {
  endSession(id: $id) {
    __typename
    ... on User {
      id
      sessions {
        id
        createdAt
        lastUsedAt
        current
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EndSessionMutation, EndSessionMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    __typename
    ... on User {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const RequestEmailVerificationDocument = new TypedDocumentString(`
    mutation RequestEmailVerification {
  requestEmailVerification {
    __typename
    ... on User {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RequestEmailVerificationMutation, RequestEmailVerificationMutationVariables>;
export const VerifyEmailDocument = new TypedDocumentString(`
    mutation VerifyEmail($token: String!) {
  verifyEmail(token: $token) {
    __typename
    ... on User {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VerifyEmailMutation, VerifyEmailMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($email: String!) {
  requestPasswordReset(email: $email) {
    __typename
    ... on LetterSent {
      done
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    __typename
    ... on User {
      id
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const CartDocument = new TypedDocumentString(`
    query Cart($id: ID!) {
  cart(id: $id) {
    ...CartView
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment CartView on Cart {
  ...CartParts
  itemCount
  version
  shippingEstimate {
    ...MoneyParts
  }
  lines {
    id
    variant {
      id
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
      product {
        id
        slug
        name
      }
      stock {
        available
        status
      }
    }
  }
}
fragment PictureParts on Image {
  url
  alt
  width
  height
}`) as unknown as TypedDocumentString<CartQuery, CartQueryVariables>;
export const CartChangedDocument = new TypedDocumentString(`
    subscription CartChanged($cartId: ID!) {
  cartChanged(cartId: $cartId) {
    ...CartView
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment CartView on Cart {
  ...CartParts
  itemCount
  version
  shippingEstimate {
    ...MoneyParts
  }
  lines {
    id
    variant {
      id
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
      product {
        id
        slug
        name
      }
      stock {
        available
        status
      }
    }
  }
}
fragment PictureParts on Image {
  url
  alt
  width
  height
}`) as unknown as TypedDocumentString<CartChangedSubscription, CartChangedSubscriptionVariables>;
export const AddToCartDocument = new TypedDocumentString(`
    mutation AddToCart($input: AddToCartInput!) {
  addToCart(input: $input) {
    __typename
    ... on Cart {
      ...CartView
    }
    ... on OutOfStock {
      variantId
      available
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment CartView on Cart {
  ...CartParts
  itemCount
  version
  shippingEstimate {
    ...MoneyParts
  }
  lines {
    id
    variant {
      id
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
      product {
        id
        slug
        name
      }
      stock {
        available
        status
      }
    }
  }
}
fragment PictureParts on Image {
  url
  alt
  width
  height
}`) as unknown as TypedDocumentString<AddToCartMutation, AddToCartMutationVariables>;
export const SetCartLineDocument = new TypedDocumentString(`
    mutation SetCartLine($input: SetCartLineInput!) {
  setCartLine(input: $input) {
    __typename
    ... on Cart {
      ...CartView
    }
    ... on OutOfStock {
      variantId
      available
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment CartView on Cart {
  ...CartParts
  itemCount
  version
  shippingEstimate {
    ...MoneyParts
  }
  lines {
    id
    variant {
      id
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
      product {
        id
        slug
        name
      }
      stock {
        available
        status
      }
    }
  }
}
fragment PictureParts on Image {
  url
  alt
  width
  height
}`) as unknown as TypedDocumentString<SetCartLineMutation, SetCartLineMutationVariables>;
export const AcceptCartPricesDocument = new TypedDocumentString(`
    mutation AcceptCartPrices($input: AcceptCartPricesInput!) {
  acceptCartPrices(input: $input) {
    __typename
    ... on Cart {
      ...CartView
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment CartView on Cart {
  ...CartParts
  itemCount
  version
  shippingEstimate {
    ...MoneyParts
  }
  lines {
    id
    variant {
      id
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
      product {
        id
        slug
        name
      }
      stock {
        available
        status
      }
    }
  }
}
fragment PictureParts on Image {
  url
  alt
  width
  height
}`) as unknown as TypedDocumentString<AcceptCartPricesMutation, AcceptCartPricesMutationVariables>;
export const NavigationDocument = new TypedDocumentString(`
    query Navigation {
  categories {
    ...CategoryParts
    children {
      id
      slug
      name
      productCount
    }
  }
}
    fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CategoryParts on Category {
  id
  slug
  name
  productCount
  image {
    ...PictureParts
  }
}`) as unknown as TypedDocumentString<NavigationQuery, NavigationQueryVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home {
  categories {
    ...CategoryParts
  }
  newest: products(first: 8, sort: NEWEST) {
    edges {
      node {
        ...CardParts
      }
    }
  }
  loved: products(first: 8, sort: RATING) {
    edges {
      node {
        ...CardParts
      }
    }
  }
  selling: products(first: 4, sort: BEST_SELLING) {
    totalCount
    edges {
      node {
        ...CardParts
      }
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}
fragment CategoryParts on Category {
  id
  slug
  name
  productCount
  image {
    ...PictureParts
  }
}`) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const RecommendedForDocument = new TypedDocumentString(`
    query RecommendedFor($first: Int!, $basedOn: [ID!]) {
  recommendedProducts(first: $first, basedOn: $basedOn) {
    product {
      ...CardParts
    }
    reason {
      kind
      text
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}`) as unknown as TypedDocumentString<RecommendedForQuery, RecommendedForQueryVariables>;
export const CategoryDocument = new TypedDocumentString(`
    query Category($slug: String!, $first: Int!, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  category(slug: $slug) {
    ...CategoryParts
    parent {
      id
      slug
      name
      parent {
        id
        slug
        name
      }
    }
    children {
      ...CategoryParts
    }
  }
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount
    edges {
      cursor
      node {
        ...CardParts
      }
    }
    facets {
      name
      label
      values {
        value
        label
        count
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}
fragment CategoryParts on Category {
  id
  slug
  name
  productCount
  image {
    ...PictureParts
  }
}`) as unknown as TypedDocumentString<CategoryQuery, CategoryQueryVariables>;
export const ProductsDocument = new TypedDocumentString(`
    query Products($first: Int!, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount
    edges {
      cursor
      node {
        ...CardParts
      }
    }
    facets {
      name
      label
      values {
        value
        label
        count
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}`) as unknown as TypedDocumentString<ProductsQuery, ProductsQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($query: String!, $first: Int!, $after: String, $filter: ProductFilter) {
  search(query: $query, first: $first, after: $after, filter: $filter) {
    totalCount
    correctedQuery
    edges {
      cursor
      node {
        ...CardParts
      }
    }
    facets {
      name
      label
      values {
        value
        label
        count
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const SuggestionsDocument = new TypedDocumentString(`
    query Suggestions($query: String!) {
  searchSuggestions(query: $query, first: 6) {
    terms
    products {
      id
      slug
      name
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
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`) as unknown as TypedDocumentString<SuggestionsQuery, SuggestionsQueryVariables>;
export const ProductDocument = new TypedDocumentString(`
    query Product($slug: String!) {
  product(slug: $slug) {
    ...CardParts
    description
    brand
    media {
      ...PictureParts
    }
    categories {
      id
      slug
      name
      parent {
        id
        slug
        name
        parent {
          id
          slug
          name
        }
      }
    }
    attributes {
      name
      label
      value
    }
    options {
      name
      values
    }
    variants {
      id
      sku
      name
      options {
        name
        value
      }
      image {
        ...PictureParts
      }
    }
    rating {
      histogram
    }
    reviews(first: 5) {
      totalCount
      edges {
        cursor
        node {
          ...ReviewParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    similarProducts(first: 8) {
      ...CardParts
    }
    boughtTogether(first: 4) {
      ...CardParts
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment CardParts on Product {
  ...ProductCard
  image {
    ...PictureParts
  }
  priceRange {
    min {
      ...MoneyParts
    }
    max {
      ...MoneyParts
    }
  }
  rating {
    average
    count
  }
  variants {
    id
    compareAtPrice {
      ...MoneyParts
    }
  }
}
fragment ReviewParts on Review {
  id
  rating
  title
  body
  authorName
  createdAt
}`) as unknown as TypedDocumentString<ProductQuery, ProductQueryVariables>;
export const MoreReviewsDocument = new TypedDocumentString(`
    query MoreReviews($slug: String!, $after: String) {
  product(slug: $slug) {
    id
    reviews(first: 10, after: $after) {
      edges {
        cursor
        node {
          ...ReviewParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment ReviewParts on Review {
  id
  rating
  title
  body
  authorName
  createdAt
}`) as unknown as TypedDocumentString<MoreReviewsQuery, MoreReviewsQueryVariables>;
export const WriteReviewDocument = new TypedDocumentString(`
    mutation WriteReview($input: WriteReviewInput!) {
  writeReview(input: $input) {
    __typename
    ... on Review {
      ...ReviewParts
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment ReviewParts on Review {
  id
  rating
  title
  body
  authorName
  createdAt
}`) as unknown as TypedDocumentString<WriteReviewMutation, WriteReviewMutationVariables>;
export const StockChangedDocument = new TypedDocumentString(`
    subscription StockChanged($variantIds: [ID!]!) {
  stockChanged(variantIds: $variantIds) {
    id
    stock {
      available
      status
    }
  }
}
    `) as unknown as TypedDocumentString<StockChangedSubscription, StockChangedSubscriptionVariables>;
export const CheckoutQuoteDocument = new TypedDocumentString(`
    query CheckoutQuote($cartId: ID!, $countryCode: String!) {
  checkoutQuote(cartId: $cartId, countryCode: $countryCode) {
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
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}`) as unknown as TypedDocumentString<CheckoutQuoteQuery, CheckoutQuoteQueryVariables>;
export const PaymentProvidersDocument = new TypedDocumentString(`
    query PaymentProviders {
  paymentProviders {
    code
    name
    testTokens {
      token
      description
    }
  }
}
    `) as unknown as TypedDocumentString<PaymentProvidersQuery, PaymentProvidersQueryVariables>;
export const PlaceOrderDocument = new TypedDocumentString(`
    mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on Order {
      id
      status
      guestToken
      payment {
        status
        actionUrl
      }
    }
    ... on OutOfStock {
      variantId
      available
    }
    ... on PaymentDeclined {
      order {
        id
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const OrderDocument = new TypedDocumentString(`
    query Order($id: ID!, $guestToken: String) {
  order(id: $id, guestToken: $guestToken) {
    ...OrderView
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment OrderView on Order {
  ...OrderParts
  email
  cancellable
  refunded {
    ...MoneyParts
  }
  lines {
    id
    sku
    name
    variant {
      id
      image {
        ...PictureParts
      }
      product {
        id
        slug
      }
    }
  }
  payment {
    status
    actionUrl
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
  shipment {
    carrier
    trackingNumber
    shippedAt
  }
}`) as unknown as TypedDocumentString<OrderQuery, OrderQueryVariables>;
export const OrderChangedDocument = new TypedDocumentString(`
    subscription OrderChanged($id: ID!, $guestToken: String) {
  orderChanged(id: $id, guestToken: $guestToken) {
    ...OrderView
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment OrderView on Order {
  ...OrderParts
  email
  cancellable
  refunded {
    ...MoneyParts
  }
  lines {
    id
    sku
    name
    variant {
      id
      image {
        ...PictureParts
      }
      product {
        id
        slug
      }
    }
  }
  payment {
    status
    actionUrl
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
  shipment {
    carrier
    trackingNumber
    shippedAt
  }
}`) as unknown as TypedDocumentString<OrderChangedSubscription, OrderChangedSubscriptionVariables>;
export const CancelOrderDocument = new TypedDocumentString(`
    mutation CancelOrder($input: CancelOrderInput!) {
  cancelOrder(input: $input) {
    __typename
    ... on Order {
      ...OrderView
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment MoneyParts on Money {
  amountMinor
  currency
}
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
fragment PictureParts on Image {
  url
  alt
  width
  height
}
fragment OrderView on Order {
  ...OrderParts
  email
  cancellable
  refunded {
    ...MoneyParts
  }
  lines {
    id
    sku
    name
    variant {
      id
      image {
        ...PictureParts
      }
      product {
        id
        slug
      }
    }
  }
  payment {
    status
    actionUrl
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
  shipment {
    carrier
    trackingNumber
    shippedAt
  }
}`) as unknown as TypedDocumentString<CancelOrderMutation, CancelOrderMutationVariables>;
export const InboxTopDocument = new TypedDocumentString(`
    query InboxTop {
  notifications(first: 1) {
    unreadCount
    edges {
      cursor
      node {
        id
      }
    }
    pageInfo {
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<InboxTopQuery, InboxTopQueryVariables>;
export const InboxDocument = new TypedDocumentString(`
    query Inbox($after: String) {
  notifications(first: 20, after: $after) {
    totalCount
    unreadCount
    edges {
      cursor
      node {
        ...NoticeParts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment NoticeParts on Notification {
  id
  kind
  title
  body
  readAt
  quiet
  createdAt
  order {
    id
  }
  product {
    id
    slug
  }
}`) as unknown as TypedDocumentString<InboxQuery, InboxQueryVariables>;
export const NoticeReceivedDocument = new TypedDocumentString(`
    subscription NoticeReceived($after: String) {
  notificationReceived(after: $after) {
    cursor
    notification {
      id
      kind
      title
      body
      quiet
      createdAt
      order {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<NoticeReceivedSubscription, NoticeReceivedSubscriptionVariables>;
export const MarkNoticesReadDocument = new TypedDocumentString(`
    mutation MarkNoticesRead($input: MarkNotificationsReadInput!) {
  markNotificationsRead(input: $input) {
    __typename
    ... on NotificationsRead {
      unreadCount
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<MarkNoticesReadMutation, MarkNoticesReadMutationVariables>;
export const NoticePreferencesDocument = new TypedDocumentString(`
    query NoticePreferences {
  notificationPreferences {
    ...PreferenceParts
  }
}
    fragment PreferenceParts on NotificationPreferences {
  kinds {
    kind
    inbox
    email
  }
  quietHours {
    from
    to
    timeZone
  }
}`) as unknown as TypedDocumentString<NoticePreferencesQuery, NoticePreferencesQueryVariables>;
export const SaveNoticePreferencesDocument = new TypedDocumentString(`
    mutation SaveNoticePreferences($input: SaveNotificationPreferencesInput!) {
  saveNotificationPreferences(input: $input) {
    __typename
    ... on NotificationPreferences {
      ...PreferenceParts
    }
    ... on Refusal {
      code
      message
    }
  }
}
    fragment PreferenceParts on NotificationPreferences {
  kinds {
    kind
    inbox
    email
  }
  quietHours {
    from
    to
    timeZone
  }
}`) as unknown as TypedDocumentString<SaveNoticePreferencesMutation, SaveNoticePreferencesMutationVariables>;
export const VariantWatchDocument = new TypedDocumentString(`
    query VariantWatch($slug: String!) {
  product(slug: $slug) {
    id
    variants {
      id
      watch {
        backInStock
        priceDrop
      }
    }
  }
}
    `) as unknown as TypedDocumentString<VariantWatchQuery, VariantWatchQueryVariables>;
export const WatchVariantDocument = new TypedDocumentString(`
    mutation WatchVariant($input: WatchProductInput!) {
  watchProduct(input: $input) {
    __typename
    ... on Variant {
      id
      watch {
        backInStock
        priceDrop
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<WatchVariantMutation, WatchVariantMutationVariables>;
export const UnwatchVariantDocument = new TypedDocumentString(`
    mutation UnwatchVariant($variantId: ID!) {
  unwatchProduct(variantId: $variantId) {
    __typename
    ... on Variant {
      id
      watch {
        backInStock
        priceDrop
      }
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UnwatchVariantMutation, UnwatchVariantMutationVariables>;
export const SitemapProductsDocument = new TypedDocumentString(`
    query SitemapProducts($after: String) {
  products(first: 100, after: $after, sort: NEWEST) {
    edges {
      node {
        slug
        updatedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SitemapProductsQuery, SitemapProductsQueryVariables>;
export const SitemapCategoriesDocument = new TypedDocumentString(`
    query SitemapCategories {
  categories {
    slug
    children {
      slug
      children {
        slug
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SitemapCategoriesQuery, SitemapCategoriesQueryVariables>;