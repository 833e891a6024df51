/** What every payment provider promises, one body over all adapters; each maps the words below to tokens of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { WebhookRefused, type Authorise, type Provider } from './provider.ts';
import { openSandboxBooks } from './sandbox-books.ts';
import { sandboxProvider } from './sandbox.ts';
import { signWebhook, WEBHOOK_TOLERANCE_MS } from './webhook-signature.ts';

interface Adapter {
  name: string;
  tokens: { good: string; declined: string; needsAction: string };
  open(): { provider: Provider; signed(event: unknown, atMs?: number): { headers: Headers; body: string }; close(): Promise<void> };
}

const secret = new Uint8Array(32).fill(3);
const adapters: Adapter[] = [
  {
    name: 'the sandbox',
    tokens: { good: 'pm_ok', declined: 'pm_declined', needsAction: 'pm_3ds' },
    open() {
      const place = mkdtempSync(join(tmpdir(), 'gomall-provider-'));
      const books = openSandboxBooks(join(place, 'sandbox.sqlite'));
      const provider = sandboxProvider({ books, clock: systemClock, ids: systemIds, webhookSecret: secret, publicUrl: 'http://shop.test' });
      return {
        provider,
        signed(event, atMs = systemClock.nowMs()) {
          const body = JSON.stringify(event);
          return { headers: new Headers(signWebhook(secret, 'evt_1', atMs, body)), body };
        },
        async close() {
          await provider.stop();
          rmSync(place, { recursive: true, force: true });
        },
      };
    },
  },
];

describe.each(adapters)('provider: $name', ({ open, tokens }) => {
  let world: ReturnType<Adapter['open']>;
  let provider: Provider;
  const signal = new AbortController().signal;
  const request = (key: string, token: string, amountMinor = 1_999): Authorise => ({
    key, orderId: `order-of-${key}`, token, amountMinor, currency: 'USD', returnPath: '/orders/1', expiresAtMs: systemClock.nowMs() + 60_000,
  });
  beforeEach(() => {
    world = open();
    provider = world.provider;
  });
  afterEach(() => world.close());

  test('authorise, capture and a refund in two parts, never more than was taken', async () => {
    expect(await provider.authorise(request('a', tokens.good), signal)).toMatchObject({ outcome: 'authorised' });
    expect(await provider.capture({ key: 'a/c', authorisationKey: 'a', amountMinor: 1_999 }, signal)).toEqual({ outcome: 'captured' });
    expect(await provider.refund({ key: 'a/r1', authorisationKey: 'a', amountMinor: 999 }, signal)).toMatchObject({ outcome: 'refunded' });
    expect(await provider.refund({ key: 'a/r2', authorisationKey: 'a', amountMinor: 1_001 }, signal)).toEqual({ outcome: 'refused', code: 'REFUND_TOO_LARGE' });
    expect(await provider.refund({ key: 'a/r3', authorisationKey: 'a', amountMinor: 1_000 }, signal)).toMatchObject({ outcome: 'refunded' });
  });

  test('a repeat of any call with its key answers the same and moves nothing twice', async () => {
    const first = await provider.authorise(request('a', tokens.good), signal);
    expect(await provider.authorise(request('a', tokens.good), signal)).toEqual(first);
    const capture = { key: 'a/c', authorisationKey: 'a', amountMinor: 1_999 };
    expect(await provider.capture(capture, signal)).toEqual({ outcome: 'captured' });
    expect(await provider.capture(capture, signal)).toEqual({ outcome: 'captured' });
    const refund = { key: 'a/r', authorisationKey: 'a', amountMinor: 1_500 };
    const refunded = await provider.refund(refund, signal);
    expect(await provider.refund(refund, signal)).toEqual(refunded);
    expect(await provider.refund({ ...refund, key: 'a/r2', amountMinor: 499 }, signal)).toMatchObject({ outcome: 'refunded' });
  });

  test('a key used again for something else is an error, not an answer', async () => {
    await provider.authorise(request('a', tokens.good), signal);
    await expect(provider.authorise(request('a', tokens.good, 5), signal)).rejects.toThrow('used for another');
  });

  test('a declined card holds nothing: it cannot be captured, and voiding it is harmless', async () => {
    expect(await provider.authorise(request('a', tokens.declined), signal)).toMatchObject({ outcome: 'declined' });
    expect(await provider.capture({ key: 'a/c', authorisationKey: 'a', amountMinor: 1_999 }, signal)).toMatchObject({ outcome: 'refused' });
    expect(await provider.void({ key: 'a/v', authorisationKey: 'a' }, signal)).toEqual({ outcome: 'voided' });
  });

  test('a void before its authorisation keeps it from happening', async () => {
    expect(await provider.void({ key: 'a/v', authorisationKey: 'a' }, signal)).toEqual({ outcome: 'voided' });
    expect(await provider.authorise(request('a', tokens.good), signal)).toMatchObject({ outcome: 'declined' });
    expect(await provider.capture({ key: 'a/c', authorisationKey: 'a', amountMinor: 1_999 }, signal)).toMatchObject({ outcome: 'refused' });
  });

  test('after a void nothing can be captured; after a capture nothing can be voided', async () => {
    await provider.authorise(request('a', tokens.good), signal);
    await provider.void({ key: 'a/v', authorisationKey: 'a' }, signal);
    expect(await provider.capture({ key: 'a/c', authorisationKey: 'a', amountMinor: 1_999 }, signal)).toMatchObject({ outcome: 'refused' });
    await provider.authorise(request('b', tokens.good), signal);
    await provider.capture({ key: 'b/c', authorisationKey: 'b', amountMinor: 1_999 }, signal);
    expect(await provider.void({ key: 'b/v', authorisationKey: 'b' }, signal)).toEqual({ outcome: 'refused', code: 'ALREADY_CAPTURED' });
  });

  test('an action has an address, and find tells how it stands', async () => {
    const answer = await provider.authorise(request('a', tokens.needsAction), signal);
    expect(answer).toMatchObject({ outcome: 'action-required', actionUrl: expect.stringMatching(/^https?:\/\/.+/) });
    expect(await provider.find('a', signal)).toEqual(answer);
    expect(await provider.find('nobody', signal)).toEqual({ outcome: 'unknown' });
  });

  test('a webhook is read when its signature fits, and refused when the body, the key or the age is wrong', () => {
    const event = { authorisationKey: 'a', answer: { outcome: 'authorised', reference: 'r' } };
    const good = world.signed(event);
    expect(provider.readWebhook(good.headers, good.body)).toEqual({ id: 'evt_1', ...event });
    expect(() => provider.readWebhook(good.headers, good.body.replace('"a"', '"b"'))).toThrow(WebhookRefused);
    expect(() => provider.readWebhook(new Headers(), good.body)).toThrow(WebhookRefused);
    const forged = new Headers(signWebhook(new Uint8Array(32), 'evt_1', systemClock.nowMs(), good.body));
    expect(() => provider.readWebhook(forged, good.body)).toThrow(WebhookRefused);
    const old = world.signed(event, systemClock.nowMs() - WEBHOOK_TOLERANCE_MS - 2_000);
    expect(() => provider.readWebhook(old.headers, old.body)).toThrow(WebhookRefused);
    const foreign = world.signed({ hello: 'world' });
    expect(() => provider.readWebhook(foreign.headers, foreign.body)).toThrow(WebhookRefused);
  });
});
