/**
 * A party outside that moves money: the sandbox here, Stripe and Alipay later. Promises, the weaker of them all:
 * every call carries a key and has its effect once however often it is repeated; an answer may be late, lost, or come
 * after the webhook that tells the same; `void` is known by the key of the authorisation, so that it also works when
 * the answer of the authorisation was lost or never came (a reversal, as ISO 8583 calls it).
 *
 * A call that does not come through throws `ProviderUnreachable`: nobody knows whether it had its effect, so the room
 * makes it again with the same key. A business "no" is an answer. Amounts are whole minor units.
 */
export interface Provider {
  /** For `PaymentInput.provider`. */
  readonly code: string;
  readonly name: { en: string; zh: string };
  /** Tokens to try it out with; empty for a real provider. */
  readonly testTokens: readonly { token: string; description: { en: string; zh: string } }[];
  /** Sets money aside. `key` names the authorisation from now on. */
  authorise(request: Authorise, signal: AbortSignal): Promise<AuthoriseAnswer>;
  /** What became of the authorisation with this key; for webhooks that never came. */
  find(authorisationKey: string, signal: AbortSignal): Promise<AuthoriseAnswer | { outcome: 'unknown' }>;
  /** Takes the money that was set aside, all of it. */
  capture(request: Capture, signal: AbortSignal): Promise<CaptureAnswer>;
  /** Sets the money free, or keeps an authorisation that has not arrived from ever happening. */
  void(request: Void, signal: AbortSignal): Promise<VoidAnswer>;
  /** Gives back a part of what was captured. */
  refund(request: Refund, signal: AbortSignal): Promise<RefundAnswer>;
  /** Checks the signature and the age of a webhook and reads it. Throws `WebhookRefused`. */
  readWebhook(headers: Headers, body: string): ProviderEvent;
}

export interface Authorise {
  key: string;
  /** The shop's own reference, shown in the provider's books. */
  orderId: string;
  /** Stands for the shopper's card; never a card number, never in a log. */
  token: string;
  amountMinor: number;
  currency: string;
  /** Where the shopper comes back to after a step at the bank. */
  returnPath: string;
  /** Until when the shopper may take that step (Unix ms). */
  expiresAtMs: number;
}
export interface Capture {
  key: string;
  authorisationKey: string;
  amountMinor: number;
}
export interface Void {
  key: string;
  authorisationKey: string;
}
export interface Refund {
  key: string;
  authorisationKey: string;
  amountMinor: number;
}

export type AuthoriseAnswer =
  | { outcome: 'authorised'; reference: string }
  | { outcome: 'declined'; reference: string; code: string }
  /** The shopper has to go to `actionUrl`; a webhook tells how it ended. */
  | { outcome: 'action-required'; reference: string; actionUrl: string }
  /** The bank thinks; a webhook tells how it ended. */
  | { outcome: 'pending'; reference: string };
export type CaptureAnswer = { outcome: 'captured' } | { outcome: 'refused'; code: string };
export type VoidAnswer = { outcome: 'voided' } | { outcome: 'refused'; code: 'ALREADY_CAPTURED' };
export type RefundAnswer = { outcome: 'refunded'; reference: string } | { outcome: 'refused'; code: string };

/** What a webhook tells: how the authorisation with this key stands now. */
export interface ProviderEvent {
  /** The provider's id of the event; a second delivery has the same. */
  id: string;
  authorisationKey: string;
  answer: Extract<AuthoriseAnswer, { outcome: 'authorised' | 'declined' }>;
}

/** The call did not come through, or its answer did not; its effect is unknown. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

/** The webhook is not from the provider, is too old, or cannot be read; nothing was done. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}
