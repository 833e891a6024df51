/** Today's orders, counted among the latest. The day is the reader's own, from midnight on. */
import { nowMs } from '../../shared/time.ts';

interface Placed {
  placedAt: string;
  status: string;
  total: { amountMinor: number; currency: string };
}

export interface Today {
  count: number;
  /** False when the latest are all of today: there may be more. */
  all: boolean;
  /** What was ordered, by currency, without what was called off. */
  sums: { amountMinor: number; currency: string }[];
}

export function todayOf(latest: readonly Placed[], hasMore: boolean, now = nowMs()): Today {
  const midnightMs = new Date(now).setHours(0, 0, 0, 0);
  const today = latest.filter(({ placedAt }) => Date.parse(placedAt) >= midnightMs);
  const sums = new Map<string, number>();
  for (const { status, total } of today) {
    if (status !== 'CANCELLED') sums.set(total.currency, (sums.get(total.currency) ?? 0) + total.amountMinor);
  }
  return { count: today.length, all: !(hasMore && today.length === latest.length), sums: [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor })) };
}
