import { Fault, invalidInput } from '#platform/errors.ts';
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import { ROLES } from '#platform/subgraph/permissions.ts';
import { canonicalRoles } from './account.ts';
import { tell } from './events.ts';
import type { Parts } from './parts.ts';
import { findAccount, person } from './people.ts';
import { lastAdmin } from './refusals.ts';

/** Sets what a person may do. Their sessions have it from the next refresh on, `ACCESS_TOKEN_SECONDS` at the latest. */
export async function setUserRoles({ deps }: Parts, input: { userId: string; roles: readonly string[] }, context: RequestContext) {
  requireScope(context, 'users:write');
  const roles = canonicalRoles(input.roles);
  if (!roles) throw invalidInput('input.roles', `must be one or more of ${ROLES.join(', ')}`);
  const admin = roles.includes('admin') ? 1 : 0;

  return deps.database.transaction(async (tx) => {
    // All admins are read and locked, so that two of them cannot dismiss each other at once.
    const admins = await tx.query<{ id: string }>(`select id from accounts where admin = 1${tx.forUpdate}`);
    const account = await findAccount(tx, 'id', input.userId);
    if (!account) throw new Fault('NOT_FOUND');
    if (!admin && admins.length === 1 && admins[0]!.id === account.id) return lastAdmin(context.language);
    if (roles.join() === account.roles.join()) return person(account);
    await tx.execute('update accounts set roles = ?, admin = ? where id = ?', [roles.join(' '), admin, account.id]);
    await tell(tx, deps.outbox, 'user.roles-changed', { userId: account.id, roles });
    return person({ ...account, roles });
  });
}
