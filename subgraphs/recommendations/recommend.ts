/** What a shopper is shown: what the model says of what they did, and what sells well where it says nothing. */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { popularProducts, productCards } from '#schema/asks.ts';
import { historyOf, KINDS } from './interaction-rows.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { Name, ReasonKind } from './texts.ts';

export interface Recommended {
  productId: string;
  kind: ReasonKind;
  /** What the reason speaks of. */
  name: Name | null;
}

export interface Shopper {
  /** Null for a guest. */
  userId: string | null;
  /** Products at hand, such as those of a cart; they count as the newest of what the shopper did. */
  basedOn: readonly string[];
}

/** Beyond what is asked for: some are not sold any more. */
const SPARE = 12;
/** Of one reason at most so many, so that one purchase does not fill the row. */
const OF_ONE_REASON = 4;

export async function recommend(deps: Pick<RoomDeps, 'database' | 'asker'>, shelf: ModelShelf, { userId, basedOn }: Shopper, first: number): Promise<Recommended[]> {
  const history = userId === null ? [] : await historyOf(deps.database, userId);
  const had = new Set([...history.map(({ productId }) => productId), ...basedOn]);
  const kinds = new Map<string, ReasonKind>(history.map(({ productId, kind }) => [productId, kind >= KINDS.bought ? 'BOUGHT' : 'VIEWED']));
  for (const productId of basedOn) kinds.set(productId, 'GOES_WITH');
  const personal = await personally(deps, shelf, [...history.map(({ productId }) => productId).filter((id) => !basedOn.includes(id)), ...basedOn], kinds, first);
  if (personal.length >= first) return personal;
  const shown = new Set(personal.map(({ productId }) => productId));
  const popular = await deps.asker.ask(popularProducts, { first: Math.min(POPULAR_MAX, first + had.size + shown.size) });
  const more = popular.filter(({ productId }) => !had.has(productId) && !shown.has(productId)).map(({ productId, category }): Recommended => ({ productId, kind: 'POPULAR', name: category }));
  return [...personal, ...more].slice(0, first);
}

/** As many as products answers of at once. */
const POPULAR_MAX = 200;

async function personally({ asker }: Pick<RoomDeps, 'asker'>, shelf: ModelShelf, history: readonly string[], kinds: ReadonlyMap<string, ReasonKind>, first: number): Promise<Recommended[]> {
  const { current } = shelf;
  const items = history.flatMap((id) => current?.numbers.get(id) ?? []);
  if (!current || items.length === 0) return [];
  const found = current.ranker.best(items, 2 * first + SPARE).map((item) => ({ id: current.model.items[item]!, because: current.ranker.because(items, item) }));
  const reasons = new Set(found.flatMap(({ because }) => (because === null ? [] : [current.model.items[because]!])));
  const cards = new Map((await asker.ask(productCards, { productIds: [...found.map(({ id }) => id), ...reasons] })).map((card) => [card.productId, card]));
  const perReason = new Map<string, number>();
  const all = found.filter(({ id }) => cards.get(id)?.onSale).map(({ id, because }): Recommended => {
    const reason = because === null ? null : current.model.items[because]!;
    const card = reason === null ? undefined : cards.get(reason);
    return card ? { productId: id, kind: kinds.get(reason!) ?? 'FOR_YOU', name: card.name } : { productId: id, kind: 'FOR_YOU', name: null };
  });
  const mixed = all.filter(({ kind, name }) => {
    if (name === null) return true;
    const key = `${kind} ${name.en} ${name.zh}`;
    perReason.set(key, (perReason.get(key) ?? 0) + 1);
    return perReason.get(key)! <= OF_ONE_REASON;
  });
  return [...mixed, ...all.filter((each) => !mixed.includes(each))].slice(0, first);
}
