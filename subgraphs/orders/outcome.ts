/** Waiting a bounded time for what becomes of an order: listen, then read, and read once more at the deadline. */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { orderById, orderChannel, type OrderHint, type OrderRow } from './order-rows.ts';

/** Once the order is bought, how much longer the answer waits for the money to be taken and the cart to be cleared. */
const AFTER_CONFIRMED_MS = 500;

type OutcomeDeps = Pick<RoomDeps, 'database' | 'live' | 'clock'>;

export interface Watch {
  /** The order once `isOutcome` is true of it, or as it stands after `waitMs`. */
  outcome(waitMs: number, isOutcome: (row: OrderRow) => boolean, readFirst: boolean): Promise<OrderRow>;
  end(): void;
}

/** Starts to listen at once: begin it before the transaction whose effect is awaited. */
export function watchOrder({ database, live, clock }: OutcomeDeps, orderId: string, signal?: AbortSignal): Watch {
  const hints = live.listen(orderChannel(orderId), signal);
  const end = () => void hints.return?.();

  return {
    end,
    async outcome(waitMs, isOutcome, readFirst) {
      const read = async () => (await orderById(database, orderId))!;
      if (waitMs > 0) {
        if (readFirst) {
          const row = await read();
          if (isOutcome(row)) return end(), row;
        }
        const deadlineMs = clock.nowMs() + waitMs;
        let takeBackTimer = clock.after(waitMs, end);
        for await (const hint of hints) {
          if ((hint as OrderHint) === 'moved') continue;
          if (hint === 'confirmed') {
            takeBackTimer();
            takeBackTimer = clock.after(Math.max(0, Math.min(AFTER_CONFIRMED_MS, deadlineMs - clock.nowMs())), end);
            continue;
          }
          const row = await read();
          if (isOutcome(row)) return takeBackTimer(), end(), row;
        }
        takeBackTimer();
      }
      end();
      return read();
    },
  };
}

/** Nothing more will happen to a checkout by itself, or the shopper has to act. */
export const checkoutIsOver = (row: OrderRow): boolean =>
  row.status !== 'PENDING' ? row.status !== 'CONFIRMED' || row.checkout_done === 1 : row.payment_status === 'ACTION_REQUIRED';
