import { invalidInput } from '#platform/errors.ts';
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { readVersions, type ModelVersion } from './model-rows.ts';
import type { ModelShelf } from './model-shelf.ts';
import { recommend } from './recommend.ts';
import { createRelated, RELATED_MAX } from './related.ts';
import { ALREADY_TRAINING, reasonText } from './texts.ts';

const RECOMMENDED_MAX = 50;
const BASED_ON_MAX = 100;
const VERSIONS_MAX = 100;

interface Parts {
  deps: RoomDeps;
  shelf: ModelShelf;
  /** The id of the training, or null when one is under way. */
  beginTraining(): Promise<string | null>;
}

export function createResolvers({ deps, shelf, beginTraining }: Parts): Record<string, unknown> {
  const related = createRelated(deps, shelf);
  const link = (relation: 'similar' | 'together') => async ({ id }: { id: string }, { first }: { first: number }, context: RequestContext) =>
    (await related(context, relation, id, checked(first, RELATED_MAX))).map(product);

  return {
    Query: {
      async recommendedProducts(_: unknown, { first, basedOn }: { first: number; basedOn?: readonly string[] | null }, { identity, language }: RequestContext) {
        checked(first, RECOMMENDED_MAX);
        if (basedOn && basedOn.length > BASED_ON_MAX) throw invalidInput('basedOn', `at most ${BASED_ON_MAX}`);
        const found = await recommend(deps, shelf, { userId: identity?.userId ?? null, basedOn: [...new Set(basedOn ?? [])] }, first);
        return found.map(({ productId, kind, name }) => ({ product: product(productId), reason: { kind, text: reasonText(language, kind, name) } }));
      },
      async recommendationModels(_: unknown, { first }: { first: number }, context: RequestContext) {
        requireScope(context, 'operations:run');
        return (await readVersions(deps.database, checked(first, VERSIONS_MAX))).map((version) => modelView(version, shelf));
      },
    },
    Mutation: {
      async trainRecommendations(_: unknown, __: unknown, context: RequestContext) {
        requireScope(context, 'operations:run');
        const id = await beginTraining();
        if (id === null) return { __typename: 'AlreadyTraining', code: 'ALREADY_TRAINING', message: ALREADY_TRAINING[context.language] };
        const begun = (await readVersions(deps.database, VERSIONS_MAX)).find((version) => version.id === id)!;
        return { __typename: 'RecommendationModel', ...modelView(begun, shelf) };
      },
    },
    Product: {
      __resolveReference: ({ id }: { id: string }) => product(id),
      similarProducts: link('similar'),
      boughtTogether: link('together'),
    },
  };
}

const product = (id: string) => ({ __typename: 'Product', id });

function checked(first: number, most: number): number {
  if (first < 1 || first > most) throw invalidInput('first', `must be from 1 to ${most}`);
  return first;
}

function modelView({ offline, begunMs, endedMs, ...version }: ModelVersion, { current }: ModelShelf) {
  return {
    ...version,
    served: current?.id === version.id,
    ndcg: offline?.ndcg ?? null,
    recall: offline?.recall ?? null,
    popularityNdcg: offline?.popularityNdcg ?? null,
    begunAt: new Date(begunMs).toISOString(),
    endedAt: endedMs === null ? null : new Date(endedMs).toISOString(),
  };
}
