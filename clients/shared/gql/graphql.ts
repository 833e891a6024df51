/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Signing in. */
export type LoginInput = {
  /** A guest's cart, merged into the shopper's. */
  cartId?: string | number | null | undefined;
  /** As registered; case does not matter. */
  email: string;
  /** The password. */
  password: string;
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

/** A new account. */
export type RegisterInput = {
  /** A guest's cart, kept. */
  cartId?: string | number | null | undefined;
  /** 1 to 80 characters. */
  displayName: string;
  /** Must be a valid address that has no account yet. */
  email: string;
  /** 8 to 128 characters, not one of the well-known ones. */
  password: string;
};

/** Stock in a word. */
export type StockStatus =
  /** Enough. */
  | 'IN_STOCK'
  /** A few left. */
  | 'LOW'
  /** None left. */
  | 'OUT';

export type SessionPartsFragment = { accessToken: string, refreshToken: string, expiresInSeconds: number, user: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null } };

export type MoneyPartsFragment = { amountMinor: number, currency: string };

export type ProductCardFragment = { id: string, slug: string, name: string, image: { url: string, alt: string } | null, variants: Array<{ id: string, sku: string, name: string, price: { amountMinor: number, currency: string }, stock: { available: number, status: StockStatus } | null }> };

export type CartPartsFragment = { id: string, couponCode: string | null, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string }, problems: Array<{ code: string, message: string }> }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string } };

export type OrderPartsFragment = { id: string, number: string, status: OrderStatus, placedAt: string, lines: Array<{ id: string, quantity: number, variant: { id: string, sku: string, name: string } | null, unitPrice: { amountMinor: number, currency: string }, lineTotal: { amountMinor: number, currency: string } }>, subtotal: { amountMinor: number, currency: string }, discount: { amountMinor: number, currency: string }, shipping: { amountMinor: number, currency: string }, tax: { amountMinor: number, currency: string }, total: { amountMinor: number, currency: string }, payment: { status: PaymentStatus, provider: PaymentProvider, actionUrl: string | null }, timeline: Array<{ at: string, kind: string, message: string }> };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register:
    | { __typename: 'EmailTaken', code: string, message: string }
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresInSeconds: number, user: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null } }
    | { __typename: 'WeakPassword', code: string, message: string }
   | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login:
    | { __typename: 'InvalidCredentials', code: string, message: string }
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresInSeconds: number, user: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null } }
    | { __typename: 'TooManyAttempts', retryAfterMs: number, code: string, message: string }
   | null };

export type RefreshSessionMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshSessionMutation = { refreshSession:
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresInSeconds: number, user: { id: string, email: string | null, displayName: string | null, roles: Array<string> | null } }
    | { __typename: 'SessionEnded', code: string, message: string }
   | null };

export type LogoutMutationVariables = Exact<{
  refreshToken: string;
}>;


export type LogoutMutation = { logout:
    | { __typename: 'LoggedOut', done: boolean }
    | { __typename: 'SessionEnded', code: string, message: string }
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
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterInput!) {
  register(input: $input) {
    __typename
    ... on Session {
      ...SessionParts
    }
    ... on Refusal {
      code
      message
    }
  }
}
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
}`) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on Session {
      ...SessionParts
    }
    ... on TooManyAttempts {
      retryAfterMs
    }
    ... on Refusal {
      code
      message
    }
  }
}
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
}`) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) {
    __typename
    ... on Session {
      ...SessionParts
    }
    ... on Refusal {
      code
      message
    }
  }
}
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
}`) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const LogoutDocument = new TypedDocumentString(`
    mutation Logout($refreshToken: String!) {
  logout(refreshToken: $refreshToken) {
    __typename
    ... on LoggedOut {
      done
    }
    ... on Refusal {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LogoutMutation, LogoutMutationVariables>;