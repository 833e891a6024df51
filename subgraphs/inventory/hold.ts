/**
 * The domain of a hold: units of an order set aside until it is paid.
 *
 *     HELD ──confirm──▶ CONFIRMED ──take──▶ TAKEN
 *      │ ╲                  │
 *   expire  release         release
 *      ▼     ╲              ▼
 *   EXPIRED   ────────▶ RELEASED
 */
export type HoldState = 'HELD' | 'CONFIRMED' | 'TAKEN' | 'RELEASED' | 'EXPIRED';

/** In these states the units of a hold count as held. */
export const OPEN_STATES = ['HELD', 'CONFIRMED'] as const satisfies readonly HoldState[];

export interface OrderLine {
  variantId: string;
  quantity: number;
}

/**
 * One line a variant, ordered by variant id. Every transaction takes its levels in this order, so that two orders of
 * the same goods never wait for each other in a circle.
 */
export function inLockOrder(lines: readonly OrderLine[]): OrderLine[] {
  const quantities = new Map<string, number>();
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity })).sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
