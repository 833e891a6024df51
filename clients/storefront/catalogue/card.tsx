/** A product in a list: picture, name, stars, price; says when it is sold out or reduced. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CardPartsFragment, PicturePartsFragment } from '../gql/graphql.ts';
import { preloadPlace } from '../pages.tsx';
import { address } from '../places.ts';
import { useFormat } from '../shop.tsx';
import { cardFacts } from './card-facts.ts';
import { Stars } from './stars.tsx';

type CardProduct = CardPartsFragment;

/** `notes`: why each is shown, in their order. */
export function Cards({ products, eager = 0, heading = 3, notes }: { products: readonly (CardProduct | null | undefined)[]; eager?: number; heading?: 2 | 3; notes?: readonly string[] }): ReactNode {
  return (
    <ul className="cards">
      {products.map((product, index) => product && <li key={product.id}><Card product={product} eager={index < eager} heading={heading} note={notes?.[index]} /></li>)}
    </ul>
  );
}

function Card({ product, eager, heading, note }: { product: CardProduct; eager: boolean; heading: 2 | 3; note: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { soldOut, saving, before, several } = cardFacts(product);
  const Heading = `h${heading}` as 'h2' | 'h3';
  const preload = (): void => void preloadPlace({ kind: 'product', slug: product.slug });
  const price = format.money(product.priceRange.min);
  return (
    <article className="card">
      <div className="card-picture">
        <Picture image={product.image ?? null} eager={eager} alt="" />
        {soldOut ? <span className="badge">{t('product.soldOut')}</span> : saving > 0 && <span className="badge accent">{t('product.save', { percent: saving })}</span>}
      </div>
      <Heading className="card-name"><Link to={address.product(product.slug)} onPointerEnter={preload} onFocus={preload}>{product.name}</Link></Heading>
      {note && <p className="soft tiny">{note}</p>}
      {product.rating.count > 0 && <Stars average={product.rating.average ?? 0} count={product.rating.count} />}
      <p className="price number">
        <span className={before ? 'accent-text' : undefined}>{several ? t('list.from', { price }) : price}</span>
        {before && <s className="soft small"><span className="hidden-text">{t('product.before')} </span>{format.money(before)}</s>}
      </p>
    </article>
  );
}

/** A picture on its soft ground; its box has its size before it comes. */
export function Picture({ image, alt, eager = false, size = 480 }: { image: PicturePartsFragment | null; alt?: string; eager?: boolean; size?: number }): ReactNode {
  if (!image) return <span className="no-picture" />;
  return (
    <img
      src={image.url} alt={alt ?? image.alt} width={image.width ?? size} height={image.height ?? size}
      loading={eager ? 'eager' : 'lazy'} fetchPriority={eager ? 'high' : 'auto'} decoding="async"
    />
  );
}

