/** Reading accounts: one statement for all the people of a request, and who may see what of them. */
import DataLoader from 'dataloader';
import { placeholders, type Reader } from '#platform/database/database.ts';
import { hasScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { Role } from '#platform/subgraph/permissions.ts';
import type { Account } from './account.ts';

/** Ids of one statement; the largest page of the mall is 100, with links on it a few hundred. */
export const PEOPLE_A_STATEMENT = 1_000;

/** What GraphQL's `User` is made of. `own` where the answer itself proves who asks: a new session, a letter's token. */
export interface Person {
  __typename: 'User';
  account: Account;
  own: boolean;
}

export const person = (account: Account, own = false): Person => ({ __typename: 'User', account, own });

interface AccountRow {
  id: string;
  email: string;
  display_name: string;
  password_hash: string;
  roles: string;
  email_verified_at_ms: number | null;
  language: 'en' | 'zh';
  created_at_ms: number;
}

export const ACCOUNT_COLUMNS = 'id, email, display_name, password_hash, roles, email_verified_at_ms, language, created_at_ms';

export const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  displayName: row.display_name,
  passwordHash: row.password_hash,
  roles: row.roles.split(' ') as Role[],
  emailVerifiedAtMs: row.email_verified_at_ms,
  language: row.language,
  createdAtMs: row.created_at_ms,
});

export async function findAccounts(reader: Reader, column: 'id' | 'email', values: readonly string[]): Promise<Account[]> {
  if (values.length === 0) return [];
  const rows = await reader.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from accounts where ${column} in (${placeholders(values.length)})`,
    values,
  );
  return rows.map(accountOf);
}

export async function findAccount(reader: Reader, column: 'id' | 'email', value: string): Promise<Account | null> {
  return (await findAccounts(reader, column, [value]))[0] ?? null;
}

/** All accounts of one request come through here: viewer, references, links. */
export function accountLoader(context: RequestContext, reader: Reader): DataLoader<string, Account | null> {
  return context.memo(
    'users.accounts',
    () =>
      new DataLoader(
        async (userIds: readonly string[]) => {
          const found = new Map((await findAccounts(reader, 'id', userIds)).map((account) => [account.id, account]));
          return userIds.map((id) => found.get(id) ?? null);
        },
        { maxBatchSize: PEOPLE_A_STATEMENT },
      ),
  );
}

/** Details of a person are for the person and for staff. */
export const maySee = (context: RequestContext, { account, own }: Person): boolean =>
  own || context.identity?.userId === account.id || hasScope(context, 'users:read');
