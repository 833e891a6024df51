/** The sandbox's sender: a queue in its books, tried again with growing pauses, signed anew each time. */
import type { Clock } from '#platform/clock/clock.ts';
import type { QueuedWebhook, SandboxBooks } from './sandbox-books.ts';
import { signWebhook } from './webhook-signature.ts';

/** Pauses between attempts; after the last the provider gives up and the shop has to ask (`find`). */
const RETRY_PAUSES_MS = [1_000, 5_000, 30_000, 120_000, 600_000];
/** Between two copies of the same webhook. */
const COPY_PAUSE_MS = 50;
const BATCH = 20;

interface SenderParts {
  books: SandboxBooks;
  clock: Clock;
  secret: Uint8Array;
  url: string;
  bodyOf(authorisationKey: string): string | null;
}

export function webhookSender({ books, clock, secret, url, bodyOf }: SenderParts) {
  let deliver: ((request: Request) => Promise<Response>) | null = null;
  let takeBackTimer = () => {};
  let running: Promise<void> = Promise.resolve();

  /** Sets the timer to the next webhook that is due. */
  function arm(): void {
    takeBackTimer();
    const dueAtMs = deliver && books.nextWebhookMs();
    if (typeof dueAtMs === 'number') takeBackTimer = clock.after(Math.max(0, dueAtMs - clock.nowMs()), () => void sendDue());
  }

  /** Sends what is due, one run after the other; never throws. */
  function sendDue(): Promise<void> {
    running = running.then(async () => {
      if (!deliver) return;
      for (const webhook of books.dueWebhooks(clock.nowMs(), BATCH)) if (deliver) await send(webhook, deliver);
      arm();
    });
    return running;
  }

  async function send(webhook: QueuedWebhook, to: (request: Request) => Promise<Response>): Promise<void> {
    const body = bodyOf(webhook.authorisation_key);
    const taken = body === null || (await attempt(webhook.id, body, to));
    const pause = taken ? COPY_PAUSE_MS : RETRY_PAUSES_MS[webhook.attempts];
    const copies = taken ? webhook.copies - 1 : webhook.copies;
    if (copies === 0 || body === null || pause === undefined) books.deleteWebhook(webhook.id);
    else books.rescheduleWebhook(webhook.id, taken ? 0 : webhook.attempts + 1, copies, clock.nowMs() + pause);
  }

  async function attempt(id: string, body: string, to: (request: Request) => Promise<Response>): Promise<boolean> {
    const headers = { 'content-type': 'application/json', ...signWebhook(secret, id, clock.nowMs(), body) };
    try {
      return (await to(new Request(url, { method: 'POST', headers, body }))).ok;
    } catch {
      // The shop did not answer, whatever the reason: the provider tries again later.
      return false;
    }
  }

  return {
    arm,
    sendDue,
    start(to: (request: Request) => Promise<Response>): void {
      deliver = to;
      arm();
    },
    async stop(): Promise<void> {
      deliver = null;
      takeBackTimer();
      await running;
    },
  };
}
