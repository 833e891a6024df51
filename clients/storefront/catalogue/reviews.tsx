/** What buyers say: the average, how it is spread, their words, and room for one's own. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { problemText } from '../../shared/states.tsx';
import { fieldProblem, ProblemError, type Problem } from '../../shared/problem.ts';
import { Field } from '../form/field.tsx';
import { MoreReviewsDocument, WriteReviewDocument, type ReviewPartsFragment } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useFormat, useShop, useSignedIn } from '../shop.tsx';
import { Stars } from './stars.tsx';
import type { DetailProduct } from './variants.ts';

export function Reviews({ product, slug }: { product: DetailProduct; slug: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { api } = useShop();
  const [extra, setExtra] = useState<ReviewPartsFragment[]>([]);
  const [own, setOwn] = useState<ReviewPartsFragment | null>(null);
  const [page, setPage] = useState(product.reviews.pageInfo);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { rating } = product;
  const reviews = [...(own ? [own] : []), ...[...product.reviews.edges.map((edge) => edge.node), ...extra].filter((review) => review.id !== own?.id)];

  async function more(): Promise<void> {
    try {
      const answer = await api.read(MoreReviewsDocument, { slug, after: page.endCursor });
      const next = answer.product?.reviews;
      if (!next) return;
      setExtra((known) => [...known, ...next.edges.map((edge) => edge.node)]);
      setPage(next.pageInfo);
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    }
  }

  return (
    <section id="reviews" className="reviews-section" aria-labelledby="reviews-title">
      <div className="stack reviews-side">
        <h2 id="reviews-title">{t('product.reviews')}</h2>
        {rating.count > 0 ? (
          <>
            <p className="row"><span className="rating-big number">{(rating.average ?? 0).toFixed(1)}</span><span className="stack tight"><Stars average={rating.average ?? 0} /><span className="soft small">{t('product.reviewCount', { count: rating.count })}</span></span></p>
            <ul className="histogram">
              {[5, 4, 3, 2, 1].map((stars) => {
                const count = rating.histogram[stars - 1] ?? 0;
                const label = t('product.stars', { count: stars });
                return (
                  <li key={stars}>
                    <span className="small">{label}</span>
                    <meter min={0} max={rating.count} value={count} aria-label={t('product.histogramRow', { stars: label, count })} />
                    <span className="soft tiny number" aria-hidden="true">{format.number(count)}</span>
                  </li>
                );
              })}
            </ul>
          </>
        ) : <p className="soft">{t('product.noReviews')}. {t('product.noReviewsHint')}</p>}
        <WriteReview product={product} onWritten={setOwn} />
      </div>
      <div className="stack">
        <ul className="reviews">
          {reviews.map((review) => (
            <li key={review.id} className="review">
              <Stars average={review.rating} />
              <h3>{review.title}</h3>
              <p className="prose">{review.body}</p>
              <p className="soft tiny">{review.authorName} · {format.date(review.createdAt)}</p>
            </li>
          ))}
        </ul>
        {problem && <p className="note bad" role="alert">{problemText(problem, t)}</p>}
        {page.hasNextPage && <button type="button" className="button plain more-reviews" onClick={() => void more()}>{t('product.moreReviews')}</button>}
      </div>
    </section>
  );
}

function WriteReview({ product, onWritten }: { product: DetailProduct; onWritten: (review: ReviewPartsFragment) => void }): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const signedIn = useSignedIn();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const [rating, setRating] = useState(0);
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);

  if (!signedIn) return <Link className="button plain" to={`${address.signIn}?to=${encodeURIComponent(pathname)}`}>{t('product.reviewSignIn')}</Link>;
  if (done) return <p className="note good" role="status">{t('product.reviewThanks')}</p>;
  if (!open) return <button type="button" className="button plain" onClick={() => setOpen(true)}>{t('product.writeReview')}</button>;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!rating || !title.trim() || !body.trim()) return;
    try {
      const { writeReview } = await api.send(WriteReviewDocument, { input: { productId: product.id, rating, title: title.trim(), body: body.trim() } });
      if (writeReview?.__typename === 'Review') {
        onWritten(writeReview);
        setDone(true);
      } else setSaid(writeReview?.message ?? t('state.errorText'));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
      if (Object.keys(error.problem.fields).length === 0) setSaid(problemText(error.problem, t));
    }
  }

  return (
    <form className="stack" noValidate onSubmit={(event) => void send(event)}>
      <fieldset className="rate">
        <legend className="label">{t('product.reviewRating')}</legend>
        <div className="row">
          {[1, 2, 3, 4, 5].map((stars) => (
            <label key={stars} className={stars <= rating ? 'on' : undefined}>
              <input type="radio" name="rating" aria-label={t('product.stars', { count: stars })} checked={rating === stars} onChange={() => setRating(stars)} /><span aria-hidden="true">★</span>
            </label>
          ))}
        </div>
        {tried && !rating && <p className="problem bad small" role="alert">{t('product.ratingMissing')}</p>}
      </fieldset>
      <Field label={t('product.reviewTitle')} problem={(tried && !title.trim() && t('product.titleMissing')) || fieldProblem(problem, 'title')}>
        {(parts) => <input {...parts} className="input" maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label={t('product.reviewBody')} problem={(tried && !body.trim() && t('product.bodyMissing')) || fieldProblem(problem, 'body')}>
        {(parts) => <textarea {...parts} className="input" rows={5} maxLength={4000} value={body} onChange={(event) => setBody(event.target.value)} />}
      </Field>
      <p className="soft tiny">{t('product.reviewHint')}</p>
      {said && <p className="note bad" role="alert">{said}</p>}
      <button type="submit" className="button">{t('product.reviewSend')}</button>
    </form>
  );
}
