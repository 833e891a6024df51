/** What the room tells: providers to everybody, payments and books to staff. */
import DataLoader from 'dataloader';
import { placeholders } from '#platform/database/database.ts';
import { inLanguage, requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { balances, type Entry } from './ledger.ts';
import { paymentsOfOrders, type PaymentRow } from './calls.ts';
import type { Provider } from './providers/provider.ts';

interface EntryRow {
  id: string;
  paymentId: string;
  kind: string;
  debit: string;
  credit: string;
  amountMinor: number;
  currency: string;
  atMs: number;
}

export function paymentResolvers({ database }: RoomDeps, providers: ReadonlyMap<string, Provider>): Record<string, unknown> {
  const paymentsLoader = (context: RequestContext) =>
    context.memo('payments.byOrder', () => new DataLoader<string, PaymentRow[]>(async (orderIds) => {
      const rows = await paymentsOfOrders(database, orderIds, placeholders(orderIds.length));
      const byOrder = Map.groupBy(rows, (row) => row.orderId);
      return orderIds.map((id) => byOrder.get(id) ?? []);
    }));
  const entriesLoader = (context: RequestContext) =>
    context.memo('payments.entries', () => new DataLoader<string, EntryRow[]>(async (paymentIds) => {
      const rows = await database.query<EntryRow>(
        `select id, payment_id as paymentId, kind, debit, credit, amount_minor as amountMinor, currency, at_ms as atMs
         from ledger_entry where payment_id in (${placeholders(paymentIds.length)}) order by at_ms, id`,
        paymentIds,
      );
      const byPayment = Map.groupBy(rows, (row) => row.paymentId);
      return paymentIds.map((id) => byPayment.get(id) ?? []);
    }));

  return {
    Query: {
      paymentProviders: () => [...providers.values()],
      ledgerBalances: async (_: unknown, __: unknown, context: RequestContext) => {
        requireScope(context, 'payments:read');
        return (await sums(database)).map((sum) => ({ ...sum, balanceMinor: String(sum.balanceMinor) }));
      },
    },
    PaymentProviderInfo: {
      name: (provider: Provider, _: unknown, context: RequestContext) => inLanguage(context.language, provider.name),
    },
    TestToken: {
      description: (token: Provider['testTokens'][number], _: unknown, context: RequestContext) => inLanguage(context.language, token.description),
    },
    Order: {
      __resolveReference: (reference: { id: string }) => ({ id: reference.id }),
      payments: (order: { id: string }, _: unknown, context: RequestContext) => {
        requireScope(context, 'payments:read');
        return paymentsLoader(context).load(order.id);
      },
    },
    PaymentRecord: {
      amount: (payment: PaymentRow) => ({ amountMinor: payment.amountMinor, currency: payment.currency }),
      captured: (payment: PaymentRow) => ({ amountMinor: payment.capturedMinor, currency: payment.currency }),
      refunded: (payment: PaymentRow) => ({ amountMinor: payment.refundedMinor, currency: payment.currency }),
      providerReference: (payment: PaymentRow) => payment.reference,
      entries: (payment: PaymentRow, _: unknown, context: RequestContext) => entriesLoader(context).load(payment.id),
    },
    LedgerEntry: {
      amount: (entry: EntryRow) => ({ amountMinor: entry.amountMinor, currency: entry.currency }),
      at: (entry: EntryRow) => new Date(entry.atMs).toISOString(),
    },
  };
}

/** Every account's balance: the database sums pairs of accounts, so few rows come however many entries there are. */
export async function sums(database: Pick<RoomDeps['database'], 'query'>): Promise<ReturnType<typeof balances>> {
  const rows = await database.query<Entry>('select kind, debit, credit, currency, sum(amount_minor) as amountMinor from ledger_entry group by kind, debit, credit, currency');
  // MySQL gives a sum as text.
  return balances(rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) })));
}
