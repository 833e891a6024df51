/**
 * Makes the calls that were written down: right after the commit that wrote them, and again after a failure or a crash,
 * found by their rows. A call is made outside any transaction; repeats are harmless by the provider's idempotency key.
 * What must happen to money (capture, void, refund) is tried for ever with capped pauses; an authorisation gives up
 * while the shopper still waits.
 */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { unseal } from '#platform/seal.ts';
import { authorisationKey, dueCalls, type Call } from './calls.ts';
import type { Provider } from './providers/provider.ts';
import { ProviderUnreachable } from './providers/provider.ts';
import { giveUpAuthorise, settleAuthorise, settleCapture, settleRefund, settleVoid, type SettleDeps } from './settle.ts';

/** How long a provider may take to answer one call. */
export const CALL_TIMEOUT_MS = 10_000;
/** How long the shopper is kept waiting for a provider that does not come through. */
export const AUTHORISE_PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 600_000;
/** From this attempt on a failure is reported as an error, for a person to look at. */
const ALARM_ATTEMPTS = 8;
const SCAN_BATCH = 50;
/** Calls under way at once. */
const MAX_IN_FLIGHT = 64;
/** Calls that wait here for their turn; what comes on top waits in its row until the lease is over. */
const MAX_WAITING = 1_000;

export const pauseMs = (attempts: number): number => Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), LONGEST_PAUSE_MS);

type WorkerDeps = SettleDeps & Pick<RoomDeps, 'database' | 'log'>;

export interface Worker {
  /** Makes a call whose row this process has just committed. */
  take(call: Call): void;
  /** Begins the calls that are due. */
  scan(): Promise<void>;
  /** Nothing is under way any more once this resolves, and nothing new is begun. */
  stop(): Promise<void>;
}

export function callWorker(deps: WorkerDeps, providers: ReadonlyMap<string, Provider>, tokenKey: Uint8Array): Worker {
  const { database, clock, log } = deps;
  const inFlight = new Map<string, Promise<void>>();
  const waiting = new Map<string, Call>();
  let stopped = false;

  function take(call: Call): void {
    if (stopped || inFlight.has(call.id)) return;
    if (inFlight.size >= MAX_IN_FLIGHT) {
      if (waiting.size < MAX_WAITING) waiting.set(call.id, call);
      return;
    }
    inFlight.set(call.id, make(call).finally(() => ended(call)));
  }

  function ended(call: Call): void {
    inFlight.delete(call.id);
    const [next] = waiting.values();
    if (!next) return;
    waiting.delete(next.id);
    take(next);
  }

  /** Never rejects: a failure is written down and tried again. */
  async function make(call: Call): Promise<void> {
    try {
      await ask(call);
    } catch (error) {
      await postpone(call, error).catch((failure: unknown) => log.error({ err: failure, call: call.id }, 'a provider call could not be postponed; the next scan finds it'));
    }
  }

  async function ask(call: Call): Promise<void> {
    const provider = providers.get(call.provider);
    if (!provider) throw new ProviderUnreachable(`${call.provider} is not configured`);
    const key = { key: call.id, authorisationKey: authorisationKey(call.paymentId) };
    switch (call.kind) {
      case 'AUTHORISE':
        return call.state === 'WAITING' ? look(provider, call) : authorise(provider, call);
      case 'CAPTURE': {
        const answer = await bounded((signal) => provider.capture({ ...key, amountMinor: call.amountMinor }, signal));
        return database.transaction((tx) => settleCapture(deps, tx, call, answer));
      }
      case 'VOID': {
        const answer = await bounded((signal) => provider.void(key, signal));
        const next = await database.transaction((tx) => settleVoid(deps, tx, call, answer));
        if (next === 'ask-again') throw new ProviderUnreachable('the provider says captured, our own capture is still under way');
        if (next === 'unknown-capture') return giveBack(provider, call);
        if (next !== 'settled') take(next);
        return;
      }
      case 'REFUND': {
        const answer = await bounded((signal) => provider.refund({ ...key, amountMinor: call.amountMinor }, signal));
        return database.transaction((tx) => settleRefund(deps, tx, call, answer));
      }
    }
  }

  async function authorise(provider: Provider, call: Call): Promise<void> {
    const token = call.sealedToken === null ? null : unseal(tokenKey, call.sealedToken, call.orderId);
    const { orderId, amountMinor, currency, expiresMs } = call;
    const request = { key: call.id, orderId, token: token ?? '', amountMinor, currency, returnPath: `/orders/${encodeURIComponent(orderId)}`, expiresAtMs: expiresMs };
    const answer =
      token === null
        ? ({ outcome: 'declined', reference: '', code: 'TOKEN_UNREADABLE' } as const)
        : await bounded((signal) => provider.authorise(request, signal));
    await database.transaction((tx) => settleAuthorise(deps, tx, call, answer));
  }

  /** What the provider took of a payment that is to be let go, and our books know nothing of. Both end with nothing kept. */
  async function giveBack(provider: Provider, call: Call): Promise<void> {
    const refund = { key: `${call.id}/refund`, authorisationKey: authorisationKey(call.paymentId), amountMinor: call.amountMinor };
    const answer = await bounded((signal) => provider.refund(refund, signal));
    const { id, orderId, amountMinor } = call;
    log.error({ call: id, orderId, amountMinor, answer }, 'the provider had taken money that our books know nothing of, as after a restore; it was told to give it back: compare its books');
    await database.transaction((tx) => settleVoid(deps, tx, call, { outcome: 'voided' }));
  }

  /** For a webhook that never came. */
  async function look(provider: Provider, call: Call): Promise<void> {
    const answer = await bounded((signal) => provider.find(call.id, signal));
    if (answer.outcome === 'authorised' || answer.outcome === 'declined') return database.transaction((tx) => settleAuthorise(deps, tx, call, answer));
    if (clock.nowMs() >= call.expiresMs) return giveUp(call);
    return database.transaction(async (tx) => {
      const dueMs = Math.min(clock.nowMs() + pauseMs(call.attempts + 4), call.expiresMs);
      await tx.execute('update provider_call set attempts = attempts + 1, due_ms = ? where id = ?', [dueMs, call.id]);
    });
  }

  async function giveUp(call: Call): Promise<void> {
    const reversal = await database.transaction((tx) => giveUpAuthorise(deps, tx, call));
    if (reversal) take(reversal);
  }

  async function postpone(call: Call, error: unknown): Promise<void> {
    const attempts = call.attempts + 1;
    const level = attempts >= ALARM_ATTEMPTS || !(error instanceof ProviderUnreachable) ? 'error' : 'warn';
    log[level]({ err: error, call: call.id, provider: call.provider, attempts }, 'a provider call did not come through; trying again');
    const patienceEnds = call.state === 'WAITING' ? call.expiresMs : Math.min(call.createdMs + AUTHORISE_PATIENCE_MS, call.expiresMs);
    if (call.kind === 'AUTHORISE' && clock.nowMs() + pauseMs(call.attempts) >= patienceEnds) return giveUp(call);
    await database.transaction(async (tx) => {
      await tx.execute('update provider_call set attempts = ?, due_ms = ? where id = ?', [attempts, clock.nowMs() + pauseMs(call.attempts), call.id]);
    });
  }

  /** The adapter is told to stop by the signal; whether it listens or not, we go on. */
  async function bounded<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const late = new Promise<never>((_, reject) => controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true }));
    const takeBackTimer = clock.after(CALL_TIMEOUT_MS, () => controller.abort(new ProviderUnreachable(`no answer within ${CALL_TIMEOUT_MS} ms`)));
    try {
      return await Promise.race([work(controller.signal), late]);
    } finally {
      takeBackTimer();
    }
  }

  return {
    take,
    async scan() {
      for (const call of await dueCalls(database, clock.nowMs(), SCAN_BATCH)) take(call);
    },
    async stop() {
      stopped = true;
      await Promise.all(inFlight.values());
    },
  };
}
