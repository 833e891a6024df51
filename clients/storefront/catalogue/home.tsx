/** The first page: an offer that is real, ways in, what is new, what others liked and why it is shown. */
import { IconArrowBackUp, IconCreditCard, IconTruckDelivery } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Bone, Failed, Loading, Partial } from '../../shared/states.tsx';
import { CardsSkeleton } from '../frame/page-skeleton.tsx';
import { HomeDocument, type CardPartsFragment, type HomeQuery } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { Cards, Picture } from './card.tsx';
import { bestOffer } from './offer.ts';
import { Recommended } from './recommended.tsx';
import { useTitle } from '../frame/arrival.ts';

export default function Home(): ReactNode {
  const { t } = useTranslation();
  const { data, loading, problem, retry } = useData(HomeDocument, {});
  useTitle(t('shop.tagline'));
  if (loading) return <HomeSkeleton />;
  if (!data || (!data.newest && !data.categories)) return problem ? <Failed problem={problem} retry={retry} /> : <HomeSkeleton />;
  return (
    <div className="page stack home">
      {problem && <Partial problem={problem} retry={retry} />}
      <Hero data={data} />
      {data.categories && data.categories.length > 0 && <Categories categories={data.categories} />}
      <Shelf title={t('home.newest')} list={data.newest} to={`${address.products}?sort=NEWEST`} />
      <Recommended />
      <Shelf title={t('home.selling')} reason={t('home.reasonSelling')} list={data.selling} to={address.products} />
      <Shelf title={t('home.loved')} reason={t('home.reasonLoved')} list={data.loved} to={`${address.products}?sort=RATING`} />
      <Promises />
    </div>
  );
}

function Hero({ data }: { data: HomeQuery }): ReactNode {
  const { t } = useTranslation();
  const offer = bestOffer(data);
  return (
    <section className="hero">
      <div className="hero-text stack">
        <h1>{t('home.heroTitle')}</h1>
        <p className="soft">{t('home.heroText')}</p>
        <div className="row wrap">
          <Link className="button" to={`${address.products}?sort=NEWEST`}>{t('home.heroAction')}</Link>
          {offer && offer.saving > 0 && <Link className="button plain" to={address.product(offer.product.slug)}>{t('home.heroOfferAction')}</Link>}
        </div>
      </div>
      {offer && (
        <Link className="hero-offer" to={address.product(offer.product.slug)}>
          <Picture image={offer.product.image ?? null} eager size={640} alt="" />
          <span className="hero-caption">
            {offer.saving > 0 && <span className="badge accent">{t('home.heroOffer', { percent: offer.saving })}</span>}
            <span>{offer.saving > 0 ? t('home.heroOfferText', { name: offer.product.name }) : offer.product.name}</span>
          </span>
        </Link>
      )}
    </section>
  );
}

function Categories({ categories }: { categories: NonNullable<HomeQuery['categories']> }): ReactNode {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="ways">
      <h2 id="ways" className="shelf-title">{t('home.categories')}</h2>
      <ul className="ways">
        {categories.map((category) => (
          <li key={category.id}>
            <Link to={address.category(category.slug)} className="way">
              <Picture image={category.image ?? null} size={200} alt="" />
              <span>{category.name}</span>
              <span className="soft tiny number">{t('list.count', { count: category.productCount })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

type List = { edges: { node: CardPartsFragment }[] } | null | undefined;

function Shelf({ title, reason, list, to }: { title: string; reason?: string; list: List; to: string }): ReactNode {
  const { t } = useTranslation();
  if (!list || list.edges.length === 0) return null;
  return (
    <section>
      <div className="shelf-title row between">
        <h2>{title}{reason && <span className="shelf-reason">{reason}</span>}</h2>
        <Link to={to} className="link small" aria-label={`${t('home.seeAll')}: ${title}`}>{t('home.seeAll')}</Link>
      </div>
      <Cards products={list.edges.map((edge) => edge.node)} />
    </section>
  );
}

const PROMISES = { delivery: IconTruckDelivery, returns: IconArrowBackUp, pay: IconCreditCard } as const;

function Promises(): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="promises">
      {Object.entries(PROMISES).map(([name, Icon]) => (
        <li key={name}>
          <Icon size={26} stroke={1.4} aria-hidden="true" />
          <span><strong>{t(`home.promises.${name}.0`)}</strong><span className="soft small">{t(`home.promises.${name}.1`)}</span></span>
        </li>
      ))}
    </ul>
  );
}

function HomeSkeleton(): ReactNode {
  return (
    <div className="page stack home">
      <Loading>
        <Bone height="auto" radius={28} style={{ aspectRatio: '1240 / 440', minHeight: 320 }} />
        <CardsSkeleton count={8} />
      </Loading>
    </div>
  );
}
