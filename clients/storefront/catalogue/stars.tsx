import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Stars as a picture with its words; five glyphs, the filled part cut to the average. */
export function Stars({ average, count, words = false }: { average: number; count?: number; words?: boolean }): ReactNode {
  const { t } = useTranslation();
  const text = t('product.ratingOf', { average: average.toFixed(1) });
  return (
    <span className="stars-line">
      <span className="stars" role="img" aria-label={text} style={{ '--filled': `${(average / 5) * 100}%` } as CSSProperties} />
      {words && <span className="small">{average.toFixed(1)}</span>}
      {count !== undefined && <span className="soft tiny number" aria-label={t('product.reviewCount', { count })} role="img">({count})</span>}
    </span>
  );
}
