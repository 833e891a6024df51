/** What belongs to a person: addresses and sessions, each in one statement for all people of a request. */
import DataLoader from 'dataloader';
import { placeholders, type Reader, type SqlValue } from '#platform/database/database.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import { PEOPLE_A_STATEMENT } from './people.ts';

/** The latest used ones; a person with more has a program that signs in. */
export const MAX_SESSIONS_SHOWN = 100;

export interface AddressRow {
  id: string;
  user_id: string;
  full_name: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postal_code: string;
  country_code: string;
  phone: string | null;
  is_default: number;
}

/** The default first, then in the order of adding. */
export const addressesOf = (context: RequestContext, reader: Reader): DataLoader<string, AddressRow[]> =>
  byPerson<AddressRow>(
    context,
    reader,
    'users.addresses',
    (list) =>
      `select id, user_id, full_name, line1, line2, city, region, postal_code, country_code, phone, is_default
         from account_addresses where user_id in (${list}) order by is_default desc, id`,
    [],
  );

export interface SessionRow {
  id: string;
  user_id: string;
  created_at_ms: number;
  last_used_at_ms: number;
}

/** Those that live, the latest used first. */
export const sessionsOf = (context: RequestContext, reader: Reader, nowMs: number): DataLoader<string, SessionRow[]> =>
  byPerson<SessionRow>(
    context,
    reader,
    'users.sessions',
    (list) =>
      `select id, user_id, created_at_ms, last_used_at_ms from (
         select id, user_id, created_at_ms, last_used_at_ms, row_number() over (partition by user_id order by last_used_at_ms desc, id desc) as place
           from account_sessions where user_id in (${list}) and ended_at_ms is null and expires_at_ms > ?) as ranked
        where place <= ${MAX_SESSIONS_SHOWN} order by place`,
    [nowMs],
  );

function byPerson<Row extends { user_id: string }>(
  context: RequestContext,
  reader: Reader,
  key: string,
  sql: (list: string) => string,
  more: readonly SqlValue[],
): DataLoader<string, Row[]> {
  return context.memo(
    key,
    () =>
      new DataLoader(
        async (userIds: readonly string[]) => {
          const rows = await reader.query<Row>(sql(placeholders(userIds.length)), [...userIds, ...more]);
          const grouped = Map.groupBy(rows, (row) => row.user_id);
          return userIds.map((id) => grouped.get(id) ?? []);
        },
        { maxBatchSize: PEOPLE_A_STATEMENT },
      ),
  );
}
