/** How a handler that fails is tried again. */
export const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 60_000;

/** Milliseconds between attempt number `attempt`, which failed, and the next: 100, 200, 400 … 60,000. About four minutes in all. */
export const pauseAfter = (attempt: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
