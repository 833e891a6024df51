/** The home page's offer: of what is on the page anyway, the product that saves most and can be bought. */
import type { CardPartsFragment, HomeQuery } from '../gql/graphql.ts';
import { cardFacts } from './card-facts.ts';

export function bestOffer(data: HomeQuery): { product: CardPartsFragment; saving: number } | null {
  const products = [data.selling, data.newest, data.loved].flatMap((list) => list?.edges.map((edge) => edge.node) ?? []);
  let best: { product: CardPartsFragment; saving: number } | null = null;
  for (const product of products) {
    const { soldOut, saving } = cardFacts(product);
    if (!soldOut && saving > (best?.saving ?? -1)) best = { product, saving };
  }
  return best;
}
