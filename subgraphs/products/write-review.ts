/** A buyer's word on a product: one a person and product, the product's stars kept in the same transaction. */
import type { Outbox } from '#platform/bus/bus.ts';
import type { Transaction } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import { requireIdentity, type Language, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { boughtProducts, userProfiles } from '#schema/asks.ts';
import { productChanged } from './messages.ts';
import type { ReviewSeed } from './product-input.ts';
import { refusalText } from './refusal-texts.ts';
import { REVIEW_COLUMNS, reviewView, type ReviewRow, type ReviewView } from './reviews.ts';

export interface WriteReviewInput {
  productId: string;
  rating: number;
  title: string;
  body: string;
}

export const TITLE_MAX = 120;
export const BODY_MAX = 4_000;
const AUTHOR_MAX = 120;
const NAMELESS: Record<Language, string> = { en: 'A shopper', zh: '一位顾客' };

export interface ReviewRefused {
  __typename: 'ReviewRefused';
  code: 'NOT_BOUGHT' | 'PRODUCT_UNKNOWN';
  message: string;
}

type ReviewDeps = Pick<RoomDeps, 'database' | 'outbox' | 'ids' | 'clock' | 'asker'>;

export async function writeReview(deps: ReviewDeps, input: WriteReviewInput, context: RequestContext): Promise<ReviewView | ReviewRefused> {
  const { userId } = requireIdentity(context);
  const { title, body } = checkReview(input);
  const { productId, rating } = input;
  const refused = (code: ReviewRefused['code']): ReviewRefused => ({ __typename: 'ReviewRefused', code, message: refusalText(code, context.language) });
  const known = await deps.database.query('select id from product where id = ?', [productId]);
  if (known.length === 0) return refused('PRODUCT_UNKNOWN');
  const [bought, profiles] = await Promise.all([
    deps.asker.ask(boughtProducts, { userId, productIds: [productId] }),
    deps.asker.ask(userProfiles, { userIds: [userId] }),
  ]);
  if (!bought.includes(productId)) return refused('NOT_BOUGHT');
  const authorName = profiles[0]?.displayName.slice(0, AUTHOR_MAX) || NAMELESS[context.language];
  const nowMs = deps.clock.nowMs();
  return deps.database.transaction((tx) =>
    saveReview(tx, deps, { productId, writer: userId, rating, title, body, authorName, createdMs: nowMs }),
  );
}

function checkReview({ rating, title, body }: WriteReviewInput): { title: string; body: string } {
  const fields: Record<string, string> = {};
  if (rating < 1 || rating > 5) fields['input.rating'] = 'must be from 1 to 5';
  const trimmed = { title: title.trim(), body: body.trim() };
  if (trimmed.title.length < 1 || trimmed.title.length > TITLE_MAX) fields['input.title'] = `must have 1 to ${TITLE_MAX} characters`;
  if (trimmed.body.length > BODY_MAX) fields['input.body'] = `must have at most ${BODY_MAX} characters`;
  if (Object.keys(fields).length > 0) throw new Fault('INVALID_INPUT', undefined, { fields });
  return trimmed;
}

interface ReviewFacts {
  productId: string;
  writer: string;
  rating: number;
  title: string;
  body: string;
  authorName: string;
  createdMs: number;
}

async function saveReview(tx: Transaction, deps: { outbox: Outbox; ids: RoomDeps['ids'] }, facts: ReviewFacts): Promise<ReviewView> {
  // The product's row first: two reviews of one product are written one after the other.
  const [product] = await tx.query<{ slug: string; archived: number }>(`select slug, archived from product where id = ?${tx.forUpdate}`, [facts.productId]);
  const [before] = await tx.query<ReviewRow>(`select ${REVIEW_COLUMNS} from review where product_id = ? and writer = ?`, [facts.productId, facts.writer]);
  const id = before?.id ?? deps.ids.uuid();
  const row: ReviewRow = { id, rating: facts.rating, title: facts.title, body: facts.body, author_name: facts.authorName, created_ms: facts.createdMs };
  if (before) {
    await tx.execute('update review set rating = ?, title = ?, body = ?, author_name = ?, created_ms = ? where id = ?', [
      row.rating, row.title, row.body, row.author_name, row.created_ms, id,
    ]);
    await tx.execute(`update product set rating_${before.rating} = rating_${before.rating} - 1 where id = ?`, [facts.productId]);
  } else {
    await tx.execute(
      'insert into review (id, product_id, writer, rating, title, body, author_name, created_ms) values (?, ?, ?, ?, ?, ?, ?, ?)',
      [id, facts.productId, facts.writer, row.rating, row.title, row.body, row.author_name, row.created_ms],
    );
  }
  await tx.execute(`update product set rating_${row.rating} = rating_${row.rating} + 1, revision = revision + 1 where id = ?`, [facts.productId]);
  await deps.outbox.add(tx, productChanged({ productId: facts.productId, slug: product!.slug, archived: product!.archived === 1, variantIds: [] }));
  return reviewView(row);
}

/** Reviews of one transaction of a seed. */
const SEEDED_PER_TRANSACTION = 50;

/** Reviews that come with a catalogue. Unknown slugs are skipped; a writer who has reviewed the product already too. Answers how many were written. */
export async function importReviews(deps: Pick<RoomDeps, 'database' | 'outbox' | 'ids' | 'clock'>, reviews: readonly ReviewSeed[]): Promise<number> {
  let written = 0;
  for (let at = 0; at < reviews.length; at += SEEDED_PER_TRANSACTION) {
    if (at > 0) await deps.clock.sleep(0);
    written += await deps.database.transaction(async (tx) => {
      let count = 0;
      for (const review of reviews.slice(at, at + SEEDED_PER_TRANSACTION)) {
        const [product] = await tx.query<{ id: string }>('select id from product where slug = ?', [review.slug]);
        if (!product) continue;
        const known = await tx.query('select id from review where product_id = ? and writer = ?', [product.id, review.writer]);
        if (known.length > 0) continue;
        const { writer, rating, title, body, authorName, createdAtMs } = review;
        await saveReview(tx, deps, { productId: product.id, writer, rating, title, body, authorName, createdMs: createdAtMs });
        count++;
      }
      return count;
    });
  }
  return written;
}
