/** The four rooms of a checkout, all real; only products is played. What is bought, paid and held is audited across them. */
import { join } from 'node:path';
import { openMall, type Mall, type MallOptions, type Visitor } from '#platform/subgraph/testing.ts';
import { quoteVariants, userProfiles } from '#schema/asks.ts';
import { cart } from '#subgraphs/cart/index.ts';
import { inventory, openLevels } from '#subgraphs/inventory/index.ts';
import { brokenInvariants } from '#subgraphs/inventory/invariants.ts';
import { auditOrders, type OrderAudit } from '#subgraphs/orders/audit.ts';
import { orders } from '#subgraphs/orders/index.ts';
import { auditPayments, readSandboxBooks } from '#subgraphs/payments/audit.ts';
import { payments, SANDBOX_FILE } from '#subgraphs/payments/index.ts';

export const PRICES: Record<string, number> = { shirt: 1_999, mug: 500, pen: 100 };
export const ADDRESS = { fullName: 'Ada Lovelace', line1: '12 Example Road', city: 'London', postalCode: 'N1 9GU', countryCode: 'GB' };

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename
  ... on Order { id number status guestToken total { amountMinor } payment { status actionUrl } timeline { kind } }
  ... on OutOfStock { variantId available }
  ... on PaymentDeclined { order { id status guestToken } }
  ... on Refusal { code }
} }`;

export async function openMarket(stock: Record<string, number>, options: Partial<MallOptions> = {}): Promise<Market> {
  const mall = await openMall({
    ...options,
    rooms: [orders, payments, inventory, cart],
    asks: [
      {
        contract: quoteVariants,
        handle: async ({ variantIds }: { variantIds: string[] }) =>
          variantIds.filter((id) => id in PRICES).map((variantId) => ({
            variantId, productId: `product-of-${variantId}`, sku: variantId.toUpperCase(), name: { en: variantId, zh: null }, priceMinor: PRICES[variantId]!, currency: 'USD', sellable: true,
          })),
      },
      { contract: userProfiles, handle: async ({ userIds }: { userIds: string[] }) => userIds.map((userId) => ({ userId, displayName: userId, email: `${userId}@example.com`, language: 'en' as const })) },
    ],
  });
  await openLevels(mall.room('inventory').deps, Object.entries(stock).map(([variantId, onHand]) => ({ variantId, onHand })));
  await mall.settle();
  return new Market(mall, stock);
}

export interface Report extends OrderAudit {
  openCalls: number;
  /** By variant. */
  levels: Record<string, { onHand: number; held: number }>;
}

export class Market {
  readonly mall: Mall;
  readonly #stock: Record<string, number>;
  #keys = 0;

  constructor(mall: Mall, stock: Record<string, number>) {
    this.mall = mall;
    this.#stock = stock;
  }

  key(): string {
    return `0198f0a0-0000-7000-8000-${String(this.#keys++).padStart(12, '0')}`;
  }

  /** A new cart with these units; answers its id. */
  async fill(units: Record<string, number>, visitor: Visitor = {}): Promise<string> {
    let cartId: string | undefined;
    for (const [variantId, quantity] of Object.entries(units)) {
      const { data, errors } = await this.mall.execute('cart', 'mutation ($input: AddToCartInput!) { addToCart(input: $input) { __typename ... on Cart { id } } }', { input: { cartId, variantId, quantity, idempotencyKey: this.key() } }, visitor);
      if (data?.addToCart?.__typename !== 'Cart') throw new Error(`the cart cannot be filled: ${JSON.stringify(errors ?? data)}`);
      cartId = data.addToCart.id;
    }
    return cartId!;
  }

  async place(cartId: string, token = 'pm_ok', more: Record<string, unknown> = {}, visitor: Visitor = {}) {
    const input = { cartId, email: 'ada@example.com', shippingAddress: ADDRESS, payment: { provider: 'SANDBOX', token }, idempotencyKey: this.key(), waitMs: 10_000, ...more };
    const { data, errors } = await this.mall.execute('orders', PLACE, { input }, visitor);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.placeOrder;
  }

  async buy(units: Record<string, number>, token = 'pm_ok', more: Record<string, unknown> = {}) {
    return this.place(await this.fill(units), token, more);
  }

  async cancel(id: string, guestToken: string) {
    const { data, errors } = await this.mall.execute('orders', 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ... on Order { status payment { status } } ... on Refusal { code } } }', { input: { id, guestToken, idempotencyKey: this.key() } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.cancelOrder;
  }

  async order(id: string) {
    const { data } = await this.mall.execute('orders', 'query ($id: ID!) { order(id: $id) { status refunded { amountMinor } payment { status actionUrl } saga { state steps { name state } } } }', { id }, { userId: 'boss', roles: ['admin'] });
    return data.order;
  }

  async cartCount(id: string): Promise<number> {
    return (await this.mall.execute('cart', 'query ($id: ID!) { cart(id: $id) { itemCount } }', { id })).data.cart.itemCount;
  }

  /** The shopper's word on the page of the bank. */
  async atTheBank(actionUrl: string, decision: 'approve' | 'decline'): Promise<void> {
    const path = new URL(actionUrl).pathname;
    const route = this.mall.room('payments').room.routes!.find((one) => one.method === 'POST' && path.startsWith(one.path))!;
    await route.handle(new Request(actionUrl, { method: 'POST', body: `decision=${decision}` }));
  }

  /** Time passes in steps, so that every task and every timer has its turn. */
  async pass(ms: number, stepMs = 60_000): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      await this.mall.advance(Math.min(left, stepMs));
      await this.mall.runTask('payments', 'payments.provider-calls');
      await this.mall.runTask('inventory', 'inventory.expire-holds');
      await this.mall.settle();
    }
  }

  /** Orders against ledger, ledger against the provider's own books, stock against orders. */
  async audit(): Promise<Report> {
    const providerBooks = readSandboxBooks(join(this.mall.room('payments').deps.dataDir, SANDBOX_FILE));
    const money = await auditPayments(this.mall.database('payments'), providerBooks);
    const sold = await auditOrders(this.mall.database('orders'), money.byOrder);
    const problems = [...money.problems, ...sold.problems, ...(await brokenInvariants(this.mall.database('inventory')))];
    const rows = await this.mall.database('inventory').query<{ id: string; onHand: number; held: number }>('select variant_id as id, on_hand as onHand, held from stock_levels');
    const levels = Object.fromEntries(rows.map(({ id, onHand, held }) => [id, { onHand, held }]));
    for (const [variantId, begun] of Object.entries(this.#stock)) {
      const { bought, pending } = sold.units.get(variantId) ?? { bought: 0, pending: 0 };
      const { onHand, held } = levels[variantId]!;
      if (onHand < 0) problems.push(`${variantId}: ${onHand} on hand`);
      if (sold.openSagas === 0 && onHand !== begun - bought) problems.push(`${variantId}: ${begun} less ${bought} bought is not ${onHand}`);
      if (sold.openSagas === 0 && held !== pending) problems.push(`${variantId}: ${held} held, ${pending} pending`);
    }
    for (const letter of await this.mall.deadLetters()) problems.push(`dead letter in ${letter.room}: ${letter.error}`);
    return { ...sold, problems, openCalls: money.openCalls, levels };
  }
}
