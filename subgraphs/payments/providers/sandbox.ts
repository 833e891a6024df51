/**
 * The built-in provider for trying out: a deterministic party outside the shop with books of its own and one behaviour
 * a token. It keeps what it was told across a crash, knows repeats by their keys and signs its webhooks, which it sends
 * for the outcomes that are not in its answer.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { AuthoriseAnswer, Authorise, Provider, ProviderEvent } from './provider.ts';
import { WebhookRefused } from './provider.ts';
import type { SandboxBooks, SandboxRow, SandboxState } from './sandbox-books.ts';
import { SANDBOX_TOKENS } from './sandbox-tokens.ts';
import { webhookSender } from './sandbox-webhooks.ts';
import { verifyWebhook } from './webhook-signature.ts';

/** How late the answer to `pm_timeout` comes. */
export const SANDBOX_LATE_MS = 4_000;

export interface SandboxParts {
  books: SandboxBooks;
  clock: Clock;
  ids: Ids;
  /** What webhooks are signed with, known to the shop too. */
  webhookSecret: Uint8Array;
  publicUrl: string;
}

/** What the page of a step at the bank shows. */
export interface BankStep {
  amountMinor: number;
  currency: string;
  state: 'OPEN' | 'APPROVED' | 'DECLINED' | 'OVER';
  returnPath: string;
}

export interface SandboxProvider extends Provider {
  /** Begins to send webhooks, also those left from before a crash. */
  start(deliver: (request: Request) => Promise<Response>): void;
  stop(): Promise<void>;
  bankStep(pageId: string): BankStep | null;
  /** The shopper's word on that page; the webhook is on its way when this resolves. */
  decide(pageId: string, approve: boolean): Promise<BankStep | null>;
}

export function sandboxProvider(parts: SandboxParts): SandboxProvider {
  const { books, clock, ids, webhookSecret, publicUrl } = parts;
  const sender = webhookSender({ books, clock, secret: webhookSecret, url: `${publicUrl}/webhooks/sandbox`, bodyOf });

  /** Time passes for what waits: a late answer is there, a step at the bank runs out. */
  function ripen(row: SandboxRow): SandboxRow {
    const now = clock.nowMs();
    const turn = (to: SandboxState, code: string | null): SandboxRow => (books.move(row.key, row.state, to, code), books.byKey(row.key)!);
    if (row.state === 'PENDING' && now >= row.ready_at_ms) return turn('AUTHORISED', null);
    if (row.state === 'ACTION_REQUIRED' && now >= row.expires_at_ms) return turn('DECLINED', 'ACTION_EXPIRED');
    return row;
  }

  function answerOf(row: SandboxRow): AuthoriseAnswer {
    const { reference } = row;
    if (row.state === 'ACTION_REQUIRED') return { outcome: 'action-required', reference, actionUrl: `${publicUrl}/pay/${row.page_id}` };
    if (row.state === 'PENDING') return { outcome: 'pending', reference };
    if (row.state === 'DECLINED' || row.state === 'VOIDED') return { outcome: 'declined', reference, code: row.code ?? row.state };
    return { outcome: 'authorised', reference };
  }

  /** The body of a webhook, or null when there is nothing to tell (yet). */
  function bodyOf(authorisationKey: string): string | null {
    const row = books.byKey(authorisationKey);
    const answer = row && answerOf(ripen(row));
    if (!answer || (answer.outcome !== 'authorised' && answer.outcome !== 'declined')) return null;
    return JSON.stringify({ authorisationKey, answer });
  }

  const rowFor = (request: Authorise, start: { state: SandboxState; code?: string }) => ({
    key: request.key,
    reference: `sbx_${ids.token(12)}`,
    order_id: request.orderId,
    amount_minor: request.amountMinor,
    currency: request.currency,
    state: start.state,
    code: start.code ?? null,
    page_id: start.state === 'ACTION_REQUIRED' ? ids.token() : null,
    return_path: request.returnPath,
    expires_at_ms: request.expiresAtMs,
    ready_at_ms: clock.nowMs() + SANDBOX_LATE_MS,
  });

  function repeated(request: Authorise): SandboxRow {
    const row = books.byKey(request.key)!;
    const same = row.order_id === request.orderId && row.amount_minor === request.amountMinor && row.currency === request.currency;
    // A tombstone was written by `void` before the authorisation came; it knows nothing of it.
    if (!same && row.state !== 'VOIDED') throw new Error(`the key ${request.key} was used for another authorisation`);
    return ripen(row);
  }

  return {
    code: 'SANDBOX',
    name: { en: 'Sandbox', zh: '沙盒' },
    testTokens: SANDBOX_TOKENS,

    async authorise(request) {
      const row = rowFor(request, firstState(request.token));
      const webhook = webhookFor(request.token, row.ready_at_ms, clock.nowMs());
      const isNew = webhook ? books.together(() => books.insert(row) && (books.queueWebhook(`evt_${row.reference}`, row.key, webhook.copies, webhook.dueAtMs), true)) : books.insert(row);
      await books.durable();
      if (!isNew) return answerOf(repeated(request));
      if (webhook?.first) await sender.sendDue();
      else if (webhook) sender.arm();
      return answerOf(books.byKey(row.key)!);
    },

    async find(authorisationKey) {
      const row = books.byKey(authorisationKey);
      const answer = row ? answerOf(ripen(row)) : ({ outcome: 'unknown' } as const);
      await books.durable();
      return answer;
    },

    async capture({ authorisationKey, amountMinor }) {
      const captured = books.capture(authorisationKey, amountMinor);
      await books.durable();
      if (captured) return { outcome: 'captured' };
      const row = books.byKey(authorisationKey);
      if (row?.state === 'CAPTURED' && row.captured_minor === amountMinor) return { outcome: 'captured' };
      return { outcome: 'refused', code: row ? (row.amount_minor === amountMinor ? row.state : 'WRONG_AMOUNT') : 'UNKNOWN' };
    },

    async void({ authorisationKey }) {
      const row = books.byKey(authorisationKey);
      if (!row) {
        const tombstone = { key: authorisationKey, orderId: '', token: '', amountMinor: 0, currency: '', returnPath: '', expiresAtMs: 0 };
        books.insert(rowFor(tombstone, { state: 'VOIDED' }));
        await books.durable();
        return { outcome: 'voided' };
      }
      if (row.state !== 'CAPTURED' && row.state !== 'DECLINED') books.move(row.key, row.state, 'VOIDED', null);
      await books.durable();
      if (row.state === 'CAPTURED') return { outcome: 'refused', code: 'ALREADY_CAPTURED' };
      return { outcome: 'voided' };
    },

    async refund({ key, authorisationKey, amountMinor }) {
      const known = books.refundByKey(key);
      if (known && known.amount_minor !== amountMinor) throw new Error(`the key ${key} was used for another refund`);
      if (known) return { outcome: 'refunded', reference: known.reference };
      const reference = `sbr_${ids.token(12)}`;
      const given = books.refund(key, reference, authorisationKey, amountMinor);
      await books.durable();
      if (given) return { outcome: 'refunded', reference };
      return { outcome: 'refused', code: books.byKey(authorisationKey)?.captured_minor ? 'REFUND_TOO_LARGE' : 'NOT_CAPTURED' };
    },

    readWebhook(headers, body): ProviderEvent {
      const id = verifyWebhook(webhookSecret, headers, body, clock.nowMs());
      return { id, ...parseWebhook(body) };
    },

    bankStep(pageId) {
      const row = books.byPage(pageId);
      return row ? stepOf(ripen(row)) : null;
    },

    async decide(pageId, approve) {
      const found = books.byPage(pageId);
      if (!found) return null;
      const row = ripen(found);
      const decided = books.together(() => {
        if (!books.move(row.key, 'ACTION_REQUIRED', approve ? 'AUTHORISED' : 'DECLINED', approve ? null : 'AUTHENTICATION_FAILED')) return false;
        books.queueWebhook(`evt_${row.reference}`, row.key, 1, clock.nowMs());
        return true;
      });
      await books.durable();
      if (decided) await sender.sendDue();
      return stepOf(books.byKey(row.key)!);
    },

    start: (deliver) => sender.start(deliver),
    async stop() {
      await sender.stop();
      books.close();
    },
  };
}

function firstState(token: string): { state: SandboxState; code?: string } {
  switch (token) {
    case 'pm_ok':
    case 'pm_webhook_first':
      return { state: 'AUTHORISED' };
    case 'pm_3ds':
      return { state: 'ACTION_REQUIRED' };
    case 'pm_timeout':
      return { state: 'PENDING' };
    case 'pm_declined':
      return { state: 'DECLINED', code: 'CARD_DECLINED' };
    case 'pm_insufficient_funds':
      return { state: 'DECLINED', code: 'INSUFFICIENT_FUNDS' };
    default:
      return { state: 'DECLINED', code: 'TOKEN_UNKNOWN' };
  }
}

/** Which webhook a new authorisation needs: `pm_webhook_first` sends it before the answer and once more after it. */
function webhookFor(token: string, readyAtMs: number, nowMs: number): { dueAtMs: number; copies: number; first: boolean } | null {
  if (token === 'pm_timeout') return { dueAtMs: readyAtMs, copies: 1, first: false };
  if (token === 'pm_webhook_first') return { dueAtMs: nowMs, copies: 2, first: true };
  return null;
}

function stepOf(row: SandboxRow): BankStep {
  const state = row.state === 'ACTION_REQUIRED' ? 'OPEN' : row.state === 'DECLINED' ? (row.code === 'ACTION_EXPIRED' ? 'OVER' : 'DECLINED') : row.state === 'VOIDED' ? 'OVER' : 'APPROVED';
  return { amountMinor: row.amount_minor, currency: row.currency, state, returnPath: row.return_path };
}

/** Reads a webhook's body. Throws `WebhookRefused` when it is none of ours. */
function parseWebhook(body: string): Omit<ProviderEvent, 'id'> {
  let data: any;
  try {
    data = JSON.parse(body);
  } catch (error) {
    throw new WebhookRefused('the body is not JSON', { cause: error });
  }
  const { authorisationKey, answer } = data ?? {};
  const known = answer?.outcome === 'authorised' || (answer?.outcome === 'declined' && typeof answer.code === 'string');
  if (typeof authorisationKey !== 'string' || typeof answer?.reference !== 'string' || !known) throw new WebhookRefused('the body is not an event of the sandbox');
  return { authorisationKey, answer };
}
