import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';

/** A transaction that takes longer is rolled back: it awaits something it must not. */
export const TRANSACTION_LIMIT_MS = 10_000;

export class TransactionLimitPassed extends Fault {
  constructor(room: string) {
    super('UNAVAILABLE', `A transaction of ${room} took over ${TRANSACTION_LIMIT_MS} ms and was rolled back.`);
  }
}

/** Resolves or rejects with `work`, or rejects when it takes over the limit. */
export async function withinLimit<T>(work: Promise<T>, room: string, clock: Clock): Promise<T> {
  let stop = () => {};
  const limit = new Promise<never>((_, reject) => {
    stop = clock.after(TRANSACTION_LIMIT_MS, () => reject(new TransactionLimitPassed(room)));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    stop();
  }
}
