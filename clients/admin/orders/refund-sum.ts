/**
 * What a refund will give back, before it is asked for: the same arithmetic as the room of orders. Units of lines carry
 * their share of discount and tax, each rounded down; shipping is given back only with the whole order or as an amount.
 */
export interface Paid {
  subtotal: { amountMinor: number };
  discount: { amountMinor: number };
  shipping: { amountMinor: number };
  tax: { amountMinor: number };
  total: { amountMinor: number };
  refunded: { amountMinor: number };
  status: string;
  payment: { status: string };
  lines: readonly { id: string | number; quantity: number; unitPrice: { amountMinor: number } }[];
}

/** What can still be given back, in minor units; 0 when nothing was taken or the order was called off. */
export function refundableMinor(order: Paid): number {
  const taken = order.payment.status === 'CAPTURED' || order.payment.status === 'PARTIALLY_REFUNDED';
  if (!taken || order.status === 'CANCELLED') return 0;
  return Math.max(0, order.total.amountMinor - order.refunded.amountMinor);
}

const share = (wholeMinor: number, part: number, of: number): number => (of === 0 ? 0 : Number((BigInt(wholeMinor) * BigInt(part)) / BigInt(of)));

/** `chosen` holds units by line id. Exact for a first refund of lines; a later one may differ by a minor unit of rounding. */
export function refundOfUnits(order: Paid, chosen: ReadonlyMap<string, number>): number {
  const goods = order.lines.reduce((sum, line) => sum + line.unitPrice.amountMinor * (chosen.get(String(line.id)) ?? 0), 0);
  const discounted = goods - share(order.discount.amountMinor, goods, order.subtotal.amountMinor);
  const taxed = order.subtotal.amountMinor - order.discount.amountMinor + order.shipping.amountMinor;
  return discounted + share(order.tax.amountMinor, discounted, taxed);
}
