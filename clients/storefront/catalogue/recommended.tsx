/** What this shopper may like, each with its reason. It comes after the page and is left out when it does not. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { RecommendedForDocument } from '../gql/graphql.ts';
import { Cards } from './card.tsx';

const SHOWN = 4;
/** Products that are told as what it is based on. */
const BASED_ON_MAX = 20;

/** `basedOn`: ids of products at hand, such as those of the cart. */
export function Recommended({ basedOn = [] }: { basedOn?: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const { data } = useData(RecommendedForDocument, { first: SHOWN, basedOn: basedOn.slice(0, BASED_ON_MAX) });
  const there = (data?.recommendedProducts ?? []).flatMap((one) => (one?.product ? [{ product: one.product, reason: one.reason }] : []));
  if (there.length === 0) return null;
  const title = there.some(({ reason }) => reason.kind === 'GOES_WITH') ? 'goesWith' : there.some(({ reason }) => reason.kind !== 'POPULAR') ? 'forYou' : 'everywhere';
  return (
    <section data-testid="recommended">
      <h2 className="shelf-title">{t(`recommended.${title}`)}</h2>
      <Cards products={there.map(({ product }) => product)} notes={there.map(({ reason }) => reason.text)} />
    </section>
  );
}
