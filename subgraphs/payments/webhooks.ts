/**
 * `POST /webhooks/<provider>`: signed, deduplicated by the provider's event id, and of the same effect as the answer it
 * repeats. It may come before that answer, after it, or twice.
 */
import type { Route, RoomDeps } from '#platform/subgraph/room.ts';
import { callById } from './calls.ts';
import type { Provider, ProviderEvent } from './providers/provider.ts';
import { WebhookRefused } from './providers/provider.ts';
import { settleAuthorise } from './settle.ts';

const MAX_BODY_BYTES = 64 * 1024;
/** Event ids are kept longer than any provider repeats a webhook. */
export const WEBHOOK_RETENTION_MS = 14 * 24 * 3_600_000;

export function webhookRoute(deps: RoomDeps, provider: Provider): Route {
  return {
    method: 'POST',
    path: `/webhooks/${provider.code.toLowerCase()}`,
    async handle(request) {
      const body = await boundedText(request);
      if (body === null) return answer(413, 'too large');
      let event: ProviderEvent;
      try {
        event = provider.readWebhook(request.headers, body);
      } catch (error) {
        if (!(error instanceof WebhookRefused)) throw error;
        deps.log.warn({ provider: provider.code, reason: error.message }, 'webhook refused');
        return answer(400, error.message);
      }
      await receive(deps, provider, event);
      return answer(200, 'received');
    },
  };
}

/** Once an event id; an event about a call that is settled or unknown changes nothing. */
async function receive(deps: RoomDeps, provider: Provider, event: ProviderEvent): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const isNew = await tx.insertIfAbsent('provider_webhook', { provider: provider.code, event_id: event.id, received_ms: deps.clock.nowMs() });
    if (!isNew) return;
    const call = await callById(tx, event.authorisationKey);
    if (call && call.provider === provider.code) await settleAuthorise(deps, tx, call, event.answer);
  });
}

export async function forgetOldWebhooks(deps: RoomDeps): Promise<void> {
  await deps.database.transaction(async (tx) => {
    await tx.execute('delete from provider_webhook where received_ms < ?', [deps.clock.nowMs() - WEBHOOK_RETENTION_MS]);
  });
}

/** The body as text, or null when it is larger than a webhook may be. */
async function boundedText(request: Request): Promise<string | null> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > MAX_BODY_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const answer = (status: number, text: string): Response => new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
