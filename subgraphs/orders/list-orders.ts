/** Lists of orders, newest first, page by page: keyset on the order's sequence, which is unique and never changes. */
import { placeholders, type Reader, type SqlValue } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { OrderStatus } from './order.ts';
import type { OrderRow } from './order-rows.ts';

export interface OrderFilter {
  status?: OrderStatus[] | null;
  search?: string | null;
  stuck?: boolean | null;
}

export interface PageRequest {
  first: number;
  after?: string | null;
}

export interface OrderPage {
  rows: OrderRow[];
  hasNextPage: boolean;
  /** Counted only when asked for. */
  totalCount(): Promise<number>;
}

const MAX_PAGE = 100;
const MAX_SEARCH = 254;

export const cursorOf = (row: Pick<OrderRow, 'sequence'>): string => Buffer.from(`o${row.sequence}`).toString('base64url');

export function listOrders(reader: Reader, page: PageRequest, filter: OrderFilter | null = null): Promise<OrderPage> {
  const where: string[] = [];
  const parameters: SqlValue[] = [];
  const status = filter?.status ?? null;
  if (status !== null) {
    where.push(status.length === 0 ? '1 = 0' : `status in (${placeholders(status.length)})`);
    parameters.push(...status);
  }
  if (filter?.stuck) where.push('stuck = 1');
  const search = filter?.search?.trim() ?? '';
  if (search.length > MAX_SEARCH) throw invalidInput('filter.search', `must have at most ${MAX_SEARCH} characters`);
  if (search !== '') {
    where.push(`(order_number like ? escape '!' or email like ? escape '!')`);
    const prefix = search.replace(/[!%_]/g, '!$&');
    parameters.push(`${/^\d+$/.test(search) ? 'GM-' : ''}${prefix}%`, `${prefix}%`);
  }
  return pageOf(reader, page, where, parameters);
}

export const ordersOfUser = (reader: Reader, page: PageRequest, userId: string): Promise<OrderPage> => pageOf(reader, page, ['user_id = ?'], [userId]);

async function pageOf(reader: Reader, { first, after }: PageRequest, where: readonly string[], parameters: readonly SqlValue[]): Promise<OrderPage> {
  if (first < 1 || first > MAX_PAGE) throw invalidInput('first', `must be 1 to ${MAX_PAGE}`);
  const conditions = after === null || after === undefined ? where : [...where, 'sequence < ?'];
  const values = after === null || after === undefined ? parameters : [...parameters, sequenceOf(after)];
  const clause = (list: readonly string[]) => (list.length ? ` where ${list.join(' and ')}` : '');
  const rows = await reader.query<OrderRow>(`select * from orders${clause(conditions)} order by sequence desc limit ${first + 1}`, values);
  return {
    rows: rows.slice(0, first),
    hasNextPage: rows.length > first,
    totalCount: async () => (await reader.query<{ n: number }>(`select count(*) as n from orders${clause(where)}`, parameters))[0]!.n,
  };
}

function sequenceOf(cursor: string): number {
  const match = /^o(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match) throw invalidInput('after', 'is not a cursor of this list');
  return Number(match[1]);
}
