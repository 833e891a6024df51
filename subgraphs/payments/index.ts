/** payments: moves money by a provider, keeps the books, answers the saga's commands. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Room, RoomDefinition, RoomDeps } from '#platform/subgraph/room.ts';
import { authorisePayment } from './commands/authorise-payment.ts';
import { capturePayment } from './commands/capture-payment.ts';
import { refundPayment } from './commands/refund-payment.ts';
import { voidPayment } from './commands/void-payment.ts';
import { migrations } from './migrations.ts';
import { payPageRoutes } from './pay-page.ts';
import type { Provider } from './providers/provider.ts';
import { openSandboxBooks } from './providers/sandbox-books.ts';
import { sandboxProvider } from './providers/sandbox.ts';
import { paymentResolvers } from './resolvers.ts';
import { forgetOldWebhooks, webhookRoute } from './webhooks.ts';
import { callWorker } from './worker.ts';

/** How often calls are looked for that nobody is making: after a failure, a crash, or in another process. */
const SCAN_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;
/** The file of the sandbox provider, in the room's `dataDir`. */
export const SANDBOX_FILE = 'sandbox-provider.sqlite';

/** `around` puts something between the room and its provider: a line that breaks, in tests. */
export const paymentsRoom = (around: (provider: Provider) => Provider = (provider) => provider): RoomDefinition => ({
  name: 'payments',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  appendOnly: ['ledger_entry'],
  migrations,
  build: (deps) => build(deps, around),
});

export const payments = paymentsRoom();

function build(deps: RoomDeps, around: (provider: Provider) => Provider): Room {
  mkdirSync(deps.dataDir, { recursive: true });
  const sandbox = sandboxProvider({
    books: openSandboxBooks(join(deps.dataDir, SANDBOX_FILE)),
    clock: deps.clock,
    ids: deps.ids,
    webhookSecret: deps.secret('payments.sandbox-webhook'),
    publicUrl: deps.publicUrl,
  });
  const providers = new Map([[sandbox.code, around(sandbox)]]);
  const worker = callWorker(deps, providers, deps.secret('shared/payment-token'));
  const parts = { deps, providers, worker };
  const webhook = webhookRoute(deps, sandbox);

  return {
    resolvers: paymentResolvers(deps, providers),
    commands: [authorisePayment(parts), capturePayment(parts), voidPayment(parts), refundPayment(parts)],
    tasks: [
      { name: 'payments.provider-calls', everyMs: SCAN_EVERY_MS, look: true, run: () => worker.scan() },
      { name: 'payments.forget-webhooks', everyMs: FORGET_EVERY_MS, run: () => forgetOldWebhooks(deps) },
    ],
    routes: [webhook, ...payPageRoutes(sandbox)],
    async start() {
      // What a crash left is made again at once: an early repeat is harmless by the provider's idempotency key.
      await deps.database.transaction(async (tx) => {
        await tx.execute(`update provider_call set due_ms = ? where state = 'DUE' and due_ms > ?`, [deps.clock.nowMs(), deps.clock.nowMs()]);
      });
      sandbox.start((request) => webhook.handle(request));
    },
    async stop() {
      await worker.stop();
      await sandbox.stop();
    },
  };
}
