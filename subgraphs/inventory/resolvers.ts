/** The schema of this room, resolved. Levels of all variants of an operation are read by one statement. */
import DataLoader from 'dataloader';
import { invalidInput } from '#platform/errors.ts';
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { adjustStock, setLowStockThreshold, type AdjustStockInput, type StockOutcome } from './adjust-stock.ts';
import { availableOf, statusOf, type Level } from './level.ts';
import { messageFor } from './messages.ts';
import { listLevels, readLevels, readMovements, type LevelPosition, type Movement } from './read-levels.ts';
import { stockChanged, stockLow } from './subscriptions.ts';

export const MAX_PAGE = 100;
/** Ids in a filter or a subscription. */
export const MAX_IDS = 100;
/** Variants read by one statement; an operation with more takes a few. */
const MAX_BATCH = 1_000;

/** A variant as this room sees it; `level` is there when it was read already. */
interface VariantRef {
  id: string;
  level?: Level | null;
}

interface StockLevelsArguments {
  first: number;
  after?: string | null;
  filter?: { low?: boolean | null; variantIds?: string[] | null } | null;
}

export function createResolvers(deps: RoomDeps) {
  const levelOf = (variant: VariantRef, context: RequestContext): Promise<Level | null> | Level | null =>
    variant.level !== undefined ? variant.level : levelLoader(deps, context).load(variant.id);

  return {
    Query: {
      async stockLevels(_: unknown, { first, after, filter }: StockLevelsArguments, context: RequestContext) {
        requireScope(context, 'stock:read');
        checkPage(first, 'first');
        const variantIds = filter?.variantIds ?? null;
        if (variantIds && variantIds.length > MAX_IDS) throw invalidInput('filter.variantIds', `must be at most ${MAX_IDS}`);
        const { levels, totalCount } = await listLevels(deps.database, deps.shop, {
          filter: { low: filter?.low ?? false, variantIds },
          after: after == null ? null : readCursor(after),
          limit: first + 1,
        });
        const edges = levels.slice(0, first).map((level) => ({ cursor: cursorOf(level), node: level }));
        return { totalCount, edges, pageInfo: { hasNextPage: levels.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
      },
    },
    Mutation: {
      async adjustStock(_: unknown, { input }: { input: AdjustStockInput }, context: RequestContext) {
        const { userId } = requireScope(context, 'stock:write');
        return answer(context, await adjustStock(deps, userId, input));
      },
      async setLowStockThreshold(_: unknown, { input }: { input: { variantId: string; threshold: number } }, context: RequestContext) {
        requireScope(context, 'stock:write');
        return answer(context, await setLowStockThreshold(deps, input));
      },
    },
    Subscription: {
      stockLow: {
        subscribe(_: unknown, __: unknown, context: RequestContext) {
          requireScope(context, 'stock:read');
          return stockLow(deps, context.signal);
        },
      },
      stockChanged: {
        subscribe(_: unknown, { variantIds }: { variantIds: string[] }, context: RequestContext) {
          if (variantIds.length < 1 || variantIds.length > MAX_IDS) throw invalidInput('variantIds', `must be 1 to ${MAX_IDS}`);
          return stockChanged(deps, [...new Set(variantIds)], context.signal);
        },
      },
    },
    Variant: {
      __resolveReference: ({ id }: { id: string }): VariantRef => ({ id }),
      /** A variant without a level yet has nothing to sell. */
      async stock(variant: VariantRef, _: unknown, context: RequestContext) {
        const level = await levelOf(variant, context);
        const available = level ? availableOf(level) : 0;
        return { available, status: statusOf(available, level?.threshold ?? 0) };
      },
      stockLevel(variant: VariantRef, _: unknown, context: RequestContext) {
        requireScope(context, 'stock:read');
        return levelOf(variant, context);
      },
    },
    StockLevel: {
      id: (level: Level) => level.variantId,
      variant: (level: Level): VariantRef => ({ id: level.variantId, level }),
      available: availableOf,
      movements(level: Level, { first }: { first: number }, context: RequestContext) {
        requireScope(context, 'stock:read');
        checkPage(first, 'first');
        return movementLoader(deps, context, first).load(level.variantId);
      },
    },
    StockMovement: { at: (movement: Movement) => new Date(movement.atMs).toISOString() },
    AdjustStockResult: { __resolveType: (result: object) => ('code' in result ? 'StockRefused' : 'StockLevel') },
  };
}

function answer(context: RequestContext, outcome: StockOutcome) {
  if ('level' in outcome) return outcome.level;
  return { code: outcome.refused, message: messageFor(context.language, outcome) };
}

/** Batches, but remembers nothing: a context lives as long as its subscription, a level does not stay as it is. */
function levelLoader(deps: RoomDeps, context: RequestContext): DataLoader<string, Level | null> {
  return context.memo('inventory.levels', () => {
    const load = async (variantIds: readonly string[]) => {
      const levels = await readLevels(deps.database, deps.shop, [...new Set(variantIds)]);
      return variantIds.map((variantId) => levels.get(variantId) ?? null);
    };
    return new DataLoader(load, { cache: false, maxBatchSize: MAX_BATCH });
  });
}

function movementLoader(deps: RoomDeps, context: RequestContext, limit: number): DataLoader<string, Movement[]> {
  return context.memo(`inventory.movements.${limit}`, () => {
    const load = async (variantIds: readonly string[]) => {
      const movements = await readMovements(deps.database, [...new Set(variantIds)], limit);
      return variantIds.map((variantId) => movements.get(variantId) ?? []);
    };
    return new DataLoader(load, { cache: false, maxBatchSize: MAX_BATCH });
  });
}

function checkPage(first: number, field: string): void {
  if (first < 1 || first > MAX_PAGE) throw invalidInput(field, `must be 1 to ${MAX_PAGE}`);
}

const cursorOf = (level: Level): string => Buffer.from(`${availableOf(level)} ${level.variantId}`).toString('base64url');

function readCursor(cursor: string): LevelPosition {
  const match = /^(-?\d{1,10}) (.{1,128})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw invalidInput('after', 'is not a cursor of this list');
  return { available: Number(match[1]), variantId: match[2]! };
}
