/** People with an account for staff, newest first: ids are UUIDs of version 7, so their order is the order of making. */
import { invalidInput } from '#platform/errors.ts';
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { Parts } from './parts.ts';
import { ACCOUNT_COLUMNS, accountOf, person } from './people.ts';

export const MAX_PAGE = 100;
export const MAX_SEARCH_LENGTH = 100;

interface Args {
  first: number;
  after?: string | null;
  search?: string | null;
}

export async function listUsers({ deps }: Parts, { first, after, search }: Args, context: RequestContext) {
  requireScope(context, 'users:read');
  if (first < 1 || first > MAX_PAGE) throw invalidInput('first', `must be 1 to ${MAX_PAGE}`);
  if ((search?.length ?? 0) > MAX_SEARCH_LENGTH) throw invalidInput('search', `must be at most ${MAX_SEARCH_LENGTH} characters`);
  const cursor = after == null ? null : idOf(after);

  const words = search?.trim().toLowerCase() ?? '';
  const pattern = `%${words.replace(/[!%_]/g, (wild) => `!${wild}`)}%`;
  const matching = words === '' ? '' : `(email like ? escape '!' or lower(display_name) like ? escape '!')`;
  const parameters = words === '' ? [] : [pattern, pattern];
  const conditions = [...(matching ? [matching] : []), ...(cursor ? ['id < ?'] : [])];
  const rows = await deps.database.query<Parameters<typeof accountOf>[0]>(
    `select ${ACCOUNT_COLUMNS} from accounts${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''} order by id desc limit ${first + 1}`,
    [...parameters, ...(cursor ? [cursor] : [])],
  );
  const edges = rows.slice(0, first).map((row) => ({ cursor: cursorOf(row.id), node: person(accountOf(row)) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: async () => {
      const [counted] = await deps.database.query<{ n: number }>(
        `select count(*) as n from accounts${matching ? ` where ${matching}` : ''}`,
        parameters,
      );
      return Number(counted!.n);
    },
  };
}

const cursorOf = (id: string): string => Buffer.from(`user:${id}`).toString('base64url');

function idOf(cursor: string): string {
  const match = /^user:([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw invalidInput('after', 'must be a cursor of this list');
  return match[1]!;
}
