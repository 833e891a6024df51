/** A cart as it is shown: its lines at today's prices, with what stands in their way. */
import type { ShopSettings } from '#platform/subgraph/shop.ts';
import { askFacts, type AskingDeps } from './ask-facts.ts';
import { MAX_TOTAL_MINOR, problemsOf, subtotalOf, unitPriceOf, type Cart, type CartLine, type Facts, type Problem } from './cart.ts';

export interface PricedLine {
  line: CartLine;
  unitPriceMinor: number;
  lineTotalMinor: number;
  problems: Problem[];
}

export interface PricedCart {
  lines: PricedLine[];
  subtotalMinor: number;
  discountMinor: number;
  totalMinor: number;
  shippingMinor: number;
}

/** A cart and, once somebody wants to see them, its prices. */
export interface CartView {
  cart: Cart;
  priced(): Promise<PricedCart>;
}

/** `known` are facts that were asked just now; they do for the view when they speak of every line. */
export function viewCart(deps: AskingDeps, cart: Cart, known?: Facts): CartView {
  let priced: Promise<PricedCart> | undefined;
  const price = async () => {
    const facts = known && speaksOf(known, cart) ? known : await askFacts(deps, cart.lines.map((line) => line.variantId));
    return priceCart(cart, facts, deps.shop);
  };
  return { cart, priced: () => (priced ??= price()) };
}

/** Amounts are capped at MAX_TOTAL_MINOR; the lines from which on the cart passes it say so. */
export function priceCart(cart: Cart, facts: Facts, shop: ShopSettings): PricedCart {
  let sum = 0;
  const lines = cart.lines.map((line): PricedLine => {
    const unitPriceMinor = unitPriceOf(line, facts);
    const lineTotal = unitPriceMinor * line.quantity;
    sum += lineTotal;
    const problems = problemsOf(line, facts);
    if (sum > MAX_TOTAL_MINOR) problems.push({ code: 'TOTAL_TOO_LARGE' });
    return { line, unitPriceMinor, lineTotalMinor: capped(lineTotal), problems };
  });
  const subtotalMinor = capped(subtotalOf(cart.lines, facts));
  const discountMinor = 0;
  return { lines, subtotalMinor, discountMinor, totalMinor: subtotalMinor - discountMinor, shippingMinor: shippingFor(lines.length, subtotalMinor, shop) };
}

function shippingFor(lineCount: number, subtotalMinor: number, shop: ShopSettings): number {
  const free = shop.freeShippingFromMinor !== null && subtotalMinor >= shop.freeShippingFromMinor;
  return lineCount === 0 || free ? 0 : shop.shippingMinor;
}

const capped = (amount: number): number => Math.min(amount, MAX_TOTAL_MINOR);

const speaksOf = (facts: Facts, cart: Cart): boolean =>
  cart.lines.every(({ variantId }) => (!facts.available || facts.available.has(variantId)) && (!facts.quotes || facts.quotes.has(variantId)));
