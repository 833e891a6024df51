/**
 * The facts rooms read from each other (platform/ask): one contract each, checked at both ends, also while processes of two
 * versions run. They change as messages do: see schema/messages.ts.
 */
import { z } from 'zod';
import type { AskContract } from '#platform/ask/ask.ts';

const contract = <Input, Output>(name: string, input: z.ZodType<Input>, output: z.ZodType<Output>): AskContract<Input, Output> => ({ name, input, output });

const localized = z.object({ en: z.string().nullable(), zh: z.string().nullable() });

/** Answered by products: what variants cost and are called now. Unknown ids are left out of the answer. */
export const quoteVariants = contract(
  'products.quoteVariants',
  z.object({ variantIds: z.array(z.string()).max(200) }),
  z.array(
    z.object({
      variantId: z.string(),
      productId: z.string(),
      sku: z.string(),
      /** Product and options, e.g. "Linen Shirt, M / Blue". */
      name: localized,
      priceMinor: z.int().min(0),
      currency: z.string(),
      /** False when the variant or its product is archived: it cannot be bought. */
      sellable: z.boolean(),
    }),
  ),
);
export type VariantQuote = z.infer<typeof quoteVariants.output>[number];

/** Answered by inventory: how many can be sold now (on hand less held); unknown ids count 0. */
export const stockOf = contract(
  'inventory.stockOf',
  z.object({ variantIds: z.array(z.string()).max(200) }),
  z.array(z.object({ variantId: z.string(), available: z.int() })),
);

/** Answered by cart: what is to be ordered. Null when there is no such cart, or it is another shopper's. */
export const cartContents = contract(
  'cart.contents',
  z.object({ cartId: z.string(), userId: z.string().nullable() }),
  z
    .object({
      cartId: z.string(),
      version: z.int(),
      lines: z.array(z.object({ lineId: z.string(), variantId: z.string(), quantity: z.int().min(1), seenPriceMinor: z.int().min(0) })),
      couponCode: z.string().nullable(),
    })
    .nullable(),
);

/** Answered by users: how to address people. Unknown ids are left out. */
export const userProfiles = contract(
  'users.profiles',
  z.object({ userIds: z.array(z.string()).max(200) }),
  z.array(z.object({ userId: z.string(), displayName: z.string(), email: z.string(), language: z.enum(['en', 'zh']) })),
);

/** Answered by users: the public keys that access tokens are signed with (RFC 7517). */
export const jsonWebKeySet = contract('users.jsonWebKeySet', z.object({}), z.object({ keys: z.array(z.record(z.string(), z.unknown())) }));

/** Answered by cart: merges a guest's cart into the shopper's at sign-in. Idempotent by the guest cart's id. */
export const adoptCart = contract(
  'cart.adopt',
  z.object({ cartId: z.string(), userId: z.string() }),
  z.object({ cartId: z.string() }).nullable(),
);

/** Answered by orders: which of these products the shopper has bought in a confirmed order. */
export const boughtProducts = contract(
  'orders.boughtProducts',
  z.object({ userId: z.string(), productIds: z.array(z.string()).max(200) }),
  z.array(z.string()),
);

/** Answered by products: what they are called, and whether they are shown and in stock. Unknown ids are left out. */
export const productCards = contract(
  'products.cards',
  z.object({ productIds: z.array(z.string()).max(500) }),
  z.array(z.object({ productId: z.string(), name: localized, onSale: z.boolean() })),
);

/** Answered by products: what is like each in category and facts, and what was bought with it, best first; archived ones are left out. */
export const relatedProducts = contract(
  'products.related',
  z.object({ productIds: z.array(z.string()).max(100) }),
  z.array(z.object({ productId: z.string(), similar: z.array(z.string()), together: z.array(z.string()) })),
);

/** Answered by products: best sellers that are in stock, the departments in turn, with the department each is of. */
export const popularProducts = contract(
  'products.popular',
  z.object({ first: z.int().min(1).max(200) }),
  z.array(z.object({ productId: z.string(), category: localized.nullable() })),
);

/**
 * Answered by orders: whom letters about these orders go to. Unknown ids are left out. `language` is the one it was placed in,
 * null for orders of before that was kept; `guestToken` opens the order of a guest, and is null for a shopper's.
 */
export const orderContacts = contract(
  'orders.contacts',
  z.object({ orderIds: z.array(z.string()).max(200) }),
  z.array(z.object({ orderId: z.string(), number: z.string(), email: z.string(), language: z.enum(['en', 'zh']).nullable(), guestToken: z.string().nullable() })),
);

/** Answered by users: the ids of accounts that have one of these roles other than customer, 500 at most. */
export const staffAccounts = contract('users.staffAccounts', z.object({ roles: z.array(z.string()).max(10) }), z.array(z.string()));
