/**
 * What an order costs, in whole minor units. Tax is added to goods (after discount) and shipping, and rounded once, half
 * up, on the whole order: so the parts shown always add up to the total. A part of the tax, for a refund of lines, is
 * the difference of two cumulative shares rounded down, so that all parts together never exceed the whole.
 */
import { MAX_MINOR, type ShopSettings } from '#platform/subgraph/shop.ts';

export interface Totals {
  subtotalMinor: number;
  discountMinor: number;
  shippingMinor: number;
  taxMinor: number;
  totalMinor: number;
}

export interface PricedLine {
  unitPriceMinor: number;
  quantity: number;
}

const BASIS_POINTS = 10_000n;

/** Basis points of tax for a country; `*` is for those without an entry of their own. */
export const taxRate = (shop: ShopSettings, countryCode: string): number => shop.taxBasisPoints[countryCode] ?? shop.taxBasisPoints['*'] ?? 0;

/** Half up: 0.5 of a minor unit becomes one. */
export function taxOf(taxableMinor: number, basisPoints: number): number {
  return Number((BigInt(taxableMinor) * BigInt(basisPoints) + BASIS_POINTS / 2n) / BASIS_POINTS);
}

export function shippingOf(shop: ShopSettings, goodsMinor: number): number {
  return shop.freeShippingFromMinor !== null && goodsMinor >= shop.freeShippingFromMinor ? 0 : shop.shippingMinor;
}

/** Null when the total would pass `MAX_MINOR`. */
export function totalsOf(shop: ShopSettings, lines: readonly PricedLine[], countryCode: string, discountMinor = 0): Totals | null {
  const subtotalMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  if (subtotalMinor > MAX_MINOR) return null;
  const goodsMinor = subtotalMinor - discountMinor;
  const shippingMinor = shippingOf(shop, goodsMinor);
  const taxMinor = taxOf(goodsMinor + shippingMinor, taxRate(shop, countryCode));
  const totalMinor = goodsMinor + shippingMinor + taxMinor;
  return totalMinor > MAX_MINOR ? null : { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor };
}

/** The share of `wholeMinor` that belongs to `part` of `of`, rounded down. */
const share = (wholeMinor: number, part: number, of: number): number => (of === 0 ? 0 : Number((BigInt(wholeMinor) * BigInt(part)) / BigInt(of)));

export interface RefundLine {
  id: string;
  unitPriceMinor: number;
  quantity: number;
  refundedQuantity: number;
}

/**
 * What units of lines cost with their share of discount and tax. `chosen` holds units a line; null when a line is
 * unknown or more units are chosen than are left to give back.
 */
export function refundOfUnits(lines: readonly RefundLine[], totals: Totals, chosen: ReadonlyMap<string, number>): number | null {
  for (const id of chosen.keys()) if (!lines.some((line) => line.id === id)) return null;
  if (lines.some((line) => line.refundedQuantity + (chosen.get(line.id) ?? 0) > line.quantity)) return null;
  const before = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.refundedQuantity, 0);
  const goods = lines.reduce((sum, line) => sum + line.unitPriceMinor * (chosen.get(line.id) ?? 0), 0);
  const goodsMinor = totals.subtotalMinor - totals.discountMinor;
  const paidFor = (value: number): number => {
    const discounted = value - share(totals.discountMinor, value, totals.subtotalMinor);
    return discounted + share(totals.taxMinor, discounted, goodsMinor + totals.shippingMinor);
  };
  return paidFor(before + goods) - paidFor(before);
}
