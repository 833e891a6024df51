/** orders with neighbours that do what a test tells them: each answers commands by a script, cart and products by asks. */
import { openMall, type Answer, type Mall, type Visitor } from '#platform/subgraph/testing.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import type { ShopSettings } from '#platform/subgraph/shop.ts';
import { cartContents, quoteVariants, userProfiles, type VariantQuote } from '#schema/asks.ts';
import { commands } from '#schema/messages.ts';
import { orders } from '../index.ts';

type Heard = { command: string; key: string; input: any };
/** Null: no answer yet. */
export type Script = Record<string, (heard: Heard, times: number) => Reply | null>;
type Line = { lineId: string; variantId: string; quantity: number; seenPriceMinor: number };

export interface Shop {
  mall: Mall;
  /** What the neighbours were asked, oldest first; a repeat of a key is not here. */
  heard: Heard[];
  script: Script;
  carts: Map<string, { userId: string | null; lines: Line[] }>;
  quotes: Map<string, VariantQuote>;
  /** While set, asks of cart and products fail. */
  asksFail: boolean;
  commandsHeard(): string[];
  place(input?: Record<string, unknown>, visitor?: Visitor): Promise<Answer>;
  order(id: string, guestToken?: string | null, visitor?: Visitor): Promise<Answer>;
}

const fixture = new URL('./neighbour.graphql', import.meta.url);
const OBEDIENT: Record<string, Reply> = {
  'authorise-payment': { outcome: 'done', data: { paymentId: 'p1' } },
};

export const ADDRESS = { fullName: 'Ada Lovelace', line1: '12 Example Road', city: 'London', postalCode: 'N1 9GU', countryCode: 'GB' };
export const quote = (variantId: string, priceMinor: number, more: Partial<VariantQuote> = {}): VariantQuote => ({
  variantId, productId: `product-of-${variantId}`, sku: `SKU-${variantId}`, name: { en: `Thing ${variantId}`, zh: `东西 ${variantId}` }, priceMinor, currency: 'USD', sellable: true, ...more,
});
export const line = (variantId: string, quantity: number, seenPriceMinor: number): Line => ({ lineId: `line-of-${variantId}`, variantId, quantity, seenPriceMinor });

export const ORDER_PARTS = `fragment OrderParts on Order {
  id number status placedAt email cancellable
  lines { id quantity sku name variant { id } unitPrice { amountMinor currency } lineTotal { amountMinor currency } }
  subtotal { amountMinor } discount { amountMinor } shipping { amountMinor } tax { amountMinor } total { amountMinor currency } refunded { amountMinor }
  payment { status provider actionUrl actionExpiresAt }
  timeline { at kind message }
  shippingAddress { fullName countryCode }
  guestToken
}`;
export const PLACE = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename
  ... on Order { ...OrderParts }
  ... on OutOfStock { variantId available }
  ... on PaymentDeclined { order { id status guestToken } }
  ... on Refusal { code message }
} } ${ORDER_PARTS}`;
const ORDER = `query Order($id: ID!, $guestToken: String) { order(id: $id, guestToken: $guestToken) { ...OrderParts } } ${ORDER_PARTS}`;

export async function openShop(options: { rude?: number; shop?: Partial<ShopSettings> } = {}): Promise<Shop> {
  const heard: Heard[] = [];
  const script: Script = {};
  const neighbour = (name: keyof typeof commands): RoomDefinition => ({
    name, schema: fixture, entities: [], migrations: [],
    build: () => ({
      resolvers: {},
      commands: Object.entries(commands[name]).map(([type, input]) => ({
        type,
        input: input as never,
        async handle(_tx, given: unknown, { key }) {
          const times = heard.filter((one) => one.command === type).length;
          const one: Heard = { command: type, key, input: given };
          heard.push(one);
          return script[type] ? script[type](one, times) : (OBEDIENT[type] ?? { outcome: 'done' });
        },
      })),
    }),
  });
  const shop = { heard, script, carts: new Map(), quotes: new Map(), asksFail: false } as unknown as Shop;
  const mayAnswer = () => {
    if (shop.asksFail) throw new Error('the room is away');
  };
  const mall = await openMall({
    rooms: [orders, neighbour('inventory'), neighbour('payments'), neighbour('cart')],
    ...options,
    asks: [
      {
        contract: cartContents,
        async handle({ cartId, userId }: { cartId: string; userId: string | null }) {
          mayAnswer();
          const cart = shop.carts.get(cartId);
          return cart && cart.userId === userId ? { cartId, version: 1, lines: cart.lines, couponCode: null } : null;
        },
      },
      {
        contract: quoteVariants,
        async handle({ variantIds }: { variantIds: string[] }) {
          mayAnswer();
          return variantIds.flatMap((id) => shop.quotes.get(id) ?? []);
        },
      },
      { contract: userProfiles, handle: async ({ userIds }: { userIds: string[] }) => userIds.map((userId) => ({ userId, displayName: userId, email: `${userId}@example.com`, language: 'en' as const })) },
    ],
  });
  shop.carts.set('cart-1', { userId: null, lines: [line('a', 2, 1_000), line('b', 1, 550)] });
  for (const one of [quote('a', 1_000), quote('b', 550)]) shop.quotes.set(one.variantId, one);
  let keys = 0;
  return Object.assign(shop, {
    mall,
    commandsHeard: () => heard.map(({ command }) => command),
    place: (input: Record<string, unknown> = {}, visitor: Visitor = {}) =>
      mall.execute('orders', PLACE, {
        input: { cartId: 'cart-1', email: 'ada@example.com', shippingAddress: ADDRESS, payment: { provider: 'SANDBOX', token: 'pm_ok' }, idempotencyKey: `key-number-${++keys}`, ...input },
      }, visitor),
    order: (id: string, guestToken: string | null = null, visitor: Visitor = {}) => mall.execute('orders', ORDER, { id, guestToken }, visitor),
  });
}
