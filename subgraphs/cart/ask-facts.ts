/** Today's prices and stock of a cart's variants, asked from the rooms that own them at the moment they are needed. */
import { Fault } from '#platform/errors.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { quoteVariants, stockOf } from '#schema/asks.ts';
import type { Facts, FullFacts } from './cart.ts';

export type AskingDeps = Pick<RoomDeps, 'asker' | 'shop'>;

/** One ask a room, both at a time. A room that does not answer leaves null: the cart can be read all the same. */
export async function askFacts(deps: AskingDeps, variantIds: readonly string[]): Promise<Facts> {
  if (variantIds.length === 0) return { quotes: new Map(), available: new Map() };
  const unique = { variantIds: [...new Set(variantIds)] };
  const [quotes, stock] = await Promise.all([
    orNull(deps.asker.ask(quoteVariants, unique)),
    orNull(deps.asker.ask(stockOf, unique)),
  ]);
  return {
    // A price in another currency than the shop's cannot be added to the others.
    quotes: quotes && new Map(quotes.map((quote) => [quote.variantId, { priceMinor: quote.priceMinor, sellable: quote.sellable && quote.currency === deps.shop.currency }])),
    available: stock && new Map(stock.map(({ variantId, available }) => [variantId, available])),
  };
}

/** The same facts when both rooms have answered, the fault UNAVAILABLE otherwise. */
export function fullFacts({ quotes, available }: Facts): FullFacts {
  if (!quotes || !available) throw new Fault('UNAVAILABLE', 'Prices or stock cannot be checked right now; try again shortly.');
  return { quotes, available };
}

async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Fault && error.code === 'UNAVAILABLE') return null;
    throw error;
  }
}
