/** What a shopper means to do, drawn before it begins: a seed gives the same visits again, whatever the mall does meanwhile. */

export interface Visit {
  browses: boolean;
  sku: string;
  quantity: number;
  /** The sandbox's word for a card. */
  token: string;
  /** How long placeOrder may wait for the outcome. */
  waitMs: number;
  /** The button is pressed again after the answer. */
  again: boolean;
  /** Listens to the order's changes. */
  watches: boolean;
  /** Says yes at the bank, where it asks. */
  approves: boolean;
  cancels: 'never' | 'at once' | 'once it is bought';
  /** Staff gives a part of the price back. */
  refunds: boolean;
  /** Until the next visit. */
  restMs: number;
}

/** The lamp is the only one; shirts are few. */
const SKUS = ['SHIRT-S', 'SHIRT-M', 'MUG', 'MUG', 'MUG', 'TEA', 'TEA', 'LAMP'];
const TOKENS = ['pm_ok', 'pm_ok', 'pm_ok', 'pm_ok', 'pm_ok', 'pm_ok', 'pm_webhook_first', 'pm_3ds', 'pm_declined', 'pm_insufficient_funds', 'pm_timeout'];
const LONGEST_WAIT_MS = 1_500;
const SHORTEST_REST_MS = 300;
const LONGEST_REST_MS = 1_500;

export function drawVisit(random: () => number): Visit {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const fate = random();
  return {
    browses: random() < 0.3,
    sku: pick(SKUS),
    quantity: 1 + Math.floor(random() * 2),
    token: pick(TOKENS),
    waitMs: Math.floor(random() * LONGEST_WAIT_MS),
    again: random() < 0.3,
    watches: random() < 0.3,
    approves: random() < 0.7,
    cancels: fate < 0.07 ? 'at once' : fate < 0.17 ? 'once it is bought' : 'never',
    refunds: fate > 0.9,
    restMs: SHORTEST_REST_MS + random() * (LONGEST_REST_MS - SHORTEST_REST_MS),
  };
}
