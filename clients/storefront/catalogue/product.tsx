/** A product: looking at it, choosing, buying, what others say. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Bone, Failed, Loading, Partial } from '../../shared/states.tsx';
import { whenIdle } from '../../shared/time.ts';
import { useTitle } from '../frame/arrival.ts';
import { Breadcrumb } from '../frame/breadcrumb.tsx';
import { CardsSkeleton } from '../frame/page-skeleton.tsx';
import { ProductDocument, StockChangedDocument, type CardPartsFragment } from '../gql/graphql.ts';
import { placeOf } from '../places.ts';
import { useShop } from '../shop.tsx';
import { BuyBox } from './buy-box.tsx';
import { Cards } from './card.tsx';
import { Gallery } from './gallery.tsx';
import Missing from './missing.tsx';
import { factsOf, listed } from './names.ts';
import { Reviews } from './reviews.tsx';
import { Stars } from './stars.tsx';
import { categoryTrail } from './trail.ts';
import { chosenVariant, firstChoice, type DetailProduct, type DetailVariant, type Stock } from './variants.ts';

export default function Product(): ReactNode {
  const place = placeOf(useLocation().pathname, new URLSearchParams());
  const slug = place.kind === 'product' ? place.slug : '';
  const { data, loading, problem, retry } = useData(ProductDocument, { slug });
  useTitle(data?.product?.name);
  if (loading || (!data && !problem)) return <ProductSkeleton />;
  if (!data?.product) return problem ? <Failed problem={problem} retry={retry} /> : <Missing />;
  return (
    <div className="page stack loose">
      {problem && <Partial problem={problem} retry={retry} />}
      <Detail key={data.product.id} product={data.product} slug={slug} />
    </div>
  );
}

function Detail({ product, slug }: { product: DetailProduct; slug: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const [choice, setChoice] = useState(() => firstChoice(product));
  const stockOf = useLiveStock(product);
  const variant = chosenVariant(product, choice);
  const media = useMemo(() => {
    const all = product.media.length > 0 ? product.media : product.image ? [product.image] : [];
    const own = product.variants.map((one) => one.image).filter((image) => image && !all.some((known) => known.url === image.url));
    return [...all, ...own.filter((image) => image !== null && image !== undefined)];
  }, [product]);
  return (
    <>
      <Breadcrumb crumbs={[...categoryTrail(product.categories[0]), { name: product.name }]} />
      <div className="product">
        <Gallery name={product.name} media={media} wanted={variant?.image?.url ?? null} />
        <div className="product-info stack">
          <div className="stack tight">
            {product.brand && <p className="soft small">{product.brand}</p>}
            <h1>{product.name}</h1>
            {product.rating.count > 0 && <a href="#reviews" className="row product-rating"><Stars average={product.rating.average ?? 0} words /><span className="link small">{t('product.reviewCount', { count: product.rating.count })}</span></a>}
          </div>
          <BuyBox product={product} choice={choice} setChoice={setChoice} stockOf={stockOf} />
        </div>
      </div>
      <div className="product-more">
        <section><h2>{t('product.description')}</h2><p className="prose">{product.description}</p></section>
        <section>
          <h2>{t('product.facts')}</h2>
          <dl className="facts">
            {factsOf(product.attributes, t).map(({ label, values }) => <div key={label}><dt>{label}</dt><dd>{listed(values, i18n.language)}</dd></div>)}
            {variant && <div><dt>{t('product.sku')}</dt><dd className="number">{variant.sku}</dd></div>}
          </dl>
        </section>
      </div>
      <Reviews product={product} slug={slug} />
      <Related title={t('product.together')} products={product.boughtTogether} />
      <Related title={t('product.similar')} products={othersOf(product)} />
    </>
  );
}

const MOST_SIMILAR = 4;

/** What is often bought together is not shown a second time. */
function othersOf(product: DetailProduct): CardPartsFragment[] {
  const together = new Set((product.boughtTogether ?? []).map((one) => one?.id));
  return (product.similarProducts ?? []).filter((one) => one !== null).filter((one) => !together.has(one.id)).slice(0, MOST_SIMILAR);
}

function Related({ title, products }: { title: string; products: readonly (CardPartsFragment | null)[] | null | undefined }): ReactNode {
  const there = (products ?? []).filter((product) => product !== null);
  if (there.length === 0) return null;
  return <section><h2 className="shelf-title">{title}</h2><Cards products={there} /></section>;
}

/** Stock as it is now: what came with the page, then every change. */
function useLiveStock(product: DetailProduct): (variant: DetailVariant) => Stock {
  const { api } = useShop();
  const [live, setLive] = useState<Record<string, Stock>>({});
  useEffect(() => {
    let end: (() => void) | null = null;
    let gone = false;
    const variantIds = product.variants.map((variant) => variant.id).slice(0, 100);
    if (variantIds.length === 0) return undefined;
    whenIdle(() => {
      if (gone) return;
      end = api.live.subscribe(StockChangedDocument, { variantIds }, ({ stockChanged }) => {
        if (stockChanged?.stock) setLive((known) => ({ ...known, [stockChanged.id]: stockChanged.stock }));
      });
    });
    return () => {
      gone = true;
      end?.();
    };
  }, [api, product]);
  return (variant) => live[variant.id] ?? variant.stock;
}

function ProductSkeleton(): ReactNode {
  return (
    <div className="page stack loose">
      <Loading>
        <Bone height={24} width={240} />
        <div className="product" style={{ marginTop: 24 }}>
          <Bone height="auto" radius={20} style={{ aspectRatio: '1' }} />
          <div className="stack"><Bone height={20} width="30%" /><Bone height={40} width="80%" /><Bone height={30} width="40%" /><Bone height={46} /><Bone height={46} /></div>
        </div>
        <CardsSkeleton count={4} />
      </Loading>
    </div>
  );
}

