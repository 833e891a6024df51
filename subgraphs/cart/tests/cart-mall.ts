/** A mall with the cart room; products is played, and inventory unless it is there, so that prices and stock can move. */
import { Fault } from '#platform/errors.ts';
import { openMall, type Mall, type MallOptions, type Visitor } from '#platform/subgraph/testing.ts';
import { adoptCart, cartContents, quoteVariants, stockOf } from '#schema/asks.ts';
import { cart } from '../index.ts';

export const ann: Visitor = { userId: 'ann' };
export const bob: Visitor = { userId: 'bob' };
export const guest: Visitor = {};
export const DAY_MS = 86_400_000;

const PARTS = `id couponCode version itemCount lines { id quantity variant { id } unitPrice { amountMinor currency } lineTotal { amountMinor } problems { code message } }
  subtotal { amountMinor } discount { amountMinor } total { amountMinor } shippingEstimate { amountMinor }`;
const RESULT = `__typename ... on Cart { ${PARTS} } ... on OutOfStock { message variantId available } ... on Refusal { code message }`;

export async function openCarts(options: Partial<MallOptions> = {}): Promise<CartMall> {
  const carts = new CartMall();
  const rooms = options.rooms ?? [cart];
  const played = rooms.some(({ name }) => name === 'inventory') ? [carts.products] : [carts.products, carts.inventory];
  carts.mall = await openMall({ ...options, rooms, asks: played });
  return carts;
}

export class CartMall {
  mall!: Mall;
  /** What products and inventory would say. */
  readonly prices = new Map<string, number>([['shirt', 1999], ['mug', 500], ['pen', 100], ['yacht', 1_000_000_000]]);
  readonly stock = new Map<string, number>([['shirt', 10], ['mug', 3], ['pen', 5_000], ['yacht', 5_000]]);
  readonly archived = new Set<string>();
  productsAnswer = true;
  inventoryAnswers = true;
  #keys = 0;

  readonly products = {
    contract: quoteVariants,
    handle: async ({ variantIds }: { variantIds: string[] }) => {
      if (!this.productsAnswer) throw new Fault('UNAVAILABLE');
      return variantIds.filter((id) => this.prices.has(id)).map((variantId) => ({
        variantId, productId: `product-of-${variantId}`, sku: variantId.toUpperCase(), name: { en: variantId, zh: null },
        priceMinor: this.prices.get(variantId)!, currency: variantId === 'euros' ? 'EUR' : 'USD', sellable: !this.archived.has(variantId),
      }));
    },
  };

  readonly inventory = {
    contract: stockOf,
    handle: async ({ variantIds }: { variantIds: string[] }) => {
      if (!this.inventoryAnswers) throw new Fault('UNAVAILABLE');
      return variantIds.map((variantId) => ({ variantId, available: this.stock.get(variantId) ?? 0 }));
    },
  };

  /** A key that was never used. */
  key(): string {
    return `0198f0a0-0000-7000-8000-${String(this.#keys++).padStart(12, '0')}`;
  }

  async add(variantId: string, quantity: number, visitor: Visitor = guest, more: Record<string, unknown> = {}) {
    const input = { variantId, quantity, idempotencyKey: this.key(), ...more };
    return this.mall.execute('cart', `mutation ($input: AddToCartInput!) { addToCart(input: $input) { ${RESULT} } }`, { input }, visitor);
  }

  async set(cartId: string, lineId: string, quantity: number, visitor: Visitor = guest, more: Record<string, unknown> = {}) {
    const input = { cartId, lineId, quantity, idempotencyKey: this.key(), ...more };
    return this.mall.execute('cart', `mutation ($input: SetCartLineInput!) { setCartLine(input: $input) { ${RESULT} } }`, { input }, visitor);
  }

  async accept(cartId: string, visitor: Visitor = guest) {
    return this.mall.execute('cart', `mutation ($input: AcceptCartPricesInput!) { acceptCartPrices(input: $input) { ${RESULT} } }`, { input: { cartId, idempotencyKey: this.key() } }, visitor);
  }

  /** A guest's cart with these units: its id. */
  async guestCart(units: Record<string, number>): Promise<string> {
    let id: string | undefined;
    for (const [variantId, quantity] of Object.entries(units)) {
      const { data } = await this.add(variantId, quantity, guest, id ? { cartId: id } : {});
      id = data.addToCart.id;
    }
    return id!;
  }

  async cart(id: string, visitor: Visitor = guest) {
    return (await this.mall.execute('cart', `query ($id: ID!) { cart(id: $id) { ${PARTS} } }`, { id }, visitor)).data.cart;
  }

  async units(id: string, visitor: Visitor = guest): Promise<Record<string, number> | null> {
    const found = await this.cart(id, visitor);
    return found && Object.fromEntries(found.lines.map((line: any) => [line.variant.id, line.quantity]));
  }

  ask = {
    adopt: (cartId: string, userId: string) => this.mall.room('cart').deps.asker.ask(adoptCart, { cartId, userId }),
    contents: (cartId: string, userId: string | null) => this.mall.room('cart').deps.asker.ask(cartContents, { cartId, userId }),
  };

  /** A client that is there: `next` waits for its next event, `leave` goes. */
  watch(cartId: string, visitor: Visitor = guest) {
    const gone = new AbortController();
    const events = this.mall.subscribe('cart', `subscription ($id: ID!) { cartChanged(cartId: $id) { ${PARTS} } }`, { id: cartId }, { ...visitor, signal: gone.signal });
    return { next: async () => (await events.next()).value as any, done: async () => (await events.next()).done, leave: () => gone.abort() };
  }

  async priceMoves(variantId: string, toMinor: number): Promise<void> {
    const fromMinor = this.prices.get(variantId)!;
    this.prices.set(variantId, toMinor);
    await this.mall.tell({ topic: 'gomall.products.events', type: 'variant.price-changed', version: 1, subject: variantId, data: { variantId, productId: 'p', fromMinor, toMinor, currency: 'USD' } });
  }

  async stockMoves(variantId: string, available: number): Promise<void> {
    this.stock.set(variantId, available);
    await this.mall.tell({ topic: 'gomall.inventory.events', type: 'stock.changed', version: 1, subject: variantId, data: { variantId, available, onHand: available, held: 0 } });
  }

  async clear(cartId: string, orderId: string, units: Record<string, number>, key = `${orderId}/clear-cart`): Promise<void> {
    const lines = Object.entries(units).map(([variantId, quantity]) => ({ variantId, quantity }));
    await this.mall.tell({ topic: 'gomall.cart.commands', type: 'clear-cart', version: 1, subject: orderId, data: { key, input: { cartId, orderId, lines } } });
    await this.mall.settle();
  }
}

export const problemCodes = (cart: any): string[] => cart.lines.map((line: any) => line.problems.map(({ code }: any) => code).join(' '));
