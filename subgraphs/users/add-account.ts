import type { Outbox } from '#platform/bus/bus.ts';
import type { Transaction } from '#platform/database/database.ts';
import type { Account } from './account.ts';
import { tell } from './events.ts';

/** Writes the account and tells of it; false when the e-mail address has one already. */
export async function addAccount(tx: Transaction, outbox: Outbox, account: Account): Promise<boolean> {
  const added = await tx.insertIfAbsent('accounts', {
    id: account.id,
    email: account.email,
    display_name: account.displayName,
    password_hash: account.passwordHash,
    roles: account.roles.join(' '),
    admin: account.roles.includes('admin') ? 1 : 0,
    email_verified_at_ms: account.emailVerifiedAtMs,
    language: account.language,
    created_at_ms: account.createdAtMs,
  });
  if (added) await tell(tx, outbox, 'user.registered', { userId: account.id });
  return added;
}
