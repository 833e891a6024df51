/** payments alone, commanded as orders would, with a line to its provider that a test can break. */
import { join } from 'node:path';
import { openMall, type Mall, type Visitor } from '#platform/subgraph/testing.ts';
import type { Reply } from '#platform/inbox/inbox.ts';
import type { Route } from '#platform/subgraph/room.ts';
import { systemIds } from '#platform/ids/system.ts';
import { seal } from '#platform/seal.ts';
import { auditPayments, readSandboxBooks, type PaymentAudit } from '../audit.ts';
import { paymentsRoom, SANDBOX_FILE } from '../index.ts';
import { ProviderUnreachable, type Provider } from '../providers/provider.ts';

/** `before`: the call never arrives. `after`: it has its effect, its answer is lost. `silent`: no answer at all. */
export type Fault = 'before' | 'after' | 'silent';
type Verb = 'authorise' | 'find' | 'capture' | 'void' | 'refund';

export interface Bank {
  mall: Mall;
  /** Faults of the next calls of a verb, one a call. */
  faults: Partial<Record<Verb, Fault[]>>;
  /** Calls that were made, in order. */
  calls: { verb: Verb; key: string }[];
  command(type: string, orderId: string, input?: Record<string, unknown>, more?: { key?: string; undoes?: string }): Promise<void>;
  authorise(orderId: string, token?: string, more?: Record<string, unknown>): Promise<void>;
  /** Every reply told so far, oldest first, without repeats. */
  replies(orderId: string): Reply[];
  events(): string[];
  route(method: 'GET' | 'POST', path: string, init?: RequestInit): Promise<Response>;
  records(orderId: string, visitor?: Visitor): Promise<any[]>;
  /** Where the provider keeps its books. */
  sandboxFile(): string;
  audit(): Promise<PaymentAudit>;
}

export const MERCHANT: Visitor = { userId: 'm', roles: ['merchant'] };
const RECORDS = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { payments {
  id provider status amount { amountMinor currency } captured { amountMinor } refunded { amountMinor } providerReference
  entries { kind debit credit amount { amountMinor } at }
} } } }`;

export async function openBank(options: { rude?: number } = {}): Promise<Bank> {
  const faults: Bank['faults'] = {};
  const calls: Bank['calls'] = [];
  const breaking = (provider: Provider): Provider => {
    const through = <Request, Answer>(verb: Verb, call: (request: Request, signal: AbortSignal) => Promise<Answer>) => async (request: Request, signal: AbortSignal): Promise<Answer> => {
      calls.push({ verb, key: typeof request === 'string' ? request : (request as { key: string }).key });
      const fault = faults[verb]?.shift();
      if (fault === 'before') throw new ProviderUnreachable('the line is down');
      if (fault === 'silent') return new Promise(() => {});
      const answer = await call(request, signal);
      if (fault === 'after') throw new ProviderUnreachable('the answer was lost');
      return answer;
    };
    return { ...provider, authorise: through('authorise', provider.authorise), find: through('find', provider.find), capture: through('capture', provider.capture), void: through('void', provider.void), refund: through('refund', provider.refund) };
  };
  const mall = await openMall({ rooms: [paymentsRoom(breaking)], ...options });
  const bank: Bank = {
    mall, faults, calls,
    async command(type, orderId, input = {}, { key = `${orderId}/${type}`, undoes } = {}) {
      await mall.tell({ topic: 'gomall.payments.commands', type, version: 1, subject: orderId, data: { key, ...(undoes && { undoes }), input: { orderId, ...input } } });
    },
    authorise(orderId, token = 'pm_ok', more = {}) {
      const sealed = seal(systemIds, mall.room('payments').deps.secret('shared/payment-token'), token, orderId);
      return bank.command('authorise-payment', orderId, { provider: 'SANDBOX', token: sealed, amountMinor: 1_999, currency: 'USD', expiresAtMs: mall.clock.nowMs() + 900_000, ...more });
    },
    replies(orderId) {
      const told = mall.told('payments').filter(({ topic, message }) => topic.endsWith('replies') && message.subject === orderId);
      return [...new Map(told.map(({ message }) => [message.id, (message.data as { reply: Reply }).reply])).values()];
    },
    events: () => [...new Map(mall.told('payments').filter(({ topic }) => topic.endsWith('events')).map(({ message }) => [message.id, message.type])).values()],
    route(method, path, init) {
      const routes = mall.room('payments').room.routes as readonly Route[];
      return routes.find((route) => route.method === method && path.startsWith(route.path))!.handle(new Request(`http://localhost:8080${path}`, { ...init, method }));
    },
    async records(orderId, visitor = MERCHANT) {
      const { data, errors } = await mall.execute('payments', RECORDS, { representations: [{ __typename: 'Order', id: orderId }] }, visitor);
      if (errors) throw new Error(errors[0]!.extensions.code);
      return data._entities[0].payments;
    },
    sandboxFile: () => join(mall.room('payments').deps.dataDir, SANDBOX_FILE),
    audit: () => auditPayments(mall.database('payments'), readSandboxBooks(bank.sandboxFile())),
  };
  return bank;
}
