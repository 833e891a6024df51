/** What a card says beside the name; shared by the browser and the server-rendered documents. */
import { savingPercent, type Money } from '../../shared/money.ts';
import type { CardPartsFragment } from '../gql/graphql.ts';

export interface CardFacts {
  /** Every variant is out; unknown stock (its room does not answer) counts as there. */
  soldOut: boolean;
  /** Per cent of the cheapest variant, 0 when nothing is saved. */
  saving: number;
  before: Money | null;
  /** Prices differ between variants. */
  several: boolean;
}

export function cardFacts(product: Pick<CardPartsFragment, 'variants' | 'priceRange'>): CardFacts {
  const { variants, priceRange } = product;
  const cheapest = variants.find((variant) => variant.price.amountMinor === priceRange.min.amountMinor);
  const saving = cheapest ? savingPercent(cheapest.price, cheapest.compareAtPrice) : 0;
  return {
    soldOut: variants.length === 0 || variants.every((variant) => variant.stock?.status === 'OUT'),
    saving,
    before: saving > 0 ? (cheapest?.compareAtPrice ?? null) : null,
    several: priceRange.max.amountMinor > priceRange.min.amountMinor,
  };
}
