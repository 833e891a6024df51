/** The domain of a stock level: units in the house, units set aside for orders, and what is left to sell. */

export interface Level {
  variantId: string;
  /** Units in the house. */
  onHand: number;
  /** Units set aside for orders on their way; 0 ≤ held ≤ onHand. */
  held: number;
  /** At or below this many free units the variant is low. */
  threshold: number;
}

export type StockStatus = 'IN_STOCK' | 'LOW' | 'OUT';

/** A level above this is a typing mistake, and keeps every sum inside an `Int`. */
export const MAX_ON_HAND = 1_000_000_000;
export const MAX_THRESHOLD = 1_000_000;

/** Units that can be sold now. */
export const availableOf = (level: Pick<Level, 'onHand' | 'held'>): number => level.onHand - level.held;

export function statusOf(available: number, threshold: number): StockStatus {
  if (available <= 0) return 'OUT';
  return available <= threshold ? 'LOW' : 'IN_STOCK';
}

/** What a move of the free units from `before` to `after` crosses: told once a crossing, not again while it stays there. */
export function crossings(before: number, after: number, threshold: number): { fellLow: boolean; cameBack: boolean } {
  return { fellLow: before > threshold && after <= threshold, cameBack: before <= 0 && after > 0 };
}
