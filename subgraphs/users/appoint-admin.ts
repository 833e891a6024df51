import type { RoomDeps } from '#platform/subgraph/room.ts';
import { canonicalEmail, canonicalRoles } from './account.ts';
import { tell } from './events.ts';
import { findAccount } from './people.ts';

/**
 * Makes the person with this e-mail address an admin, for whoever runs the mall: a mall without demo people starts with
 * no admin who could do it by `setUserRoles`. False when there is no such account.
 */
export async function appointAdmin({ database, outbox }: Pick<RoomDeps, 'database' | 'outbox'>, email: string): Promise<boolean> {
  const canonical = canonicalEmail(email);
  return database.transaction(async (tx) => {
    const account = canonical === null ? null : await findAccount(tx, 'email', canonical);
    if (!account) return false;
    const roles = canonicalRoles([...account.roles, 'admin'])!;
    if (roles.length === account.roles.length) return true;
    await tx.execute('update accounts set roles = ?, admin = 1 where id = ?', [roles.join(' '), account.id]);
    await tell(tx, outbox, 'user.roles-changed', { userId: account.id, roles });
    return true;
  });
}
