/**
 * The books, double entry in whole minor units: each entry moves an amount from one account (credit) to another (debit),
 * so debits equal credits by construction. What the accounts mean, with balances as debits less credits:
 *
 *   provider:<CODE>  what the provider holds for us: set aside and taken, less given back
 *   held:<CODE>      (credit) the part of it that is only set aside and may have to be let go
 *   sales            (credit) what was taken
 *   refunds          what was given back
 */
export type EntryKind = 'AUTHORISE' | 'CAPTURE' | 'VOID' | 'REFUND';

export interface Posting {
  kind: EntryKind;
  debit: string;
  credit: string;
}

/** Which accounts a movement of money touches. */
export function posting(kind: EntryKind, provider: string): Posting {
  const atProvider = `provider:${provider}`;
  const held = `held:${provider}`;
  switch (kind) {
    case 'AUTHORISE':
      return { kind, debit: atProvider, credit: held };
    case 'CAPTURE':
      return { kind, debit: held, credit: 'sales' };
    case 'VOID':
      return { kind, debit: held, credit: atProvider };
    case 'REFUND':
      return { kind, debit: 'refunds', credit: atProvider };
  }
}

export interface Entry {
  kind: EntryKind;
  debit: string;
  credit: string;
  amountMinor: number;
  currency: string;
}

/** Debits less credits of every account, by currency then account. Sums are exact to 2^53 minor units. */
export function balances(entries: Iterable<Entry>): { account: string; currency: string; balanceMinor: number }[] {
  const sums = new Map<string, { account: string; currency: string; balanceMinor: number }>();
  const add = (account: string, currency: string, amount: number) => {
    const key = `${currency} ${account}`;
    const sum = sums.get(key) ?? { account, currency, balanceMinor: 0 };
    sum.balanceMinor += amount;
    sums.set(key, sum);
  };
  for (const entry of entries) {
    add(entry.debit, entry.currency, entry.amountMinor);
    add(entry.credit, entry.currency, -entry.amountMinor);
  }
  return [...sums.values()].sort((a, b) => a.currency.localeCompare(b.currency) || a.account.localeCompare(b.account));
}
