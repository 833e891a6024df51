/** What is like a product, and what goes with it: by the model, filled up from the catalogue's own answer. */
import DataLoader from 'dataloader';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { productCards, relatedProducts } from '#schema/asks.ts';
import { largest } from './model/model.ts';
import type { ModelShelf, ShelvedModel } from './model-shelf.ts';

export type Relation = 'similar' | 'together';

/** As many as are looked for, whatever `first` is. */
export const RELATED_MAX = 50;
/** A likeness (cosine) or a weight below this is chance. */
const SIMILAR_LEAST = 0.35;
const TOGETHER_LEAST = 0.01;
const ASKED_AT_ONCE = 100;
const CARDS_AT_ONCE = 500;

export function createRelated({ asker }: Pick<RoomDeps, 'asker'>, shelf: ModelShelf) {
  const cards = (context: RequestContext) =>
    context.memo('recommendations.cards', () => new DataLoader<string, boolean>(async (ids) => {
      const onSale = new Set((await asker.ask(productCards, { productIds: [...ids] })).filter((card) => card.onSale).map(({ productId }) => productId));
      return ids.map((id) => onSale.has(id));
    }, { maxBatchSize: CARDS_AT_ONCE }));
  const byCatalogue = (context: RequestContext) =>
    context.memo('recommendations.byCatalogue', () => new DataLoader<string, Record<Relation, string[]>>(async (ids) => {
      const found = new Map((await asker.ask(relatedProducts, { productIds: [...ids] })).map((each) => [each.productId, each]));
      return ids.map((id) => found.get(id) ?? { similar: [], together: [] });
    }, { maxBatchSize: ASKED_AT_ONCE }));

  return async function related(context: RequestContext, relation: Relation, productId: string, first: number): Promise<string[]> {
    const learnt = shelf.current ? byModel(shelf.current, relation, productId) : [];
    const onSale = await cards(context).loadMany(learnt);
    const own = learnt.filter((_, index) => onSale[index] === true).slice(0, first);
    if (own.length >= first) return own;
    const catalogue = (await byCatalogue(context).load(productId))[relation];
    return [...new Set([...own, ...catalogue])].slice(0, first);
  };
}

/** Ids, best first; kept with the model. */
function byModel(shelved: ShelvedModel, relation: Relation, productId: string): readonly string[] {
  const item = shelved.numbers.get(productId);
  if (item === undefined) return [];
  const key = `${relation} ${item}`;
  const known = shelved.made.get(key);
  if (known) return known;
  const found = (relation === 'similar' ? alike(shelved, item) : goesWith(shelved, item)).map((other) => shelved.model.items[other]!);
  shelved.made.set(key, found);
  return found;
}

/** By the angle between the vectors of what may come next: they come after the same things. */
function alike({ model: { sequence, items } }: ShelvedModel, item: number): number[] {
  const { width, next } = sequence;
  const product = (one: number, other: number) => {
    let sum = 0;
    for (let part = 0; part < width; part++) sum += next[one * width + part]! * next[other * width + part]!;
    return sum;
  };
  const length = product(item, item);
  const scores = Float32Array.from(items, (_, other) => product(item, other) / Math.sqrt(length * product(other, other) || 1));
  return largest(scores, RELATED_MAX, (other) => other === item || scores[other]! < SIMILAR_LEAST);
}

function goesWith({ model: { neighbours } }: ShelvedModel, item: number): number[] {
  const [from, to] = [neighbours.offsets[item]!, neighbours.offsets[item + 1]!];
  const weights = neighbours.weights.subarray(from, to);
  return largest(weights, RELATED_MAX, (at) => weights[at]! < TOGETHER_LEAST).map((at) => neighbours.items[from + at]!);
}
