import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Role } from '#platform/subgraph/permissions.ts';
import { addAccount } from './add-account.ts';
import { createPasswords } from './password-hash.ts';
import { findAccounts } from './people.ts';

export const DEMO_PASSWORD = 'gomall-demo';

const DEMO_PEOPLE: readonly { name: string; displayName: string; roles: Role[] }[] = [
  { name: 'shopper', displayName: 'Sam Shopper', roles: ['customer'] },
  { name: 'merchant', displayName: 'Mina Merchant', roles: ['customer', 'merchant'] },
  { name: 'ops', displayName: 'Oskar Ops', roles: ['customer', 'ops'] },
  { name: 'partner', displayName: 'Pia Partner', roles: ['customer', 'partner'] },
  { name: 'admin', displayName: 'Ada Admin', roles: ['customer', 'admin'] },
];

/**
 * The demo accounts of the contract, with proven addresses. Adds only those that are missing and changes none that is
 * there; when all are, it costs one read. The password is public, so one hash serves them all.
 */
export async function seedDemoAccounts({
  database,
  outbox,
  clock,
  ids,
}: Pick<RoomDeps, 'database' | 'outbox' | 'clock' | 'ids'>): Promise<void> {
  const emailOf = (name: string): string => `${name}@gomall.example`;
  const there = await findAccounts(
    database,
    'email',
    DEMO_PEOPLE.map((one) => emailOf(one.name)),
  );
  const missing = DEMO_PEOPLE.filter((one) => !there.some((account) => account.email === emailOf(one.name)));
  if (missing.length === 0) return;
  const passwordHash = await createPasswords().hash(DEMO_PASSWORD);
  const nowMs = clock.nowMs();
  await database.transaction(async (tx) => {
    for (const { name, displayName, roles } of missing) {
      const account = {
        id: ids.uuid(),
        email: emailOf(name),
        displayName,
        passwordHash,
        roles,
        emailVerifiedAtMs: nowMs,
        language: 'en' as const,
        createdAtMs: nowMs,
      };
      await addAccount(tx, outbox, account);
    }
  });
}
