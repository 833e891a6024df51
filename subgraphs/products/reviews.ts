/** Reading reviews, newest first. */
import type { Reader, SqlValue } from '#platform/database/database.ts';
import { checkFirst, decodeCursor, encodeCursor } from './cursor.ts';
import { queryIn } from './sql-lists.ts';

export interface ReviewView {
  __typename: 'Review';
  id: string;
  rating: number;
  title: string;
  body: string;
  authorName: string;
  createdAt: string;
}

export interface ReviewRow {
  id: string;
  rating: number;
  title: string;
  body: string;
  author_name: string;
  created_ms: number;
}

export const REVIEW_COLUMNS = 'id, rating, title, body, author_name, created_ms';
const ORDER = 'REVIEWS';

export interface ReviewPage {
  edges: { cursor: string; node: ReviewView }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A page of one product's reviews. Throws INVALID_INPUT on `first` or `after`. */
export async function readReviews(reader: Reader, productId: string, first: number, after: string | null | undefined): Promise<ReviewPage> {
  checkFirst(first);
  const position = decodeCursor(ORDER, after);
  const behind = position ? ' and (created_ms < ? or (created_ms = ? and id < ?))' : '';
  const parameters: SqlValue[] = position ? [productId, position.key, position.key, position.id] : [productId];
  const rows = await reader.query<ReviewRow>(
    `select ${REVIEW_COLUMNS} from review where product_id = ?${behind} order by created_ms desc, id desc limit ?`,
    [...parameters, first + 1],
  );
  return reviewPage(rows, first);
}

/** The newest reviews of each of these products, at most `limit` each; one statement. */
export async function readNewestReviews(reader: Reader, productIds: readonly string[], limit: number): Promise<Map<string, ReviewRow[]>> {
  const rows = await queryIn<ReviewRow & { product_id: string }>(
    reader,
    `select * from (
       select product_id, ${REVIEW_COLUMNS}, row_number() over (partition by product_id order by created_ms desc, id desc) as place
       from review where product_id in (?)
     ) placed where place <= ${limit} order by product_id, place`,
    productIds,
  );
  const byProduct = new Map(productIds.map((id) => [id, [] as ReviewRow[]]));
  for (const row of rows) byProduct.get(row.product_id)!.push(row);
  return byProduct;
}

/** `rows` hold one more than `first`, where there is one more. */
export function reviewPage(rows: readonly ReviewRow[], first: number): ReviewPage {
  const edges = rows.slice(0, first).map((row) => ({ cursor: encodeCursor(ORDER, { key: row.created_ms, id: row.id }), node: reviewView(row) }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}

export const reviewView = (row: ReviewRow): ReviewView => ({
  __typename: 'Review',
  id: row.id,
  rating: row.rating,
  title: row.title,
  body: row.body,
  authorName: row.author_name,
  createdAt: new Date(row.created_ms).toISOString(),
});
