/**
 * What a cart would be as an order: asks cart for its lines and products for today's prices, before any transaction, and
 * freezes names, prices, shipping and tax. A refusal is a value.
 */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { cartContents, quoteVariants, type VariantQuote } from '#schema/asks.ts';
import { totalsOf, type Totals } from './totals.ts';

export interface DraftLine {
  /** Of the cart. */
  lineId: string;
  variantId: string;
  productId: string;
  sku: string;
  name: VariantQuote['name'];
  quantity: number;
  unitPriceMinor: number;
}

export interface Draft {
  cartId: string;
  lines: DraftLine[];
  totals: Totals;
}

export type DraftRefusal = 'CART_NOT_FOUND' | 'CART_EMPTY' | 'VARIANT_UNAVAILABLE' | 'PRICE_CHANGED' | 'TOTAL_TOO_LARGE';

export interface DraftRequest {
  cartId: string;
  userId: string | null;
  countryCode: string;
  /** Refuse with PRICE_CHANGED when a price is not the one the cart's lines were last seen with. */
  asSeen: boolean;
}

export async function prepareOrder({ asker, shop }: Pick<RoomDeps, 'asker' | 'shop'>, request: DraftRequest): Promise<Draft | DraftRefusal> {
  const cart = await asker.ask(cartContents, { cartId: request.cartId, userId: request.userId });
  if (!cart) return 'CART_NOT_FOUND';
  if (cart.lines.length === 0) return 'CART_EMPTY';
  const quotes = await asker.ask(quoteVariants, { variantIds: cart.lines.map((line) => line.variantId) });
  const byVariant = new Map(quotes.map((quote) => [quote.variantId, quote]));
  const lines: DraftLine[] = [];
  let priceMoved = false;
  for (const { lineId, variantId, quantity, seenPriceMinor } of cart.lines) {
    const quote = byVariant.get(variantId);
    if (!quote?.sellable || quote.currency !== shop.currency) return 'VARIANT_UNAVAILABLE';
    priceMoved ||= quote.priceMinor !== seenPriceMinor;
    lines.push({ lineId, variantId, productId: quote.productId, sku: quote.sku, name: quote.name, quantity, unitPriceMinor: quote.priceMinor });
  }
  if (priceMoved && request.asSeen) return 'PRICE_CHANGED';
  const totals = totalsOf(shop, lines, request.countryCode);
  return totals ? { cartId: cart.cartId, lines, totals } : 'TOTAL_TOO_LARGE';
}
